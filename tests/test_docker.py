"""The container files, looked at as far as that goes without Docker: what they name exists, and means what is meant."""

import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from importlib.metadata import entry_points
from typing import Any

import pytest
import yaml
from prefect.settings import Settings as PrefectSettings
from prefect.settings.legacy import _get_settings_fields

from tasks.settings import PREFIX, ROOT, Settings

DOCKER = ROOT / "docs" / "docker"
INSTRUCTIONS = {"FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "CMD"}
# What the Compose specification calls the parts of a service, as far as we use them: it passes over no other name.
SERVICE_KEYS = {
    "build",
    "cap_drop",
    "command",
    "depends_on",
    "environment",
    "healthcheck",
    "image",
    "init",
    "ports",
    "read_only",
    "restart",
    "security_opt",
    "shm_size",
    "stop_grace_period",
    "stop_signal",
    "tmpfs",
    "volumes",
}
VARIABLE = re.compile(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}")


def read_dockerfile() -> list[tuple[str, str]]:
    """Return the instructions with what follows them, continued lines joined and comments left out."""
    lines = [line for line in (DOCKER / "Dockerfile").read_text().splitlines() if not line.startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line.strip())]


def copied() -> Iterator[str]:
    for word, rest in read_dockerfile():
        if word == "COPY":
            *sources, _target = rest.split()
            yield from sources


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text())
    return loaded


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose["services"]
    return found


def test_the_dockerfile_copies_what_is_there_and_all_that_a_run_needs() -> None:
    assert {word for word, _ in read_dockerfile()} <= INSTRUCTIONS
    assert [source for source in copied() if not (ROOT / source).exists()] == []
    setup = tomllib.loads((ROOT / "pyproject.toml").read_text())
    needed = {"flows", "tasks", "templates", "models", "prefect.yaml", "pyproject.toml", setup["project"]["readme"]}
    assert needed | {f"{name}.py" for name in setup["tool"]["setuptools"]["py-modules"]} <= set(copied())


def test_nothing_reaches_the_image_but_what_it_copies() -> None:
    lines = (DOCKER / "Dockerfile.dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]

    assert rules[0] == "*"
    assert {rule.removeprefix("!") for rule in rules if rule.startswith("!")} == set(copied())
    assert not any(fnmatch(".env", rule.removeprefix("!")) for rule in rules if rule.startswith("!"))


def test_the_image_installs_as_make_setup_does() -> None:
    [ours] = [rest for word, rest in read_dockerfile() if word == "RUN" and "pip install" in rest]
    [made] = [line.strip() for line in (ROOT / "Makefile").read_text().splitlines() if "--editable" in line]
    [dev] = re.findall(r"\.\[(.*?)\]", made)
    [extras] = re.findall(r"\.\[(.*?)\]", ours)

    words = shlex.split(ours.replace(extras, dev))
    assert [word for word in words if word != "--no-cache-dir"] == shlex.split(made.replace("$(BIN)/", ""))
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert set(extras.split(",")) <= set(known)


def test_the_container_is_no_administrator_and_every_image_has_its_version(services: dict[str, Any]) -> None:
    words = dict(read_dockerfile())
    images = [words["FROM"], *(service["image"] for service in services.values())]

    assert words["USER"].isdigit()
    assert int(words["USER"]) > 0
    assert f"--uid {words['USER']}" in " ".join(rest for word, rest in read_dockerfile() if word == "RUN")
    assert [image for image in images if not re.fullmatch(r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z-]+)?", image)] == []
    assert f"rashomon:{tomllib.loads((ROOT / 'pyproject.toml').read_text())['project']['version']}" in images


def test_a_service_has_known_parts_and_refers_to_what_there_is(
    compose: dict[str, Any], services: dict[str, dict[str, Any]]
) -> None:
    for name, service in services.items():
        assert set(service) <= SERVICE_KEYS, name
        for other, how in service.get("depends_on", {}).items():
            tested = "healthcheck" in services[other]
            assert how["condition"] == ("service_healthy" if tested else "service_completed_successfully"), name
        for source, _, target in (volume.partition(":") for volume in service.get("volumes", [])):
            assert source in compose["volumes"] or (DOCKER / source).is_file() or source.startswith("${INBOX"), source
            assert target.startswith("/") or "}" in target
    build = services["server"]["build"]
    assert ((DOCKER / build["context"]).resolve(), (ROOT / build["dockerfile"]).is_file()) == (ROOT, True)


def test_ports_are_open_to_this_machine_alone(services: dict[str, dict[str, Any]]) -> None:
    ports = [port for service in services.values() for port in service.get("ports", [])]

    assert len(ports) == 2
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert "ports" not in services["postgres"]


def test_every_variable_is_a_setting_of_ours_or_of_prefect(services: dict[str, dict[str, Any]]) -> None:
    ours = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    prefects = set(_get_settings_fields(PrefectSettings))
    given = {
        name
        for service in services.values()
        if "build" in service or "rashomon" in service["image"]
        for name in service.get("environment", {})
    }

    assert {"RASHOMON_DATABASE_URL", "PREFECT_API_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"} <= given
    assert given - ours - prefects == set()


def test_the_settings_of_a_worker_are_accepted(
    services: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in services["worker"]["environment"].items():
        monkeypatch.setenv(name, filled(value, {"POSTGRES_PASSWORD": "word"}))
    settings = Settings()

    assert settings.database_place == "postgresql://rashomon:***@postgres/rashomon"
    assert str(settings.report_dir) in {volume.split(":")[1] for volume in services["reports"]["volumes"]}
    assert str(settings.inbox) in {filled(volume).split(":")[1] for volume in services["worker"]["volumes"]}
    assert settings.report_url.split("//")[1].strip("/") == services["reports"]["ports"][0].rpartition(":")[0]


def filled(value: str, given: Mapping[str, str] = {}) -> str:
    """Return a value as Compose puts variables into it."""
    return VARIABLE.sub(lambda found: given.get(found[1], found[3] if found[2] == ":-" else ""), str(value))


def test_a_password_has_no_default_and_stands_in_no_file() -> None:
    text = (DOCKER / "compose.yaml").read_text()
    example = (DOCKER / "env.example").read_text().splitlines()

    assert {how for name, how, _ in VARIABLE.findall(text) if "PASSWORD" in name} == {":?"}
    assert "POSTGRES_PASSWORD=" in example
    named = {name for name, _, _ in VARIABLE.findall(text)}
    assert named == {line.split("=")[0] for line in example if line and not line.startswith("#")}
    assert "docs/docker/.env" in (ROOT / ".gitignore").read_text().splitlines()


def test_what_is_started_is_a_command_that_hears_the_signal_of_a_stop(services: dict[str, dict[str, Any]]) -> None:
    scripts = {script.name for script in entry_points(group="console_scripts")} | {"python"}
    commands = {name: service["command"] for name, service in services.items() if "command" in service}

    assert {name for name, words in commands.items() if words[0] not in scripts} == {"deploy"}  # ends by itself
    assert all(services[name]["init"] for name in commands)
    assert "stop_grace_period" in services["worker"]


def test_the_worker_takes_from_the_pool_to_which_the_flows_are_deployed(services: dict[str, dict[str, Any]]) -> None:
    deployed = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    [pool] = {one["work_pool"]["name"] for one in deployed}
    worker = services["worker"]["command"]

    assert worker[worker.index("--pool") + 1] == pool
    assert f"work-pool create {pool} " in services["deploy"]["command"][2]


def prefect_commands(services: dict[str, dict[str, Any]]) -> Iterator[list[str]]:
    script = services["deploy"]["command"][2].replace("exec ", "")
    for words in (services["server"]["command"], services["worker"]["command"], *map(shlex.split, script.split("&&"))):
        if words[0] != "rashomon":
            assert words[0] == "prefect"
            yield [word for word in words[1:] if word != "--no-prompt"]


def test_the_automations_are_applied_last(services: dict[str, dict[str, Any]]) -> None:
    assert services["deploy"]["command"][2].endswith("&& exec rashomon alerts apply")


def test_prefect_knows_the_words_of_its_commands(services: dict[str, dict[str, Any]]) -> None:
    from prefect.cli._app import _app as app  # slow to import

    read = [app.parse_known_args(words) for words in prefect_commands(services)]

    assert [command.__name__ for command, *_ in read] == ["start", "start", "create", "deploy"]
    assert [unknown for _, _, unknown, *_ in read] == [[]] * 4
