"""What a marked cue does with a marked content: `{cue}` and `[content]`, as the trained extractor hands them over."""

import re

import pytest

from tasks.attribution.acts import is_deed, judge
from tasks.attribution.cues import act_of_lemma
from tasks.attribution.drafts import Draft
from tasks.attribution.parsing import parse_texts
from tasks.attribution.pipeline import load_pipeline
from tasks.attribution.roles import find_drafts
from tasks.attribution.tagger.weights import RULES
from tasks.model.article import Span
from tasks.model.claim import Act, Certainty, Position, position
from tasks.settings import load_settings

FOR, AGAINST, NONE = Position.FOR, Position.AGAINST, Position.NONE
MARK = re.compile(r"[{}\[\]]")


def judged(marked: str) -> Draft:
    """Return a draft without a row, made from the marks and judged."""
    text = MARK.sub("", marked)
    places: dict[str, list[int]] = {mark: [] for mark in "{}[]"}
    for number, match in enumerate(MARK.finditer(marked)):
        places[match.group()].append(match.start() - number)
    [[paragraph]] = parse_texts([(text, ())], load_pipeline(load_settings().spacy_model, RULES))
    cue, content = (
        tuple(Span(start=start, end=end) for start, end in zip(places[opening], places[closing], strict=True))
        for opening, closing in ("{}", "[]")
    )
    return judge(
        Draft(
            paragraph=paragraph,
            row=None,
            cue=tuple(paragraph.tokens(cue)),
            source=(),
            content=content,
            root=None,
            rule="marked",
        )
    )


@pytest.mark.parametrize(
    ("marked", "act", "side"),
    [
        pytest.param("The mayor {tried to walk back} [his remarks].", Act.RETRACT, AGAINST, id="leading-verb"),
        pytest.param("The firm {went on to deny} [any fault].", Act.DENY, AGAINST, id="went-on-to"),
        pytest.param("The firm {vowed to sue} [the paper].", Act.PROMISE, NONE, id="vowed-to"),
        pytest.param("The bishop {declined to criticise} [the ruling].", Act.DECLINE, NONE, id="declined-to"),
        pytest.param("The bishop {stopped short of condemning} [the raid].", Act.DECLINE, NONE, id="stopped-short"),
        pytest.param("The coach {could not resist mocking} [the referee].", Act.JUDGE, FOR, id="could-not-resist"),
        pytest.param("The envoy left {without mentioning} [the hostages].", Act.DECLINE, NONE, id="without"),
        pytest.param("The envoy {made no mention of} [the hostages].", Act.DECLINE, NONE, id="no-mention"),
        pytest.param("The envoy {said almost nothing about} [the talks].", Act.DECLINE, NONE, id="said-nothing"),
        pytest.param('"[It is over]," the envoy {said, laughing}.', Act.ASSERT, FOR, id="said-laughing"),
        pytest.param("The envoy {does not hesitate to say} [that it failed].", Act.ASSERT, FOR, id="not-hesitate"),
        pytest.param("The envoy {called for} [the talks to be resumed].", Act.URGE, NONE, id="called-for-it-to"),
        pytest.param("The union {voiced support for} [the strike].", Act.ATTITUDE, NONE, id="light-verb"),
        pytest.param("The union {issued a statement condemning} [the raid].", Act.JUDGE, FOR, id="statement"),
        pytest.param("The union {pushed back against} [claims of theft].", Act.DENY, AGAINST, id="pushed-back"),
        pytest.param("The port {rejected} [the offer].", Act.ATTITUDE, NONE, id="rejected-offer"),
        pytest.param("The port {rejected} [the allegation].", Act.DENY, AGAINST, id="rejected-allegation"),
        pytest.param("The club {did not apologise for} [the delay].", Act.DECLINE, NONE, id="judgement-not-made"),
        pytest.param("The club {has not retracted} [its claim].", Act.CONFIRM, FOR, id="not-retracted"),
        pytest.param("Doctors {do not doubt} [that he was ill].", Act.ASSERT, FOR, id="no-doubt"),
        pytest.param("Doctors {are not convinced} [that he was ill].", Act.DENY, AGAINST, id="not-convinced"),
        pytest.param("Doctors {are not happy} [that he left].", Act.JUDGE, FOR, id="not-happy"),
        pytest.param("The guard {is not expected} [to return].", Act.ASSERT, AGAINST, id="not-expected"),
        pytest.param("The guard {warned} the boys [not to swim].", Act.URGE, NONE, id="warned-not-to"),
        pytest.param("The guard {would like} [the boys to leave].", Act.URGE, NONE, id="would-like-others-to"),
        pytest.param("The guards {want} [that the gate be shut].", Act.URGE, NONE, id="want-that"),
        pytest.param("The guard {would like} [to leave].", Act.ATTITUDE, NONE, id="would-like-to"),
        pytest.param("[Where is the key?] the guard {asked}.", Act.URGE, NONE, id="asked"),
        pytest.param("The panel {discussed} [whether the road was safe].", Act.ATTITUDE, NONE, id="discussed-whether"),
        pytest.param("The panel {blorped} [that the road was safe].", Act.ASSERT, FOR, id="unknown-word"),
        pytest.param("Neither the zoo nor the vet {has admitted} [the loss].", Act.DECLINE, NONE, id="neither-nor"),
        pytest.param("Neither Brno nor Graz {confirmed} [the loss].", Act.DECLINE, NONE, id="neither-nor-names"),
        pytest.param("The tailor {stopped short of saying} [that it shrank].", Act.DECLINE, NONE, id="short-of-that"),
        pytest.param("The tailor {stopped short of} [resigning].", Act.ATTITUDE, NONE, id="short-of-a-deed"),
        pytest.param("The tailor {had no immediate comment on} [the fire].", Act.DECLINE, NONE, id="no-comment"),
        pytest.param("Mayor {Urges} [Calm After Storm]", Act.URGE, NONE, id="headline"),
        pytest.param(
            'The firm {denied} it: "[We did not sell the mill]."', Act.DENY, AGAINST, id="denial-in-own-words"
        ),
        pytest.param("The firm {denied} [that it did not pay].", Act.DENY, FOR, id="denied-a-negation"),
    ],
)
def test_a_cue_of_several_words(marked: str, act: Act, side: Position) -> None:
    draft = judged(marked)

    assert (draft.act, position(draft.act, negated=draft.negated)) == (act, side)


@pytest.mark.parametrize(
    ("content", "side"),
    [
        pytest.param("it did not fire", AGAINST, id="not"),
        pytest.param("it fired because nobody answered", FOR, id="not-in-a-clause-below"),
        pytest.param("the men, who had no papers, were held", FOR, id="not-in-a-relative-clause"),
        pytest.param("no shots were fired", AGAINST, id="no-subject"),
        pytest.param("neither the wheel nor the brake was faulty", AGAINST, id="neither-nor"),
        pytest.param("it has no plans to leave", AGAINST, id="no-object"),
        pytest.param("under no circumstances would it leave", AGAINST, id="no-circumstances"),
        pytest.param("it left with no warning", FOR, id="with-no-warning"),
        pytest.param("there is no doubt that it fired", FOR, id="no-doubt"),
        pytest.param("it no longer owns the mill", AGAINST, id="no-longer"),
        pytest.param("he does not think that it fired", AGAINST, id="framed"),
        pytest.param("it is not true that it fired", AGAINST, id="not-true-that"),
        pytest.param("analysts do not think that it fired", AGAINST, id="what-others-do-not-think"),
        pytest.param("the reports are false", AGAINST, id="false-reports"),
        pytest.param("the map is wrong", FOR, id="a-wrong-map"),
        pytest.param("the theft of the crown was a hoax", AGAINST, id="a-hoax"),
        pytest.param("the theft of the crown was not a hoax", FOR, id="no-hoax"),
        pytest.param("it not only fired but cheered", FOR, id="not-only"),
    ],
)
def test_the_negation_of_a_content(content: str, side: Position) -> None:
    draft = judged(f"The army {{said}} that [{content}].")

    assert position(draft.act, negated=draft.negated) is side


@pytest.mark.parametrize(
    ("marked", "deed"),
    [
        pytest.param("The judge {denied} [the driver bail].", True, id="denied-bail"),
        pytest.param("The council {rejected} [the budget].", True, id="rejected-budget"),
        pytest.param("The duke {dismissed} [the cook].", True, id="dismissed-cook"),
        pytest.param("The senate {confirmed} [the nominee].", True, id="confirmed-nominee"),
        pytest.param("The army {withdrew} [its troops].", True, id="withdrew-troops"),
        pytest.param("The duke {dismissed} [the cook as a liar].", False, id="dismissed-as"),
        pytest.param("The council {rejected} [the allegation].", False, id="rejected-allegation"),
        pytest.param("The council {denied} [any fault].", False, id="denied-fault"),
        pytest.param("The council {rejected} [it].", False, id="rejected-what-was-said"),
        pytest.param("The council {wants} [peace].", False, id="attitude"),
    ],
)
def test_what_is_a_deed_and_no_word(marked: str, deed: bool) -> None:
    assert is_deed(judged(marked)) is deed


@pytest.mark.parametrize(
    ("marked", "certainty"),
    [
        pytest.param("Police {said} [the tunnel could collapse].", Certainty.POSSIBLE, id="could"),
        pytest.param("Police {said} [the boy could not swim].", Certainty.CERTAIN, id="could-not"),
        pytest.param('"[I think the tunnel is safe]," she {said}.', Certainty.PROBABLE, id="i-think"),
        pytest.param("Police {fear} [the tunnel will collapse].", Certainty.POSSIBLE, id="fear"),
        pytest.param("Police {are optimistic} [that it will hold].", Certainty.PROBABLE, id="optimistic"),
    ],
)
def test_certainty(marked: str, certainty: Certainty) -> None:
    assert judged(marked).certainty is certainty


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        pytest.param(
            "Calls by farmers for a wider canal have failed.", "farmers", "Calls", "a wider canal", id="calls-by"
        ),
        pytest.param(
            "There was fear among nurses about the vaults.", "nurses", "fear", "the vaults", id="fear-among"
        ),
        pytest.param(
            "A warning from the customs office that the ice was thin came late.",
            "the customs office", "warning", "that the ice was thin", id="warning-from",
        ),
        pytest.param(
            "Allegations by retired guards that the abbey sold bells were read out.",
            "retired guards", "Allegations", "that the abbey sold bells", id="allegations-by",
        ),
        pytest.param(
            "The brewery was accused by anglers of poisoning the lake.",
            "anglers", "was accused", "The brewery of poisoning the lake", id="accused-by",
        ),
        pytest.param("The bank made no comment on the raid.", "The bank", "made no comment", "the raid", id="silence"),
    ],
)  # fmt: skip
def test_whose_word_it_is(text: str, source: str, cue: str, content: str) -> None:
    [[paragraph]] = parse_texts([(text, ())], load_pipeline(load_settings().spacy_model, RULES))
    [draft] = find_drafts(paragraph)

    said = " ".join(map(paragraph.words, draft.content))
    assert (" ".join(map(str, draft.source)), " ".join(map(str, draft.cue)), said) == (source, cue, content)


@pytest.mark.parametrize(
    ("lemma", "pos", "found"),
    [
        pytest.param("deny", "VERB", (Act.DENY, Certainty.CERTAIN), id="row"),
        pytest.param("hope", "VERB", (Act.ATTITUDE, Certainty.CERTAIN), id="attitude"),
        pytest.param("hunch", "NOUN", (Act.HEDGE, Certainty.POSSIBLE), id="noun"),
        pytest.param("skeptical", "ADJ", (Act.DENY, Certainty.POSSIBLE), id="adjective"),
        pytest.param("skeptical", "VERB", (Act.DENY, Certainty.POSSIBLE), id="the-tagger-errs"),
        pytest.param("blorp", "VERB", None, id="unknown"),
    ],
)
def test_the_act_of_a_word(lemma: str, pos: str, found: tuple[Act, Certainty] | None) -> None:
    assert act_of_lemma(lemma, pos) == found
