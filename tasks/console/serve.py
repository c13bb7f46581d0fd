"""`rashomon serve`: wrong use is told before anything starts, and each thing that happens in one line."""

import sys

from tasks.console.output import say, write_json
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.model.errors import InputError
from tasks.serving.keeping import Notice
from tasks.serving.serve import Wanted, serve
from tasks.settings import check_watched, load_settings

PORT = 4200


def serve_all(port: int | None, reports_port: int, *, as_json: bool, verbose: bool) -> None:
    """Serve all that one machine needs until SIGTERM or Ctrl-C."""
    settings = load_settings()
    set_prefect_defaults()
    from prefect.settings import get_current_settings

    from tasks.console.commands import check_database
    from tasks.console.running import check_server, server_address

    def tell(notice: Notice) -> None:
        if as_json:
            write_json({"event": notice.event, **notice.fields})
        else:
            say(notice.text)
            sys.stdout.flush()

    check_database(settings)
    server = server_address()
    if server and port is not None:
        raise InputError(
            f"--port is for a server of our own, and PREFECT_API_URL names {server}: leave one of them out"
        )
    check_server(server)
    try:
        check_watched(settings)
    except InputError as error:
        tell(
            Notice(
                event="note", text=f"Note: watch-feeds fails until this is mended: {error}", fields={"note": str(error)}
            )
        )
    home = get_current_settings().home
    wanted = Wanted(server=server, home=home, port=port or PORT, reports_port=reports_port, verbose=verbose)
    serve(wanted, settings, tell)
