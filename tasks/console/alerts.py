"""`rashomon alerts`: who is told of what, bringing the Prefect server to it, and trying the way to a person."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tasks.console.output import say, write_json
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.console.running import check_server, server_address
from tasks.model.errors import InputError, RashomonError
from tasks.settings import Settings, load_settings

NO_SERVER = "no Prefect server is named: alerts are sent by one that stays; start it and set PREFECT_API_URL"


@contextmanager
def on_server() -> Iterator[Settings]:
    """Give the settings, once a Prefect server that stays is known to answer."""
    settings = load_settings()
    set_prefect_defaults(verbose=False)
    if not server_address():
        raise InputError(NO_SERVER)
    check_server(server_address())
    yield settings


def show_alerts(*, as_json: bool) -> None:
    """Print who is told, which automations there are, and how much waits to be told; this needs no server."""
    from tasks.steps.telling import count_waiting

    settings = load_settings()
    told, waiting = told_people(settings), count_waiting(settings)
    set_prefect_defaults(verbose=False)
    from tasks.serving.automations import automation_files, describe

    files = {path: describe(path) for path in automation_files()}
    if as_json:
        write_json({"told": told, "waiting": waiting, "automations": dict(files.values())})
        return
    say(f"Told: {', '.join(told) or 'nobody; name a webhook or people in [alerts] of rashomon.toml'}")
    say(f"Waiting to be told: {waiting}")
    for name, description in files.values():
        say(f"{name:<27} {description}")


def told_people(settings: Settings) -> list[str]:
    """Return who is told, without what would let anybody else write to them."""
    host = urlsplit(settings.alerts.webhook_url.get_secret_value()).hostname
    return [*([f"a webhook at {host}"] if host else []), *settings.alerts.email_to]


def apply_alerts(*, as_json: bool) -> None:
    """Bring the server to what the files and the settings say, and print what was done."""
    with on_server() as settings:
        from tasks.serving.automations import apply_automations

        for one in apply_automations(settings):
            if as_json:
                write_json({"name": one.name, "outcome": one.outcome.name.lower(), "enabled": one.enabled})
            else:
                say(f"{one.name:<27} {one.outcome}{'' if one.enabled or not one.is_there else ', switched off'}")


def send_test(*, as_json: bool) -> None:
    """Send a test to whoever is told, and print what became of it; raise where nobody was reached."""
    with on_server() as settings:
        from tasks.serving.trying import try_alerts

        if not told_people(settings):
            raise InputError("nobody is to be told: name a webhook or people in [alerts] of rashomon.toml")
        results = try_alerts()
        for one in results:
            if as_json:
                write_json({"action": one.action, "reached": one.reached, "detail": one.detail})
            else:
                say(f"{'reached' if one.reached else 'FAILED':<8} {one.action:<18} {one.detail}")
        if not results:
            raise RashomonError("the server did nothing about the test: run `rashomon alerts apply` first")
        if not all(one.reached for one in results):
            raise RashomonError("not everybody was reached")
