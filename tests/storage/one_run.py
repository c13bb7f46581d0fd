"""A program for the tests: one whole run over some files, without Prefect's server, as one worker of several does it.

Arguments: the URL of the database, how many articles make a batch, and the files.
"""

import sys
from datetime import UTC, datetime
from uuid import uuid4

from tasks.extract import extract_batch
from tasks.read import find_all, read_all, sort_inputs
from tasks.settings import Settings
from tasks.steps.batches import RunInfo
from tasks.steps.comparing import compare_all
from tasks.store import mark_completed, recorded, save_extracted


def run(url: str, size: int, files: list[str]) -> None:
    """Take the files through the steps up to the findings; the judge counts words, since it is loaded at once."""
    settings = Settings(database_url=url, batch_size=size, judge="lexical")
    made = RunInfo(id=str(uuid4()), flow="verify-articles", started_at=datetime.now(UTC))
    with recorded(made, settings, {}):
        for batch in sort_inputs(find_all(files, "", settings), size).batches:
            reading = read_all(batch.label, batch.inputs, settings, made.started_at)
            save_extracted(extract_batch.fn(batch.label, [reading], settings), made, settings)
        compare_all(settings)
        mark_completed(made, settings)


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
