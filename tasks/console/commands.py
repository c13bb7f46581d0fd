"""What each command does: settings first, so that a mistake is told before a server starts; then the work."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tasks.console.output import say, write_json
from tasks.console.running import run_flow
from tasks.settings import Settings, check_watched, load_settings

if TYPE_CHECKING:  # Prefect is imported late: its settings must stand before
    from prefect.flows import Flow

    from tasks.steps.batches import Outcome, Published


def verify_sources(sources: Sequence[str], *, as_json: bool, verbose: bool) -> None:
    """Run the flow over the sources and print where the report is."""
    from tasks.reading.inputs import check_names

    check_names(list(sources))
    check_database(load_settings())
    show_outcome(run_flow(load_verify, list(sources), as_json=as_json, verbose=verbose), as_json=as_json)


def load_verify() -> "Flow[..., Outcome]":
    """Return the flow, imported late."""
    from flows.verify_articles import verify_articles

    return verify_articles


def watch_sources(*, as_json: bool, verbose: bool) -> None:
    """Run the flow over what is new in the feeds and the inbox, and print where the report is."""
    settings = load_settings()
    check_watched(settings)
    check_database(settings)
    show_outcome(run_flow(load_watch, as_json=as_json, verbose=verbose), as_json=as_json)


def load_watch() -> "Flow[..., Outcome]":
    """Return the flow, imported late."""
    from flows.watch_feeds import watch_feeds

    return watch_feeds


def check_database(settings: Settings) -> None:
    """Raise an InputError now if the database cannot be opened: a flow would say it later, and at length."""
    from tasks.storage.database import open_database

    open_database(settings.database_url).dispose()


def show_outcome(outcome: "Outcome", *, as_json: bool) -> None:
    """Print what a run did; the last line says where the report is."""
    if as_json:
        write_json(asdict(outcome))
        return
    say(outcome.summary)
    if outcome.set_asides:
        say(f"Set aside: {outcome.set_asides}; the report gives the reasons.")
    show_place(outcome)


def show_place(published: "Outcome | Published") -> None:
    """Print where the reports are, the one just written last."""
    if published.report:
        say(f"All reports: {published.index}")
        say(f"Report: {published.report}")


def print_again(run_id: str, *, as_json: bool) -> None:
    """Print the report of a stored run again; this needs no flow."""
    from tasks.steps.material import load_material, print_report
    from tasks.steps.settling import settle_gone

    settings = load_settings()
    settle_gone(settings)
    published, _ = print_report(load_material(run_id, settings), settings)
    if as_json:
        write_json(asdict(published))
    else:
        say(published.summary)
        show_place(published)


def export_stored(folder: Path, form: str, run_id: str, *, as_json: bool) -> None:
    """Write what is stored, and print how many rows each file holds."""
    from tasks.reporting.exporting import export_material
    from tasks.steps.material import load_everything, load_material
    from tasks.steps.settling import settle_gone

    settings = load_settings()
    settle_gone(settings)
    material = load_material(run_id, settings, all_of_it=True) if run_id else load_everything(settings)
    written = export_material(folder, material, form)
    if as_json:
        counts = {path.stem: count for path, count in written.items()}
        write_json({"folder": str(folder.absolute()), "format": form, **counts})
        return
    for path, count in written.items():
        say(f"{path}: {count}")
