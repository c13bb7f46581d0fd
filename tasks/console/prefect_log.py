"""What Prefect logs on a terminal, without what its server says of being stopped."""

import asyncio
import logging

from prefect.logging.handlers import PrefectConsoleHandler


class ConsoleHandler(PrefectConsoleHandler):
    """Prefect's own handler, but a server that is stopped in the middle of a write is no error to a reader.

    The server logs the write that its stop cancelled as an error with a traceback, puts the events back and writes them
    before it ends. What fails for another reason is shown.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Show a record, unless it tells of a task that the server's stop has cancelled."""
        if not _tells_of_stop(record):
            super().emit(record)


def _tells_of_stop(record: logging.LogRecord) -> bool:
    fault = record.exc_info[1] if record.exc_info else None
    return record.name.startswith("prefect.server.") and isinstance(fault, asyncio.CancelledError)
