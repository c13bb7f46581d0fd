"""What the doctor asks the Prefect server that PREFECT_API_URL names: is it there, is it ours, does anybody work."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from tasks.console.checks import Check
from tasks.console.prefect_settings import prefect_variables
from tasks.settings import ROOT

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

FLOWS = tuple(
    sorted(path.stem.replace("_", "-") for path in (ROOT / "flows").glob("*_*.py") if path.stem != "__init__")
)
SERVE = "run rashomon serve"
OUR_SIGN = "PREFECT_SERVER_"  # the settings that a server has for itself
HEARTBEAT = "prefect.flow-run.heartbeat"
SILENT = timedelta(seconds=200)  # six signs of life missed
CLOCKS = timedelta(minutes=5)  # by which those of two machines may differ
SLOW = 30.0  # seconds that two clocks may be apart
REFUSED, NO_SUCH = 401, 404


def check_prefect(address: str) -> Iterator[Check]:
    """Yield what is wrong with a server and with what it should keep running; nothing where none is named."""
    if not address:
        return
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        reached = check_answer(client, address)
        yield reached
        if reached.good:
            yield from check_version(client)
            yield from check_settings(client)
            yield from check_work(client)
            yield from check_runs(client)
            yield from check_dead_runs(client)


def check_answer(client: "SyncPrefectClient", address: str) -> Check:
    """Return whether the server answers, and if not, which of the usual mistakes it is."""
    name = "server answers"
    try:
        answer = client._client.get("/admin/version")  # noqa: SLF001
    except Exception as error:  # noqa: BLE001  (whatever it is: nobody answers as Prefect's server does)
        return Check(name=name, found=fault_of(error, address), good=False, advice=advice_for(error, address))
    theirs = answer.headers.get("date", "")
    apart = (parsedate_to_datetime(theirs) - datetime.now(UTC)).total_seconds() if theirs else 0.0
    if abs(apart) > SLOW:
        found = f"{address}, its clock is {apart:+.0f} s from this one's"
        return Check(
            name=name, found=found, advice="set both clocks by one time server: schedules and alerts hang on it"
        )
    return Check(name=name, found=address)


def fault_of(error: Exception, address: str) -> str:
    """Return why a server does not answer as it should."""
    status = getattr(getattr(error, "response", None), "status_code", 0)
    return f"{address} (PREFECT_API_URL): " + (f"answers with status {status}" if status else "does not answer")


def advice_for(error: Exception, address: str) -> str:
    """Return what to do about it."""
    status = getattr(getattr(error, "response", None), "status_code", 0)
    if status == REFUSED:
        return "set PREFECT_API_AUTH_STRING to what the server has as PREFECT_SERVER_API_AUTH_STRING"
    if not address.rstrip("/").endswith("/api"):
        return f"the address must end in /api: PREFECT_API_URL={address.rstrip('/')}/api"
    return f"{SERVE} or prefect server start, or unset PREFECT_API_URL"


def ask(client: "SyncPrefectClient", path: str, body: Mapping[str, Any] | None = None) -> Any:
    """Return what the server says under an address of its API."""
    inner = client._client  # noqa: SLF001  (its own methods give types for each address; the doctor needs few fields)
    answer = inner.get(path) if body is None else inner.post(path, json=dict(body))
    answer.raise_for_status()
    return answer.json()


def check_version(client: "SyncPrefectClient") -> Iterator[Check]:
    """Yield a note where the server is another version of Prefect."""
    import prefect

    theirs = str(ask(client, "/admin/version"))
    if theirs.split(".")[:2] != prefect.__version__.split(".")[:2]:
        found = f"the server is Prefect {theirs}, and here is {prefect.__version__}"
        yield Check(name="server's version", found=found, good=False, advice="install the same version on both sides")


def check_settings(client: "SyncPrefectClient") -> Iterator[Check]:
    """Yield whether our settings have reached the server, and the heartbeats this side of it."""
    from prefect.settings import get_current_settings

    ours, theirs = get_current_settings(), ask(client, "/admin/settings")
    wanted = [name for name in prefect_variables() if name.startswith(OUR_SIGN)]
    here = ours.model_dump(mode="json")
    missed = sorted(name for name in wanted if value_of(theirs, name) != value_of(here, name))
    if missed:
        found = f"{len(missed)} of {len(wanted)} have not reached the server, such as {missed[0]}"
        advice = f"{SERVE}, or start the server from this project's folder: it reads pyproject.toml there alone"
        yield Check(name="server's settings", found=found, advice=advice)
    if ours.flows.heartbeat_frequency is None:
        advice = f"set PREFECT_FLOWS_HEARTBEAT_FREQUENCY=30, or {SERVE}"
        yield Check(name="heartbeats", found="off: nobody would notice a run whose machine is gone", advice=advice)


def value_of(held: Mapping[str, Any], name: str) -> Any:
    """Return the value of a setting by the name of its variable, in which the names of tables are joined."""
    rest = name.removeprefix("PREFECT_")
    for key, value in held.items():
        if rest == key.upper():
            return sorted(value) if isinstance(value, list) else value
        if isinstance(value, dict) and rest.startswith(f"{key.upper()}_"):
            return value_of(value, rest.removeprefix(f"{key.upper()}_"))
    return None


def check_work(client: "SyncPrefectClient") -> Iterator[Check]:
    """Yield which flows nobody would run: not deployed, paused, or without a worker."""
    deployed = [one for one in ask(client, "/deployments/filter", {}) if one["name"] in FLOWS]
    missing = sorted(set(FLOWS) - {one["name"] for one in deployed})
    if missing:
        advice = f"{SERVE}, or prefect --no-prompt deploy --all"
        yield Check(name="deployments", found=f"missing: {', '.join(missing)}", advice=advice)
    paused = sorted(one["name"] for one in deployed if one["paused"])
    if paused:
        advice = f"switch them on in the UI, or {SERVE} again: stopping it pauses what it served"
        yield Check(name="deployments", found=f"paused: {', '.join(paused)}", advice=advice)
    idle = sorted(one["name"] for one in deployed if one["status"] != "READY" and not one["paused"])
    pools = sorted({one["work_pool_name"] for one in deployed if one["work_pool_name"]})
    for pool in pools:
        yield from check_pool(client, pool)
    if idle and not pools:
        yield Check(name="deployments", found=f"nobody serves {', '.join(idle)}", good=False, advice=SERVE)


def check_pool(client: "SyncPrefectClient", pool: str) -> Iterator[Check]:
    """Yield a fault where nobody takes runs from a work pool."""
    workers = ask(client, f"/work_pools/{pool}/workers/filter", {})
    if not any(one["status"] == "ONLINE" for one in workers):
        advice = f"prefect worker start --pool {pool} --type process"
        yield Check(name="workers", found=f"none online in the work pool {pool}", good=False, advice=advice)


def check_runs(client: "SyncPrefectClient") -> Iterator[Check]:
    """Yield runs that nobody has begun in time, and runs that say they are running and give no sign of life."""
    late = ask(client, "/flow_runs/count", {"flow_runs": {"state": {"name": {"any_": ["Late"]}}}})
    if late:
        advice = f"nobody takes them: {SERVE} or start a worker; then cancel in the UI those that are not wanted"
        yield Check(name="late runs", found=f"{late} wait", good=late < 3, advice=advice)  # noqa: PLR2004
    running = ask(client, "/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["RUNNING"]}}}, "limit": 50})
    silent = [run["name"] for run in running if is_silent(client, run, datetime.now(UTC))]
    if silent:
        found = f"{', '.join(silent[:3])}: said to be running, and silent for {SILENT.seconds} s"
        advice = "its machine or process is gone: cancel it in the UI; another run goes on from what is stored"
        yield Check(name="dead runs", found=found, good=False, advice=advice)


def is_silent(client: "SyncPrefectClient", run: Mapping[str, Any], now: datetime) -> bool:
    """Return whether a run that gave signs of life gives none any more.

    One that never gave any may have been started with heartbeats off: of it, nothing is known.
    """
    began = datetime.fromisoformat(run["start_time"] or run["created"])
    signs = {
        "event": {"name": [HEARTBEAT]},
        "occurred": {"since": (began - CLOCKS).isoformat(), "until": (now + CLOCKS).isoformat()},
        "resource": {"id": [f"prefect.flow-run.{run['id']}"]},
        "order": "DESC",
    }
    newest = ask(client, "/events/filter", {"filter": signs, "limit": 1})["events"]
    return bool(newest) and datetime.fromisoformat(newest[0]["occurred"]) <= now - SILENT


def check_dead_runs(client: "SyncPrefectClient") -> Iterator[Check]:
    """Yield a note where no automation ends the runs whose machine is gone."""
    automations = ask(client, "/automations/filter", {"limit": 200})
    watching = (one for one in automations if one["enabled"] and HEARTBEAT in one["trigger"].get("expect", ()))
    if not any(watching):
        found = "no automation ends runs whose machine is gone: they stay Running for ever"
        yield Check(name="automations", found=found, advice=f"{SERVE}: it applies ours")
