"""Why a finding stands as it does, and what is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from tasks.model.article import Article
from tasks.model.claim import Claim, Entity, EntityKind, Party, Role
from tasks.model.finding import Finding, Kind, RelatedPair, Relation, Status
from tasks.reporting.evidence import Evidence, arrange_evidence, gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_why import missing_sentences, why_sentences

HOLM, WEIR, KESTREL = (
    Entity(id="person:holm", name="Ada Holm", kind=EntityKind.PERSON),
    Entity(id="person:weir", name="Jonas Weir", kind=EntityKind.PERSON),
    Entity(id="body:kestrel", name="Kestrel Works", kind=EntityKind.BODY),
)
OFFICIALS = Entity(id="group:officials", name="officials", kind=EntityKind.GROUP)

Make = Callable[..., Claim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Two articles, and a claim in each: Holm says so, Weir denies it."""

    one: Article
    two: Article
    holm: Claim
    weir: Claim

    def evidence(self, *more: Claim) -> Evidence:
        """Return the evidence of the two articles, with these claims and more of them."""
        claims = (self.holm, self.weir, *more)
        return arrange_evidence((self.one, self.two), claims)


@pytest.fixture
def cast(new_article: Callable[..., Article], new_claim: Make) -> Cast:
    one = new_article(url="https://one.example/a", outlet="Wire", text="Holm said nine died. Weir said 14 died.")
    two = new_article(url="https://two.example/b", outlet="Herald", text="Weir denied that nine died.")
    return Cast(
        one=one,
        two=two,
        holm=new_claim(one, who=[HOLM], source="Holm", content=["nine died"]),
        weir=new_claim(
            two, who=[WEIR], source="Weir", cue="denied", content=["nine died"], act="deny", speech="direct"
        ),
    )


def test_conflicts_come_first_and_each_sentence_once(material: Material) -> None:
    finding = material.findings[0]
    twice = replace(finding, pairs=finding.pairs * 2)
    assert why_sentences(twice, gather_evidence(material)) == (
        "Kestrel Works denies what Ada Holm says.",
        "Kestrel Works denies what Mira Solt says.",
        "The reports are taken for one matter because both speak of solvent in the river Lune.",
    )


def test_two_numbers_are_told_by_who_gives_them(
    cast: Cast, new_claim: Make, new_finding: Callable[..., Finding], new_related: Callable[..., RelatedPair]
) -> None:
    other = new_claim(cast.one, who=[WEIR], source="Weir", content=["14 died"])
    first, second = sorted((cast.holm, other), key=lambda claim: claim.id)
    numbers = {cast.holm.id: "Nine", other.id: "14"}
    reason = f"the numbers cannot both hold: {numbers[first.id]} against {numbers[second.id]}"
    pair = new_related(cast.holm, other, Relation.CONFLICT, Kind.NUMBER, "Holm says so; Weir says so", reason)
    finding = new_finding(Status.DISPUTED, [pair], for_=[[cast.holm]], against=[[other]])
    told = why_sentences(finding, cast.evidence(other))
    says = {
        cast.holm.id: "Ada Holm speaks of nine, Jonas Weir of 14.",
        other.id: "Jonas Weir speaks of 14, Ada Holm of nine.",
    }
    assert told == (says[first.id],)


def test_a_full_name_is_not_told_again_by_half(
    cast: Cast, new_finding: Callable[..., Finding], new_related: Callable[..., RelatedPair]
) -> None:
    told = ("Ada Holm says more; Weir denies it all", "Holm says more; Weir denies it all")
    pairs = [new_related(cast.holm, cast.weir, Relation.CONFLICT, Kind.DENIAL, reason) for reason in told]
    finding = new_finding(Status.DISPUTED, pairs, for_=[[cast.holm]], against=[[cast.weir]])
    assert why_sentences(finding, cast.evidence()) == (f"{told[0]}.",)


def test_without_pairs_it_says_who_speaks_and_where(cast: Cast, new_finding: Callable[..., Finding]) -> None:
    finding = new_finding(Status.UNCLEAR, for_=[[cast.holm]], against=[[cast.weir]])
    assert why_sentences(finding, cast.evidence()) == (
        "Ada Holm says so, in Wire.",
        "Jonas Weir denies it, in Herald.",
    )


def test_agreement_is_told_as_the_column_has_it(
    cast: Cast, new_claim: Make, new_finding: Callable[..., Finding], new_related: Callable[..., RelatedPair]
) -> None:
    """A statement may be negative: who says that it is not so then stands among those who say so."""
    other = new_claim(cast.two, who=[WEIR], source="Weir", content=["nine died"])
    said = "Ada Holm says that it is not so; Jonas Weir says that it is not so"
    pair = new_related(cast.holm, other, Relation.AGREE, Kind.NONE, said)
    evidence = cast.evidence(other)
    for sides, expected in (
        ({"for_": [[cast.holm], [other]]}, "so"),
        ({"against": [[cast.holm], [other]]}, "that it is not so"),
    ):
        finding = new_finding(Status.SEVERAL_ORIGINS, [pair], **sides)
        assert why_sentences(finding, evidence) == (f"Ada Holm and Jonas Weir both say {expected}.",)


def test_a_negative_statement_turns_no_side_round(
    cast: Cast, new_finding: Callable[..., Finding], new_related: Callable[..., RelatedPair]
) -> None:
    pair = new_related(cast.holm, cast.weir, Relation.CONFLICT, Kind.DENIAL, "Ada Holm says so; Jonas Weir denies it")
    evidence = cast.evidence()
    straight = new_finding(Status.DISPUTED, [pair], for_=[[cast.holm]], against=[[cast.weir]])
    turned = new_finding(Status.DISPUTED, [pair], for_=[[cast.weir]], against=[[cast.holm]])
    assert why_sentences(straight, evidence) == ("Ada Holm says so; Jonas Weir denies it.",)
    assert why_sentences(turned, evidence) == ("Jonas Weir says so; Ada Holm says otherwise.",)


def test_what_changed_leads_only_where_that_is_the_matter(
    cast: Cast, new_finding: Callable[..., Finding], new_related: Callable[..., RelatedPair]
) -> None:
    shift = "Ada Holm takes two positions: a change, not a conflict between sources"
    pairs = [
        new_related(cast.holm, cast.weir, Relation.COMPATIBLE, Kind.SHIFT, shift),
        new_related(cast.holm, cast.weir, Relation.CONFLICT, Kind.DENIAL, "Ada Holm is contradicted"),
        new_related(cast.holm, cast.weir, Relation.CONFLICT, Kind.DENIAL, "Ada Holm is contradicted again"),
    ]
    evidence = cast.evidence()
    told = {
        status: why_sentences(new_finding(status, pairs, for_=[[cast.holm]], against=[[cast.weir]]), evidence)
        for status in (Status.DISPUTED, Status.SHIFTED)
    }
    assert told[Status.DISPUTED] == ("Ada Holm is contradicted.", told[Status.SHIFTED][0])
    assert told[Status.SHIFTED][0] == "Ada Holm said one thing and then another."


def accusing(claim: Claim, *accused: Entity) -> Claim:
    parties = tuple(Party(entity=entity, role=Role.AGENT) for entity in accused)
    return replace(claim, proposition=replace(claim.proposition, parties=parties))


@pytest.mark.parametrize(
    ("accused", "expected"),
    [
        pytest.param((KESTREL,), "Kestrel Works is accused of it and not quoted on it here.", id="not heard"),
        pytest.param(
            (KESTREL, Entity(id="body:lune", name="Lune Board", kind=EntityKind.BODY)),
            "Kestrel Works and Lune Board are accused of it and not quoted on it here.",
            id="two",
        ),
        pytest.param((HOLM,), "", id="speaks here"),
        pytest.param((Entity(id="x", name="Ada Holmen", kind=EntityKind.PERSON),), "", id="may be the one who speaks"),
        pytest.param((OFFICIALS,), "", id="unnamed people cannot be asked"),
    ],
)
def test_who_is_accused_and_not_heard_is_missing(
    cast: Cast, new_claim: Make, new_finding: Callable[..., Finding], accused: Sequence[Entity], expected: str
) -> None:
    claim = accusing(new_claim(cast.one, who=[HOLM], source="Holm", content=["nine died"], act="accuse"), *accused)
    told = missing_sentences(new_finding(Status.SINGLE_ORIGIN, for_=[[claim]]), cast.evidence(claim))
    assert ("accused" in told) is bool(expected)
    assert told.startswith(expected)


def test_an_assertion_accuses_nobody(cast: Cast, new_finding: Callable[..., Finding]) -> None:
    claim = accusing(cast.holm, KESTREL)
    finding = new_finding(Status.SINGLE_ORIGIN, for_=[[claim]])
    assert missing_sentences(finding, cast.evidence(claim)) == (
        "Nobody is quoted here who denies it or was asked about it. Only one outlet here carries it."
    )


def test_who_declines_was_asked(cast: Cast, new_claim: Make, new_finding: Callable[..., Finding]) -> None:
    silent = new_claim(cast.two, who=[KESTREL], source="Weir", content=["nine died"], act="decline")
    finding = new_finding(Status.SINGLE_ORIGIN, for_=[[accusing(cast.holm, KESTREL)]], declines=[[silent]])
    evidence = cast.evidence(silent)
    assert missing_sentences(finding, evidence) == "Nobody is quoted on it in their own words."


def test_a_denial_without_what_it_answers(cast: Cast, new_finding: Callable[..., Finding]) -> None:
    told = missing_sentences(new_finding(Status.DENIED, against=[[cast.weir]]), cast.evidence())
    assert told == "Whoever says so is not quoted here, so it cannot be told whom the denial answers."


def test_a_side_that_nobody_speaks_for_by_name(
    cast: Cast, new_claim: Make, new_finding: Callable[..., Finding]
) -> None:
    claim = new_claim(cast.one, who=[OFFICIALS], source="Holm", content=["nine died"])
    told = missing_sentences(new_finding(Status.SEVERAL_ORIGINS, for_=[[claim]]), cast.evidence(claim))
    assert told == "No person is named who says so."


def test_how_little_two_sides_rest_on(cast: Cast, new_claim: Make, new_finding: Callable[..., Finding]) -> None:
    beside = new_claim(cast.one, who=[WEIR], source="Weir", content=["14 died"])
    evidence = cast.evidence(beside)
    told: Mapping[str, Finding] = {
        "Both sides are known from one article alone.": new_finding(
            Status.DISPUTED, for_=[[cast.holm]], against=[[beside]]
        ),
        "Each side goes back to one origin alone.": new_finding(
            Status.DISPUTED, for_=[[cast.holm]], against=[[cast.weir]]
        ),
        "": new_finding(Status.DISPUTED, for_=[[cast.holm], [beside]], against=[[cast.weir]]),
    }
    assert {expected: missing_sentences(finding, evidence) for expected, finding in told.items()} == {
        expected: expected for expected in told
    }


def test_dates_that_are_missing(cast: Cast, new_finding: Callable[..., Finding]) -> None:
    undated = replace(cast, two=replace(cast.two, published_at=None))
    finding = new_finding(Status.SHIFTED, for_=[[cast.holm]], against=[[cast.weir]])
    assert missing_sentences(finding, cast.evidence()) == ""
    assert missing_sentences(finding, undated.evidence()) == "Not all of it has a date, so what came first is not sure."
    none = replace(undated, one=replace(cast.one, published_at=None))
    assert missing_sentences(finding, none.evidence()) == "None of it has a date."
