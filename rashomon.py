"""The command line: a door beside the flows, no logic of its own.

Imports wait inside each command: Prefect and spaCy take seconds, and `rashomon --help` must not.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="""Read the news from many outlets, find who said what, and show where sources agree and where they conflict.

    It never says what is true: it says who asserts a thing, who denies it, who merely repeats it, and shows the words.

    Start with:  rashomon verify examples

    Settings come from rashomon.toml in the working folder and from RASHOMON_... variables, such as
    RASHOMON_DATABASE_URL and RASHOMON_REPORT_DIR. Exit status: 0 done, 1 failed, 2 wrong use.""",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, URLs, feeds, or - for standard input.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON lines, and nothing else, on standard output.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show what Prefect logs, and which server is used.")]
RunId = Annotated[str, typer.Option("--run", metavar="ID", help="The run to take; the newest where none is named.")]
InFile = Annotated[Path, typer.Argument(metavar="IN.jsonl", help="One JSON object a line; - for standard input.")]
OutFile = Annotated[Path, typer.Argument(metavar="OUT.jsonl", help="Written anew; - for standard output.")]


class Format(StrEnum):
    """In what an export is written."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    ANNOTATIONS = "annotations"


class AlertAction(StrEnum):
    """What is done about alerts."""

    SHOW = "show"
    APPLY = "apply"
    TEST = "test"


@app.command()
def verify(sources: Sources, *, as_json: Json = False, verbose: Verbose = False) -> None:
    """Read the sources, find who said what, compare, and say where the report is.

    \b
    rashomon verify examples                      a folder
    rashomon verify https://example.org/story     a page or a feed
    pbpaste | rashomon verify -                   a pasted text
    """  # noqa: D301  (the escape is click's: it keeps the lines apart)
    from tasks.console.commands import verify_sources

    verify_sources(sources, as_json=as_json, verbose=verbose)


@app.command()
def watch(*, as_json: Json = False, verbose: Verbose = False) -> None:
    """Do what the schedule does: take what is new in the feeds and the inbox folder of the settings.

    \b
    rashomon watch                                what rashomon.toml names
    RASHOMON_INBOX=articles rashomon watch        a folder that is filled from elsewhere
    """  # noqa: D301
    from tasks.console.commands import watch_sources

    watch_sources(as_json=as_json, verbose=verbose)


@app.command()
def read(sources: Sources, *, as_json: Json = False) -> None:
    """Show what would be taken, what is dropped or set aside, and why; store nothing.

    Each article comes with where it is from, its date and what tells the date; then come its lines, and those dropped.

    \b
    rashomon read page.html
    rashomon read https://example.org/feed.xml
    """  # noqa: D301
    from tasks.console.preview import show_reading

    show_reading(sources, as_json=as_json)


@app.command()
def report(run: RunId = "", *, as_json: Json = False) -> None:
    """Print the report again from what is stored.

    \b
    rashomon report
    """  # noqa: D301
    from tasks.console.commands import print_again

    print_again(run, as_json=as_json)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Made where it does not exist.")],
    form: Annotated[Format, typer.Option("--format", help="Parquet needs the extra `parquet`.")] = Format.JSONL,
    run: Annotated[str, typer.Option("--run", metavar="ID", help="One run alone; all that is stored without it.")] = "",
    *,
    as_json: Json = False,
) -> None:
    """Write articles, claims, relations, findings, edits and the health of outlets, one file for each.

    As annotations, the claims alone are written, each as a W3C Web Annotation that points at its words, in one file.

    \b
    rashomon export out
    rashomon export out --format csv
    rashomon export out --format annotations      out/annotations.jsonld
    """  # noqa: D301
    from tasks.console.commands import export_stored

    export_stored(folder, form.value, run, as_json=as_json)


@app.command()
def extract(source: InFile, target: OutFile) -> None:
    """Find the attributions of each text: {"id", "text"} -> {"id", "attributions": [...]}; no database.

    \b
    rashomon extract texts.jsonl attributions.jsonl
    """  # noqa: D301
    from tasks.console.lines import extract_lines, run_lines

    run_lines(extract_lines, source, target)


@app.command()
def compare(source: InFile, target: OutFile) -> None:
    """Judge pairs of texts: {"id", "premise", "hypothesis"} -> {"id", "label", "score", ...}; no database.

    \b
    rashomon compare pairs.jsonl labels.jsonl
    """  # noqa: D301
    from tasks.console.lines import compare_lines, run_lines

    run_lines(compare_lines, source, target)


@app.command()
def check(
    statement: Annotated[str, typer.Argument(metavar='"STATEMENT"', help="What is to be checked.")] = "",
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE...", help="Files, folders, URLs, feeds, or - for standard input."),
    ] = None,
    stories: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--stories", metavar="IN.jsonl OUT.jsonl", help="Many statements, each with its articles."),
    ] = None,
    *,
    as_json: Json = False,
) -> None:
    """Tell who says so, who denies it, and who only reports it: each article with its evidence; store nothing.

    \b
    rashomon check "The harbour was closed on Monday" examples
    rashomon check --stories stories.jsonl stances.jsonl
        {"id", "claim", "articles": [{"aid", "text"}]} -> {"id", "articles": [{"aid", "stance", "evidence"}]}
    """  # noqa: D301
    from tasks.console.check import check_sources, check_stories

    if stories is not None:
        check_stories(*stories)
    else:
        check_sources(statement, sources or [], as_json=as_json)


@app.command()
def serve(
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Of the Prefect server that is started; 4200.")
    ] = None,
    reports_port: Annotated[int, typer.Option("--reports-port", min=1, max=65535, help="Of the reports.")] = 4280,
    *,
    as_json: Json = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show the logs of the server and of the runs here as well.")
    ] = False,
) -> None:
    """Keep all going on this machine: the Prefect server, the schedules, runs started by hand, the reports.

    Uses the server that PREFECT_API_URL names, or starts one. Everything listens on this machine alone.

    \b
    rashomon serve
    PREFECT_API_URL=http://127.0.0.1:4200/api rashomon serve      a server that runs already
    """  # noqa: D301
    from tasks.console.serve import serve_all

    serve_all(port, reports_port, as_json=as_json, verbose=verbose)


@app.command()
def purge(
    older_than: Annotated[
        str, typer.Option("--older-than", metavar="AGE", help="Days or weeks since it was last met: 90d, 12w.")
    ],
    *,
    reports: Annotated[
        bool, typer.Option("--reports", help="Also remove report files that are older; the newest stays.")
    ] = False,
    vacuum: Annotated[
        bool, typer.Option("--vacuum", help="Write the database anew, however large; no run may be at work.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would go, and change nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Remove articles that no run has met for so long, with their claims, bytes and the records of old runs.

    Findings keep the claims that stay. A page that a feed still shows, or a file that still lies in the inbox, does not
    come back by itself.

    \b
    rashomon purge --older-than 90d --dry-run
    rashomon purge --older-than 12w --reports
    """  # noqa: D301
    from tasks.console.keeping import purge_stored

    purge_stored(older_than, reports=reports, vacuum=vacuum, dry_run=dry_run, as_json=as_json)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Written whole or not at all.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Copy all that is stored, SQLite or PostgreSQL, into one file, while runs go on; check the copy.

    \b
    rashomon backup rashomon-backup.db
    """  # noqa: D301
    from tasks.console.keeping import back_up_stored

    back_up_stored(file, force=force, as_json=as_json)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `rashomon backup` wrote.")],
    *,
    as_json: Json = False,
) -> None:
    """Fill an empty database, SQLite or PostgreSQL, from a backup: also the way from the one to the other.

    \b
    rashomon restore rashomon-backup.db
    RASHOMON_DATABASE_URL=postgresql://me@localhost/news rashomon restore rashomon-backup.db
    """  # noqa: D301
    from tasks.console.keeping import restore_stored

    restore_stored(file, as_json=as_json)


@app.command()
def alerts(
    action: Annotated[
        AlertAction, typer.Argument(help="Show what there is, apply it, or send a test.")
    ] = AlertAction.SHOW,
    *,
    as_json: Json = False,
) -> None:
    """Tell people of new conflicts, changed positions and failing outlets: by webhook and mail, through Prefect.

    \b
    rashomon alerts                               who is told, which automations there are, what waits to be told
    rashomon alerts apply                         bring the Prefect server to what rashomon.toml says in [alerts]
    rashomon alerts test                          send a test to whoever is told, and say what became of it
    """  # noqa: D301
    from tasks.console.alerts import apply_alerts, send_test, show_alerts

    match action:
        case AlertAction.SHOW:
            show_alerts(as_json=as_json)
        case AlertAction.APPLY:
            apply_alerts(as_json=as_json)
        case AlertAction.TEST:
            send_test(as_json=as_json)


@app.command()
def doctor(
    *,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Check every stored text and its bytes against their hashes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what is installed, which models and which database are used, and what is missing.

    \b
    rashomon doctor --evidence
    """  # noqa: D301
    from tasks.console.doctor import show_health

    raise typer.Exit(show_health(as_json=as_json, evidence=evidence))


def main() -> None:
    """Run the command line."""
    from tasks.console.output import plain_errors

    with plain_errors():
        app()


if __name__ == "__main__":
    main()
