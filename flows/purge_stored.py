"""On a schedule or by hand: what was last met long ago is taken out of the database."""

from typing import Annotated

from prefect import flow
from pydantic import Field

from tasks.purge import purge_old
from tasks.settings import load_settings
from tasks.showing import shown

Days = Annotated[int, Field(ge=1, le=36_500)]


@flow(name="purge-stored", flow_run_name="purge what is older than {older_than_days} days")
@shown
def purge_stored(older_than_days: Days = 90, reports: bool = False) -> dict[str, int]:
    """Remove articles that no run has met for so long, with their claims, bytes and the records of old runs.

    Args:
        older_than_days: Days since an article was last met, or a run began, from 1 to 36,500. Findings keep the
            claims that stay.
        reports: Also remove the report files of runs that are older; the newest report stays.
    """
    return purge_old(older_than_days, load_settings(), reports=reports)
