"""Articles -> claims in a process of its own, which may end or be ended over one of them; free of Prefect.

Started as a program it reads pickled articles and settings on standard input, and writes one pickled outcome after the
other. Both ends are the same code of the same user, so what is unpickled is our own.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Timer
from typing import Any

from tasks.model.article import Article, SetAsideReason
from tasks.model.claim import Claim
from tasks.model.errors import EndedProcessError
from tasks.settings import ROOT, Settings
from tasks.steps.safely import Outcome, extract_claims
from tasks.steps.timelimit import seconds_for

START_SECONDS = 120  # for the models to be loaded, on a busy machine
GRACE = 30  # seconds beyond the limit that the process keeps itself: only compiled code passes that one
PROGRAM = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tasks.steps.apart import answer; answer()"


def extract_apart(articles: Sequence[Article], settings: Settings) -> Iterator[Outcome]:
    """Yield each article with its claims or its error; one that ends the process is set aside, and the rest go on."""
    left = list(articles)
    while left:
        child = Child(left, settings)
        try:
            while left and (answer := child.next_answer(left[0])) is not None:
                yield left.pop(0), answer
            if left:
                yield left.pop(0), EndedProcessError(SetAsideReason.FAILED, child.told_end())
        finally:
            child.end()


@dataclass(slots=True)
class Child:
    """The process that extracts some articles, one after the other."""

    process: "subprocess.Popen[bytes]"
    patience: float
    settings: Settings
    late: bool = False

    def __init__(self, articles: Sequence[Article], settings: Settings) -> None:
        """Start the process, and hand it its articles."""
        command = [sys.executable, "-P", "-c", PROGRAM]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self.patience, self.settings, self.late = START_SECONDS, settings, False
        try:
            self.pipe("stdin").write(pickle.dumps((list(articles), settings)))
            self.pipe("stdin").close()
        except BrokenPipeError:
            return  # it ended before it read them: the first answer will be missing

    def pipe(self, name: str) -> Any:
        """Return one end of a pipe to the process."""
        return getattr(self.process, name)

    def next_answer(self, article: Article) -> tuple[Claim, ...] | Exception | None:
        """Return the claims of the next article or its error, None where the process ended over it."""
        timer = Timer(self.patience + GRACE + seconds_for(article.text, self.settings), self.give_up)
        timer.start()
        try:
            answer: tuple[Claim, ...] | Exception = pickle.load(self.pipe("stdout"))  # noqa: S301  (our own)
        except (EOFError, pickle.UnpicklingError):
            return None
        finally:
            timer.cancel()
        self.patience = 0.0
        return answer

    def give_up(self) -> None:
        """End the process, which takes too long."""
        self.late = True
        self.process.kill()

    def told_end(self) -> str:
        """Return in words how the process ended."""
        status = self.process.wait()
        return "extraction never ended, and was stopped" if self.late else f"extraction ended its process ({status})"

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.wait()
        self.pipe("stdout").close()


def answer() -> None:
    """Answer on standard output what comes in on standard input; what libraries print goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    articles, settings = pickle.load(sys.stdin.buffer)  # noqa: S301  (our own)
    for article in articles:
        for _, result in extract_claims([article], settings):
            answers.write(pickle.dumps(result))
            answers.flush()
