import tomllib
from typing import Any

import pytest
import yaml

from tasks.settings import ROOT

# Prefect ignores a key that it does not know, so a slip of the pen would go unseen.
DEPLOYMENT_KEYS = {
    "name",
    "entrypoint",
    "description",
    "version",
    "tags",
    "parameters",
    "schedules",
    "concurrency_limit",
    "work_pool",
}
SCHEDULE_KEYS = {"cron", "timezone", "slug", "active"}

PROJECT: dict[str, Any] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
DEPLOYMENTS: list[dict[str, Any]] = PROJECT["deployments"]
every_deployment = pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=[one["name"] for one in DEPLOYMENTS])


def flow_of(deployment: dict[str, Any]) -> str:
    return str(deployment["entrypoint"].rpartition(":")[2].replace("_", "-"))


def test_the_file_holds_every_flow_and_nothing_unknown() -> None:
    flows = {path.stem.replace("_", "-") for path in (ROOT / "flows").glob("*_*.py")} - {"--init--"}

    assert set(PROJECT) == {"name", "definitions", "deployments"}
    assert [one["name"] for one in DEPLOYMENTS] == ["verify-articles", "watch-feeds", "rebuild-report", "purge"]
    assert {flow_of(one) for one in DEPLOYMENTS} == flows


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert {one["version"] for one in DEPLOYMENTS} == {project["version"]}


@every_deployment
def test_a_deployment_has_known_keys_alone(deployment: dict[str, Any]) -> None:
    assert set(deployment) <= DEPLOYMENT_KEYS
    assert all(set(schedule) == SCHEDULE_KEYS for schedule in deployment["schedules"])
    assert set(deployment.get("concurrency_limit", {})) <= {"limit", "collision_strategy"}
    assert deployment["work_pool"] == {"name": "local"}


@every_deployment
def test_a_deployment_says_in_one_sentence_what_it_does(deployment: dict[str, Any]) -> None:
    assert deployment["description"].count(".") - deployment["description"].count(".toml") == 1


@every_deployment
def test_an_entrypoint_loads_and_takes_the_parameters(deployment: dict[str, Any]) -> None:
    from prefect.flows import Flow, load_flow_from_entrypoint

    flow: Flow[..., Any] = load_flow_from_entrypoint(str(ROOT / deployment["entrypoint"]), use_placeholder_flow=False)

    assert flow.name == flow_of(deployment)
    assert flow.validate_parameters(deployment.get("parameters", {})) is not None


@every_deployment
def test_each_parameter_is_described_in_the_run_form(deployment: dict[str, Any]) -> None:
    from prefect.flows import Flow, load_flow_from_entrypoint

    flow: Flow[..., Any] = load_flow_from_entrypoint(str(ROOT / deployment["entrypoint"]), use_placeholder_flow=False)

    assert all(field.get("description") for field in flow.parameters.properties.values())


@pytest.mark.parametrize(
    ("name", "active"),
    [
        pytest.param("watch-feeds", True, id="watch"),
        pytest.param("purge", False, id="nothing is purged unasked"),
    ],
)
def test_what_runs_on_a_cron_never_runs_beside_itself(name: str, active: bool) -> None:
    deployment = next(one for one in DEPLOYMENTS if one["name"] == name)

    assert [schedule["active"] for schedule in deployment["schedules"]] == [active]
    assert "scheduled" in deployment["tags"]
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
