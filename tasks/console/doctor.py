"""`rashomon doctor`: what is installed, which models and which database are used, and what is missing."""

import platform
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from tasks.console import doctor_machine as machine
from tasks.console.checks import Check
from tasks.console.output import FAILED, say, write_json
from tasks.console.prefect_settings import set_prefect_defaults
from tasks.model.errors import DatabaseError, InputError
from tasks.settings import FILE_NAME, TEMPLATES, Settings, load_settings, settings_file

LOOKED_AT = 500  # articles whose evidence is checked unless all are asked for
FAULTS = 3  # that are told in one line
NEEDED = ("prefect", "spacy", "sqlalchemy", "jinja2", "trafilatura", "httpx2", "onnxruntime", "alembic")
OPTIONAL = {"psycopg": "PostgreSQL (extra `postgresql`)", "duckdb": "Parquet (extra `parquet`)", "prefect-dask": "Dask"}


def show_health(*, as_json: bool, evidence: bool = False) -> int:
    """Print every check, and return the exit status: failed where something needed is missing."""
    checks = list(run_checks(whole=evidence))
    for check in checks:
        if as_json:
            write_json(asdict(check) | {"verdict": check.verdict})
        else:
            say(check.line)
    return 0 if all(check.good for check in checks) else FAILED


def run_checks(*, whole: bool = False) -> Iterator[Check]:
    """Yield one check after the other; the settings come first, since the rest depends on them."""
    yield Check(name="python", found=platform.python_version())
    yield from (check_package(name) for name in ("rashomon", *NEEDED))
    yield from (check_optional(name, use) for name, use in OPTIONAL.items())
    yield Check(name="templates", found=str(TEMPLATES), good=(TEMPLATES / "report.html").is_file())
    settings = load_settings()
    yield Check(name="settings", found=str(settings_file() or f"no {FILE_NAME} here: defaults and environment"))
    yield check_language_model(settings.spacy_model)
    yield check_extractor(settings.extractor)
    yield check_judge(settings.judge)
    yield from check_tables(settings.judge)
    yield from check_embedding_model()
    yield from machine.check_pins()
    yield from machine.check_driver(settings)
    yield from machine.check_state(settings)  # before it is opened, which brings it up to date
    yield check_database(settings)
    yield from machine.check_writable(settings)
    yield from machine.check_sqlite_place(settings)
    yield from check_stored(settings, limit=None if whole else LOOKED_AT)
    yield machine.check_reports(settings)
    yield from machine.check_disks(settings)
    yield check_server(settings)
    yield from check_runs_of(settings)


def check_package(name: str) -> Check:
    """Return whether a package that is needed is installed."""
    try:
        return Check(name=name, found=version(name))
    except PackageNotFoundError:
        return Check(name=name, found="not installed: run make setup", good=False)


def check_optional(name: str, use: str) -> Check:
    """Return which optional package is there; its absence is no fault."""
    try:
        return Check(name=name, found=version(name))
    except PackageNotFoundError:
        return Check(name=name, found=f"not installed; needed for {use} only")


def check_language_model(name: str) -> Check:
    """Return where spaCy's model is and which hash it has."""
    spec = find_spec(name) if name.isidentifier() else None
    folder = Path(spec.origin).parent if spec and spec.origin else Path(name)
    if not folder.is_dir():
        return Check(name="language model", found=f"{name} is not installed", good=False)
    return Check(name="language model", found=f"{name} {package_version(name)}, sha256 {hash_of(folder)}")


def check_extractor(name: str) -> Check:
    """Return which trained weights find the attributions, with the hash that the claims found by them carry."""
    from tasks.attribution.tagger.weights import RULES, find_weights, load_weights, weights_version

    if name == RULES:
        return Check(name="extractor", found="the rules alone, without trained weights")
    try:
        path = find_weights(name)
        load_weights(path)
    except InputError as error:
        return Check(name="extractor", found=str(error), good=False)
    return Check(name="extractor", found=f"{path.name}, sha256 {weights_version(name)}")


def check_judge(name: str) -> Check:
    """Return which trained judge reads pairs of texts, with the version that its own file tells."""
    from tasks.comparison.crossencoder import describe
    from tasks.comparison.pairs import LEXICAL, find_model

    if name == LEXICAL:
        return Check(name="judge", found="words alone, without a trained model")
    try:
        return Check(name="judge", found=describe(find_model(name)).version)
    except InputError as error:
        return Check(name="judge", found=str(error), good=False)


def check_tables(judge: str) -> Iterator[Check]:
    """Yield the two tables of weights that judge pairs and articles, each with its version and its hash."""
    from tasks.comparison import judge as lexical
    from tasks.comparison import pairs
    from tasks.comparison.checking import stance

    path = lexical.TABLE if judge == pairs.LEXICAL else pairs.TABLE
    yield check_table("judge's table", path, lambda: lexical.load_weights(path).version)
    stances = stance.WORDS_TABLE if judge == pairs.LEXICAL else stance.TABLE
    yield check_table("check's table", stances, lambda: stance.load_weights(stances).version)


def check_table(name: str, path: Path, version_of: Callable[[], str]) -> Check:
    """Return which table of weights this is; one that is missing or damaged is no good."""
    try:
        return Check(name=name, found=f"{path.name} {version_of()}, sha256 {hash_of(path)}")
    except InputError as error:
        return Check(name=name, found=str(error), good=False)


def check_embedding_model() -> Iterator[Check]:
    """Yield where the embedding model is and which hash it has."""
    from tasks.comparison import embeddings

    for package, file in (
        (embeddings.PACKAGE, "model.onnx"),
        (embeddings.TOKENIZER_PACKAGE, embeddings.TOKENIZER_FILE),
    ):
        try:
            path = embeddings.find_in_package(package, file)
        except InputError as error:
            yield Check(name="embedding model", found=str(error), good=False)
        else:
            yield Check(name="embedding model", found=f"{path.name} of {package}, sha256 {hash_of(path)}")


def hash_of(place: Path) -> str:
    """Return the first digits of the hash of a file, or of all files of a folder in their order."""
    files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if is_data(path))
    digest = sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_data(path: Path) -> bool:
    """Return whether a file belongs to a model: compiled Python differs from machine to machine."""
    return path.is_file() and "__pycache__" not in path.parts


def package_version(module: str) -> str:
    """Return the version of the package that a module is named after, "" where there is none."""
    try:
        return version(module.replace("_", "-"))
    except PackageNotFoundError:
        return ""


def check_database(settings: Settings) -> Check:
    """Return whether the database opens, and how many runs it holds; one that is yet to be made is not made here."""
    from tasks.steps.settling import settle_gone
    from tasks.storage.database import open_database, reading
    from tasks.storage.runs import list_runs

    if not is_made(settings):
        return Check(name="database", found=f"{settings.database_place}: not made yet")
    try:
        engine = open_database(settings.database_url)
        settle_gone(settings)
        with reading(engine) as session:
            counts = Counter(run.status for run in list_runs(session))
    except (InputError, DatabaseError) as error:
        return Check(name="database", found=str(error), good=False)
    told = ", ".join(f"{number} {status}" for status, number in sorted(counts.items()))
    return Check(name="database", found=f"{settings.database_place}: {counts.total()} runs{told and f' ({told})'}")


def is_made(settings: Settings) -> bool:
    """Return whether there is a database to look into; a server's one is asked for as it is."""
    file = settings.database_url.removeprefix("sqlite:///")
    return file == settings.database_url or Path(file).exists()


def check_stored(settings: Settings, limit: int | None) -> Iterator[Check]:
    """Yield whether stored texts, and the bytes that they were read from, are still those that were stored."""
    from tasks.storage.database import open_database, reading
    from tasks.storage.evidence import check_evidence

    if not is_made(settings):
        return
    try:
        with reading(open_database(settings.database_url)) as session:
            checked = check_evidence(session, limit)
    except InputError:
        return  # told by the check before
    which = "articles" if limit is None or checked.articles < limit else "newest articles (--evidence: all)"
    found = f"{checked.articles} {which} as they were stored, {checked.with_bytes} of them with the bytes behind them"
    if not settings.keep_raw:
        found += "; new ones come without (keep_raw is off)"
    yield Check(name="evidence", found="; ".join(checked.faults[:FAULTS]) or found, good=not checked.faults)


def check_server(settings: Settings) -> Check:
    """Return which Prefect server a flow would use."""
    set_prefect_defaults(verbose=False)
    from tasks.console.running import describe_place

    return Check(name="prefect server", found=describe_place(settings))


def check_runs_of(settings: Settings) -> Iterator[Check]:
    """Yield what is wrong with the Prefect server that is named, and with what it should keep running."""
    from tasks.console.doctor_server import check_prefect
    from tasks.console.running import server_address

    yield from machine.check_report_url(settings, server_address())
    yield from check_prefect(server_address())
