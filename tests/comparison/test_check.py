"""Three accounts of one closure, and an article about something else, each with the stance that a reader would give."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tasks.comparison.checking.check import Checked, Checker
from tasks.comparison.checking.evidence import JUDGED, Evidence, by_structure
from tasks.comparison.checking.features import Reading, speaks_features, stance_features
from tasks.comparison.checking.pieces import Piece, find_pieces
from tasks.comparison.checking.reasons import in_words, reasons_of
from tasks.comparison.checking.stance import Stance, load_weights
from tasks.comparison.checking.stated import Statement, read_statement
from tasks.comparison.embeddings import Embedder
from tasks.comparison.held import Held
from tasks.comparison.judge import Judgement, Label, LexicalJudge
from tasks.model.article import Article, DateSource, Span
from tasks.model.claim import Act, Claim, Proposition, Voice
from tasks.model.finding import Relation
from tasks.settings import Settings
from tasks.steps.checking import CheckedArticle, check_articles

CLOSED = "The harbour of Port Maren was closed on Monday"
STATES = """The harbour of Port Maren was closed on Monday after fuel leaked from a tanker at the northern quay.

Forty ships waited outside the breakwater until the evening. Crews laid two kilometres of booms across the entrance.

"We closed the harbour at six and opened it again at nine in the evening," harbour master Ilse Brandt said."""
REFUSES = """A story that the harbour of Port Maren was closed on Monday is a hoax. The harbour was never closed, and \
the picture that went with the story is eleven years old.

Harbour master Ilse Brandt denied that the harbour had been closed. "Nothing of the kind happened," she said.

Ferries ran all day, and 31 ships came and went, the records of the port show."""
CARRIES = """The harbour of Port Maren was reportedly closed on Monday, according to unconfirmed posts by fishermen.

One of them claimed that fuel had leaked from a tanker. The Ledger could not verify the claim.

It is unclear whether any ship was turned away, a spokesman for the coast guard said."""
BAKERS = """The bakers of Upper Lorn chose a new guild master on Sunday. Anna Feld won with 40 votes against 12.

She promised cheaper rye bread and a longer market in the autumn."""
WANTED = {
    STATES: Stance.SUPPORTS,
    REFUSES: Stance.DENIES,
    CARRIES: Stance.REPORTS,
    BAKERS: Stance.SILENT,
}
HOUSE = re.compile(r"\b(?:false|fake|lies?|true|hoax)\b", re.IGNORECASE)


def article(text: str) -> Article:
    return Article(
        url="",
        path=str(len(text)),
        outlet="",
        title="",
        published_at=None,
        date_source=DateSource.NONE,
        retrieved_at=datetime(2025, 3, 4, tzinfo=UTC),
        language="en",
        sha256="",
        text=text,
    )


@pytest.fixture(scope="module")
def found() -> dict[str, Checked]:
    checked = list(check_articles(CLOSED, [article(text) for text in WANTED], Settings(judge="judge")))
    assert [one.article.text for one in checked] == list(WANTED)
    return {one.article.text: result_of(one) for one in checked}


def result_of(one: CheckedArticle) -> Checked:
    assert isinstance(one.found, Checked)
    return one.found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(STATES, id="the outlet states it"),
        pytest.param(REFUSES, id="the outlet states the contrary"),
        pytest.param(CARRIES, id="the outlet only carries it"),
        pytest.param(BAKERS, id="another matter"),
    ],
)
def test_each_article_has_the_stance_that_a_reader_gives_it(text: str, found: dict[str, Checked]) -> None:
    assert found[text].stance is WANTED[text]
    assert sum(found[text].probabilities.values()) == pytest.approx(1.0)


def test_the_evidence_of_a_denial_names_who_denies(found: dict[str, Checked]) -> None:
    (denial,) = [one for one in found[REFUSES].evidence if one.piece.act is Act.DENY]
    assert denial.piece.claim is not None
    assert denial.piece.claim.source[0].of(REFUSES) == "Harbour master Ilse Brandt"
    assert denial.piece.spans[0].of(REFUSES) == "that the harbour had been closed"


def test_a_silent_article_has_no_evidence(found: dict[str, Checked]) -> None:
    assert (found[BAKERS].evidence, found[BAKERS].reasons) == ((), ())


def test_the_words_of_ours_are_neutral(found: dict[str, Checked]) -> None:
    told = [reason for one in found.values() for piece in one.evidence for reason in reasons_of(piece)]
    told += [reason for one in found.values() for reason in one.reasons]
    told += [in_words(name) for name in load_weights().stance.rows]

    assert told
    assert [reason for reason in told if HOUSE.search(reason)] == []


def test_the_order_and_the_company_of_articles_make_no_difference(found: dict[str, Checked]) -> None:
    (alone,) = check_articles(CLOSED, [article(CARRIES)], Settings(judge="judge"))
    assert result_of(alone).stance is found[CARRIES].stance
    assert result_of(alone).score == pytest.approx(found[CARRIES].score)


class Counting:
    """A judge that calls everything neutral, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: list[tuple[str, str]]) -> list[Judgement]:
        self.asked.extend(pairs)
        return [Judgement(probabilities={Label.AGREE: 0.1, Label.CONFLICT: 0.2, Label.NEUTRAL: 0.7}) for _ in pairs]


def test_a_long_article_costs_the_judge_no_more_than_its_nearest_pieces(embedder: Embedder) -> None:
    judge = Counting()
    text = " ".join(f"The harbour of Port Maren was closed on day {number}." for number in range(40))
    Checker(embedder, judge).check(read_statement(CLOSED, ()), [(text, (), "")])  # type: ignore[arg-type]

    assert len(judge.asked) == JUDGED
    assert {asked for _, asked in judge.asked} == {CLOSED}


def test_an_article_without_a_word_to_compare_is_silent(embedder: Embedder) -> None:
    (checked,) = Checker(embedder, LexicalJudge(embedder)).check(read_statement(CLOSED, ()), [("Oh!", (), "")])
    assert checked.stance is Stance.SILENT


def test_a_denial_turns_what_is_judged_of_its_content(make_claim: Callable[..., Claim]) -> None:
    judgement = Judgement(probabilities={Label.AGREE: 0.7, Label.CONFLICT: 0.1, Label.NEUTRAL: 0.2})
    denied = make_claim("Orvane", Proposition(statement="it was warned"), Act.DENY)
    said = make_claim("Orvane", Proposition(statement="it was warned"), Act.ASSERT)
    pieces = [
        Piece(text="it was warned", spans=one.content, sentence=0, around="", claim=one) for one in (denied, said)
    ]
    against, for_it = (Evidence(piece=piece, cosine=0.9, judgement=judgement, verdict=None) for piece in pieces)

    assert (against.agree, against.conflict) == (0.1, 0.7)
    assert (for_it.agree, for_it.conflict) == (0.7, 0.1)


def test_structure_meets_what_a_statement_attributes(
    make_claim: Callable[..., Claim], matters: dict[str, Proposition], cosine_of: Callable[..., float]
) -> None:
    supplying, dealing = matters["providing equipment"], matters["arms deals"]
    asked = Statement(text="Kremlin denies arms deals", held=(Held(proposition=dealing, act=Act.DENY),), kinds={})
    claim = make_claim("South Korea", supplying, Act.ASSERT)
    piece = Piece(text=supplying.statement, spans=(Span(start=0, end=1),), sentence=0, around="", claim=claim)
    verdict = by_structure(asked, piece, cosine_of(supplying, dealing))

    assert verdict is not None
    assert verdict.relation is Relation.CONFLICT


def test_features_are_those_of_the_tables_whatever_the_article() -> None:
    weights, statement = load_weights(), read_statement(CLOSED, ())
    for text in ("", "A b.", STATES):
        reading = Reading(statement=statement, pieces=find_pieces(text, ()), cosines=(), evidence=())
        assert stance_features(reading).keys() == weights.stance.rows.keys()
        assert speaks_features(reading).keys() == weights.speaks.rows.keys()
    assert all(piece.voice is Voice.OUTLET for piece in find_pieces(STATES, ()))
