"""What prefect.yaml says of each deployment, made ready to be served from here instead of from a work pool."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate
from prefect.client.schemas.filters import WorkerFilter, WorkerFilterStatus
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.client.schemas.responses import DeploymentResponse
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound

from tasks.model.errors import InputError
from tasks.settings import ROOT

FILE = ROOT / "prefect.yaml"


def read_deployments(path: Path = FILE) -> list[dict[str, Any]]:
    """Return the deployments of the file; `prefect deploy` reads the same ones."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["deployments"])


def full_name(deployment: Mapping[str, Any]) -> str:
    """Return the name by which Prefect knows a deployment; a flow is named as its function is."""
    return f"{deployment['entrypoint'].rpartition(':')[2].replace('_', '-')}/{deployment['name']}"


def module_entrypoint(entrypoint: str) -> str:
    """Return the entrypoint as a module: Prefect would copy the folder of a file into the working folder of a run."""
    file, _, function = entrypoint.partition(":")
    return f"{file.removesuffix('.py').replace('/', '.')}.{function}"


def served_deployment(deployment: Mapping[str, Any], there: DeploymentResponse | None) -> RunnerDeployment:
    """Return a deployment as Prefect's runner takes it; `there` is what the server holds under its name already."""
    limit = deployment.get("concurrency_limit")
    return RunnerDeployment.from_entrypoint(
        module_entrypoint(deployment["entrypoint"]),
        name=deployment["name"],
        description=deployment["description"],
        tags=deployment["tags"],
        version=deployment["version"],
        parameters=deployment.get("parameters"),
        schedules=[served_schedule(schedule, there) for schedule in deployment["schedules"]],
        concurrency_limit=ConcurrencyLimitConfig(**limit) if limit else None,
    )


def served_schedule(schedule: Mapping[str, Any], there: DeploymentResponse | None) -> DeploymentScheduleCreate:
    """Return a schedule; one that a person has switched off in the UI stays off."""
    known = [one for one in (there.schedules if there else []) if one.slug == schedule["slug"]]
    return DeploymentScheduleCreate(
        schedule=CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"]),
        slug=schedule["slug"],
        active=known[0].active if known else schedule["active"],
    )


async def find_deployment(client: PrefectClient, name: str) -> DeploymentResponse | None:
    """Return what the server holds under a name, if anything."""
    try:
        return await client.read_deployment_by_name(name)
    except ObjectNotFound:
        return None


async def check_pool(client: PrefectClient, there: DeploymentResponse | None) -> None:
    """Raise an InputError if a worker serves the deployment: it would lose the folder in which it runs the flows."""
    pool = there.work_pool_name if there else None
    if pool is None or there is None:
        return
    online = WorkerFilter(status=WorkerFilterStatus(any_=["ONLINE"]))
    if await client.read_workers_for_work_pool(pool, worker_filter=online):
        raise InputError(
            f"a worker of the work pool {pool!r} serves the deployment {there.name} on this Prefect server already: "
            "leave the runs to it, or stop it (Prefect knows so about two minutes later)"
        )


async def deployments_to_serve(client: PrefectClient) -> list[RunnerDeployment]:
    """Return all deployments of prefect.yaml, ready to be registered."""
    made = []
    for deployment in read_deployments():
        there = await find_deployment(client, full_name(deployment))
        await check_pool(client, there)
        made.append(served_deployment(deployment, there))
    return made
