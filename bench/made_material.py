"""The material of a report of any size, made of our own words: articles, claims with their offsets, real findings.

Each matter is told in five articles of five outlets by one of a few sources; every third one is denied, and every
fifth has a number on which the sides differ. Nothing is random: the same size gives the same material.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import combinations

from tasks.comparison.findings import build_findings
from tasks.comparison.setting import setting_of
from tasks.model.article import Article, DateSource, Span
from tasks.model.claim import (
    Act,
    Certainty,
    Claim,
    Entity,
    EntityKind,
    Party,
    Proposition,
    Quantity,
    Role,
    Speech,
    Voice,
)
from tasks.model.finding import Kind, RelatedPair, Relation
from tasks.model.run import Run
from tasks.reporting.material import Material

PER_MATTER = 5  # claims, each in another article
BEGAN = datetime(2031, 4, 7, 5, tzinfo=UTC)
PLACES = ("Brenna", "Osk", "Tarn", "Velm", "Harrow Point", "Lund", "Marsk", "Orsay Bay", "Pell", "Quill")
THINGS = ("the bridge", "the ferry", "the school", "the tunnel", "the water plant", "the hospital", "the market hall")
DEEDS = ("will close in May", "was inspected twice", "lost its licence", "needs a new roof", "was sold in secret")
WHO = ("Mayor", "Minister", "Director", "Union leader", "Engineer", "Inspector")
FAMILY = ("Arends", "Holm", "Weir", "Sand", "Okafor", "Lindqvist", "Marsh", "Petrov", "Dube", "Castell", "Reyes")
OUTLETS = 40
FILLER = (
    "Trams ran as on any other morning, and the shops along the quay had opened by nine.",
    "It was the third meeting of the council this month, and the longest so far.",
    "Several neighbours had come to listen; most of them left before the vote.",
)


def make_material(articles: int, claims: int) -> Material:
    """Return a run of so many articles and claims, spread evenly, with the findings that the claims make."""
    texts = made_articles(articles, claims)
    made = [claim for article, spans in texts for claim in claims_of(article, spans)]
    read = [article for article, _ in texts]
    return Material(
        run=Run(id="made-run", flow="bench", started_at=BEGAN, finished_at=BEGAN, status="completed", details={}),
        articles=tuple(read),
        claims=tuple(made),
        findings=build_findings(made, pairs_of(made), map(setting_of, read)),
        set_asides=(),
        method=(("Made for", "a measurement"),),
        generated_at=BEGAN,
        scope=f"{articles:,} made articles",
    )


Told = tuple[int, int, Span, Span, Span]  # the matter, the place within it; source, cue and content


def made_articles(articles: int, claims: int) -> list[tuple[Article, list[Told]]]:
    """Return the articles, each with what is told in it."""
    return [made_article(number, range(number, claims, articles), articles) for number in range(articles)]


def made_article(number: int, told: range, articles: int) -> tuple[Article, list[Told]]:
    """Return one article: a line for each claim, and between them sentences in which nobody speaks."""
    text, found = f"{PLACES[number % len(PLACES)]}: what was said in week {number}\n", list[Told]()
    for claim in told:
        # Claims of one matter go to neighbouring articles: the round says which of an article's claims it is.
        matter, place = (claim // articles) * -(-articles // PER_MATTER) + number // PER_MATTER, number % PER_MATTER
        source, cue, content = words_of(matter, place)
        start = len(text)
        who = Span(start=start, end=start + len(source))
        how = Span(start=who.end + 1, end=who.end + 1 + len(cue))
        what = Span(start=how.end + 1, end=how.end + 1 + len(content))
        found.append((matter, place, who, how, what))
        text += f"{source} {cue} {content}. {FILLER[claim % len(FILLER)]}\n"
    outlet = f"The {PLACES[number % len(PLACES)]} {('Post', 'Wire', 'Echo', 'Times')[number % OUTLETS // len(PLACES)]}"
    moment = BEGAN - timedelta(hours=number % 200)
    return Article(
        url=f"https://{sha256(outlet.encode()).hexdigest()[:8]}.example/{number}",
        path="",
        outlet=outlet,
        title=text.split("\n", 1)[0],
        published_at=moment,
        date_source=DateSource.METADATA,
        retrieved_at=BEGAN,
        language="en",
        sha256=sha256(text.encode()).hexdigest(),
        headings=(Span(start=0, end=text.index("\n")),),
        residue=("Share this article",),
        text=text,
    ), found


def words_of(matter: int, place: int) -> tuple[str, str, str]:
    """Return who says it, the cue, and what is said."""
    speaker = matter * 7 + (place % 3) * 5
    source = f"{WHO[speaker % len(WHO)]} {FAMILY[speaker % len(FAMILY)]}"
    cue = "denied" if denies(matter, place) else "said"
    number = f" for {10 + matter % 80 + (place == PER_MATTER - 1) * 7} days" if matter % 5 == 0 else ""
    return source, cue, f"that {THINGS[matter % len(THINGS)]} of {place_of(matter)} {DEEDS[matter % 5]}{number}"


def place_of(matter: int) -> str:
    """Return a place that matters share with few others."""
    return f"{PLACES[matter % len(PLACES)]} {matter // len(PLACES)}"


def denies(matter: int, place: int) -> bool:
    """Return whether this one denies what the others say."""
    return matter % 3 == 0 and place in {1, 4}


def claims_of(article: Article, told: list[Told]) -> Iterator[Claim]:
    """Yield the claims of an article."""
    for matter, place, source, cue, content in told:
        name = source.of(article.text)
        who = Entity(id=f"person:{name.casefold()}", name=name, kind=EntityKind.PERSON)
        body = Entity(id=f"body:{place_of(matter)}", name=place_of(matter), kind=EntityKind.BODY)
        words = content.of(article.text)
        digits = [word for word in words.split() if word.isdigit()][1:]
        numbers = tuple(
            Quantity(low=float(word), high=float(word), unit="day", approximate=False, text=word) for word in digits
        )
        yield Claim(
            article_id=article.id,
            voice=Voice.SOURCE,
            source=(source,),
            entities=(who,),
            resolved=True,
            cue=(cue,),
            content=(content,),
            speech=Speech.INDIRECT,
            act=Act.DENY if denies(matter, place) else Act.ASSERT,
            certainty=Certainty.CERTAIN,
            proposition=Proposition(
                statement=words.removeprefix("that ").capitalize(),
                parties=(Party(entity=body, role=Role.OTHER),),
                quantities=numbers,
            ),
            rule=f"matter {matter}",
        )


def pairs_of(claims: list[Claim]) -> Iterator[RelatedPair]:
    """Yield how the claims of each matter stand to each other."""
    matters: dict[str, list[Claim]] = {}
    for claim in claims:
        matters.setdefault(claim.rule, []).append(claim)
    for found in matters.values():
        for one, other in combinations(sorted(found, key=lambda claim: claim.id), 2):
            apart = one.position is not other.position
            yield RelatedPair(
                left=one.id,
                right=other.id,
                relation=Relation.CONFLICT if apart else Relation.AGREE,
                kind=Kind.DENIAL if apart else Kind.NONE,
                confidence=0.85,
                reasons=("one denies what the other says",) if apart else ("both say the same",),
                kinship=0.9,
            )
