"""By hand: print a report again from what is stored."""

from prefect import flow

from tasks.publish import publish_report
from tasks.settings import load_settings
from tasks.showing import shown
from tasks.steps.batches import Published


@flow(name="rebuild-report", flow_run_name="rebuild {run_id}")
@shown
def rebuild_report(run_id: str = "") -> Published:
    """Print the report of a stored run again; nothing is read or compared anew.

    Args:
        run_id: The id of a run, as the address of its page here ends in it; leave it empty for the newest run.
    """
    return publish_report(run_id, load_settings())
