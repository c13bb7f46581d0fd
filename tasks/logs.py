"""What happens in a run, as log lines of the family `rashomon`, with the run and the article as fields.

No line holds words of an article, nor the message of an error that an article brought out: it may quote the article.
Both stand in the database and the report. Standard library alone: every process may use it.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

FAMILY: Final = "rashomon"
JSON_LINES: Final = "json"
# Prefect reads its logging.yml through such variables, and hands them on to the processes that it starts.
JSON_VARIABLES: Final = {
    "PREFECT_LOGGING_FORMATTERS_JSON_CLASS": "tasks.logs.JsonLines",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER": "json",
}

_run: ContextVar[str] = ContextVar("rashomon_run", default="")


@contextmanager
def of_run(run_id: str) -> Iterator[None]:
    """Let the lines inside the block carry the id of a run."""
    token = _run.set(run_id)
    try:
        yield
    finally:
        _run.reset(token)


def tell(event: str, message: str, *, run_id: str = "", article_id: str = "", **fields: object) -> None:
    """Log what happened, for a person in words and for a machine in fields; never with words of an article."""
    extra = {"event": event, "run_id": run_id or _run.get(), "article_id": article_id, "fields": fields}
    logging.getLogger(f"{FAMILY}.{event}").info(message, extra=extra)


class JsonLines(logging.Formatter):
    """Makes one JSON object of a record, Prefect's records included; empty fields are left out."""

    def __init__(self, *_: object) -> None:
        """Take what Prefect's logging.yml gives to a formatter, of which nothing applies here."""
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        held = vars(record)
        row: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": held.get("event"),
            "run_id": held.get("run_id") or held.get("flow_run_id"),
            "task": held.get("task_run_name"),
            "article_id": held.get("article_id"),
            "message": record.getMessage(),
            **held.get("fields", {}),
        }
        if record.exc_info:
            row["error"] = self.formatException(record.exc_info)
        return json.dumps({key: value for key, value in row.items() if value not in (None, "")}, default=str)


def use_json_lines() -> None:
    """Have the terminal of this process get JSON lines, where it was not started with `JSON_VARIABLES`."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler) and not isinstance(handler.formatter, JsonLines):
            handler.setFormatter(JsonLines())
