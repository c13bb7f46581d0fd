"""Cases without a Prefect server: signals, a stage that raises, articles that are poison, a report that has no room."""

import signal
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.failing.house import House
from bench.failing.scene import Scene, exported, records
from bench.failing.table import Case, compare_rows

STAGES = ("find", "read", "extract", "store", "compare", "publish")
POISON = {  # by what the article does to its process
    "Troubleraise": "An article on which extraction raises",
    "Troubleexit": "An article that ends its process (os._exit)",
    "Troublesegfault": "An article that ends its process (segmentation fault)",
    "Troubleloop": "An article that takes for ever, in Python",
    "Troublematch": "An article that takes for ever, in compiled code that gives no thread a turn",
}
LIMIT = {"RASHOMON_LIMITS__EXTRACT_SECONDS": "3"}


def last_line(said: str) -> str:
    """Return the last line that a command wrote."""
    return said.strip().rpartition("\n")[2]


def as_record(house: House) -> str:
    """Return how the runs of a house stand in our record."""
    return "record " + ", ".join(records(house))


def signal_the_run(scene: Scene, number: signal.Signals, command: str = "verify") -> Case:
    """A command is sent a signal in mid-run; whoever looks next settles its record."""
    articles = scene.articles()
    with scene.house(alone=True, RASHOMON_INBOX=str(articles)) as house:
        named = [str(articles)] if command == "verify" else []
        running = house.start("rashomon", command, *named, name="run", TROUBLE_HOLD="store:2")
        house.held()
        running.send(number)
        status = running.wait()
        house.release()
        before = as_record(house)
        house.command("report")
        shown = f"{before}; after `rashomon report`: {as_record(house)}"
        said = f"exit status {status}; {last_line(running.said())}"
        return Case(
            done=f"{number.name} of `rashomon {command}`", happened=said, shown=shown, left=str(scene.rerun(house))
        )


def raise_in(scene: Scene, stage: str) -> Case:
    """A stage raises what nobody expects."""
    with scene.house(alone=True) as house:
        status, said = house.command("verify", str(house.articles), TROUBLE_STAGE=stage)
        shown = as_record(house) if (house.folder / "rashomon.db").exists() else "no record"
        return Case(
            done=f"The stage {stage} raises",
            happened=f"exit status {status}; {last_line(said)}",
            shown=shown,
            left=str(scene.rerun(house)),
        )


def poison(scene: Scene, word: str, runner: str = "threads") -> Case:
    """One article of twenty is poison: the run after it sets it aside and takes the others."""
    clean = scene.articles()
    articles = scene.articles(partial(add_poison, word=word), f"with-{word}")
    with scene.house(articles, alone=True, RASHOMON_TASK_RUNNER=runner, **LIMIT) as house:
        running = house.start("rashomon", "verify", str(articles), name="run")
        hangs = word == "Troublematch"
        first = "for ever" if hangs and not ends_within(running.process.wait, 60) else f"exit status {running.wait()}"
        if hangs:
            running.send(signal.SIGKILL)
            first += ", then SIGKILL"
        told = last_line(running.said())
        status, _ = house.command("verify", str(articles))
        shown = as_record(house)
        found = exported(house)
        asides = [row for row in found if row.startswith("articles") and '"status": "set-aside"' in row]
        for row in asides:
            del found[row]
        return Case(
            done=f"{POISON[word]}, {runner}",
            happened=f"first run: {first}; {told}. Second: exit status {status}, {len(asides)} set aside",
            shown=shown,
            left=str(compare_rows(scene.undisturbed(clean), found)),
        )


def ends_within(wait: Callable[[float], object], seconds: float) -> bool:
    """Return whether a process ends in this time."""
    try:
        wait(seconds)
    except Exception:  # noqa: BLE001  (the only one is the time-out)
        return False
    return True


def add_poison(folder: Path, word: str) -> None:
    """Add one article that asks for trouble to the others, in the middle of them."""
    text = f"Mayor Ana Holm said on Friday that {word} was safe. The builder denied on Saturday that it was."
    (folder / "00007-poison.txt").write_text(f"url: https://poison.example/1\n\n{text}\n", encoding="utf-8")


def cases() -> Iterator[Callable[[Scene], Case]]:
    """Yield all cases that need no server."""
    for number, command in ((signal.SIGTERM, "verify"), (signal.SIGTERM, "watch"), (signal.SIGINT, "verify")):
        yield named(partial(signal_the_run, number=number, command=command), f"{number.name.lower()}_{command}")
    yield named(partial(signal_the_run, number=signal.SIGKILL), "sigkill_verify")
    for stage in STAGES:
        yield named(partial(raise_in, stage=stage), f"raise_in_{stage}")
    for word in POISON:
        yield named(partial(poison, word=word), f"poison_{word.removeprefix('Trouble')}")
    yield named(partial(poison, word="Troubleexit", runner="processes"), "poison_exit_processes")


def named(work: Callable[[Scene], Case], name: str) -> Callable[[Scene], Case]:
    """Return a case under the name by which the bench knows it."""
    work.__name__ = name
    return work


ALONE = tuple(cases())
