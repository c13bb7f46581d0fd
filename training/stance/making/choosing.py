"""How many pairs of each kind, which of them, and what is put round them at the end."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from training.stance.making import denial, modality, names, negation, numbers, rephrase, roles, words
from training.stance.making.frames import draw_bases
from training.stance.making.pairs import HEADLINES, OWN, Base, Bundle, Maker, Origin, Pair
from training.stance.making.shells import spoken

# Pairs wanted of each kind, and what makes it of one sentence.
SHARES: dict[str, tuple[int, Maker]] = {
    "negation": (2000, negation.make_negation),
    "implicative": (1000, negation.make_implicative),
    "no-object": (400, negation.make_no_object),
    "denial": (3400, denial.make_denial),
    "headline": (2400, denial.make_headline),
    "gerund": (900, denial.make_gerund),
    "modality": (1400, modality.make_modality),
    "question": (350, modality.make_question),
    "tense": (400, modality.make_tense),
    "number": (2500, numbers.make_number),
    "date": (900, numbers.make_date),
    "name": (700, names.make_name),
    "subject": (200, names.make_subject),
    "same-party": (350, names.make_same_party),
    "place": (350, names.make_place),
    "passive": (800, roles.make_passive),
    "antonym": (1500, words.make_antonym),
    "synonym": (1100, words.make_synonym),
    "wider": (300, words.make_wider),
    "reported": (600, rephrase.make_reported),
    "cleft": (150, rephrase.make_cleft),
    "order": (250, rephrase.make_order),
    "detail": (900, rephrase.make_detail),
}
# The same for kinds that invent their own sentences.
DRAWN: dict[str, tuple[int, Callable[[int, Random], Iterator[Bundle]]]] = {
    "roles": (800, roles.draw_roles),
    "state": (500, roles.draw_states),
    "exchange": (300, roles.draw_exchanges),
    "fact": (800, names.draw_facts),
}
SCOPE, OTHER_FACT, OTHER_HEADLINE = 700, 900, 500
INVENTED = 4000  # sentences drawn from the frames, of which each kind takes what it can use
OWN_SHARE = 0.35  # of a kind, at most, from invented sentences where articles have enough
SHORT = 14  # words of a sentence that is joined with another
# Kinds whose pairs stay as they are when somebody is named who says them.
WRAPPED = frozenset({
    "negation", "number", "date", "name", "subject", "same-party", "place", "passive", "antonym", "synonym", "wider",
    "order", "detail", "roles", "state", "exchange", "fact", "implicative", "gerund", "tense",
})  # fmt: skip
WRAPPED_SHARE, STOPPED_SHARE = 0.12, 0.3  # of the texts: said by somebody, closed with a full stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The pairs of one bundle with their kind and the origin of their sentence."""

    kind: str
    origin: Origin
    bundle: Bundle


def choose_pairs(
    articles: Sequence[Base], headlines: Sequence[Base], rng: Random, invented_number: int = INVENTED
) -> list[tuple[str, Origin, Pair]]:
    """Return the pairs of every kind in a drawn order, each with its kind and its origin, no pair twice."""
    invented = draw_bases(invented_number, rng)
    chosen: list[Made] = []
    for kind, (wanted, maker) in SHARES.items():
        outside = list(_make(kind, maker, [*articles, *headlines], rng))
        own = list(_make(kind, maker, invented, rng))
        some = _take(own, int(wanted * OWN_SHARE), rng) if outside else []
        some += _take(outside, wanted - _size(some), rng)
        chosen += some if _size(some) >= wanted else [*some, *_take(own, wanted - _size(some), rng)]
    for kind, (wanted, drawn) in DRAWN.items():
        chosen += _take([Made(kind=kind, origin=OWN, bundle=bundle) for bundle in drawn(wanted, rng)], wanted, rng)
    for listed in (articles, invented):
        chosen += _take(list(_make_scopes(listed, rng)), SCOPE // 2, rng)
    if articles:
        facts = rephrase.make_other_fact(articles, rng)
        chosen += _take(_named("other-fact", articles[0].origin, facts), OTHER_FACT, rng)
    others = denial.make_other_headline(headlines, rng)
    chosen += _take(_named("other-headline", HEADLINES, others), OTHER_HEADLINE, rng)
    pairs = [(kind, origin, dress(pair, kind, rng)) for kind, origin, pair in without_repeats(chosen)]
    rng.shuffle(pairs)
    return pairs


def dress(pair: Pair, kind: str, rng: Random) -> Pair:
    """Return a pair with a source after some of its texts and a full stop after some, whatever its label."""
    texts = []
    for text in (pair.premise, pair.hypothesis):
        said = kind in WRAPPED and rng.random() < WRAPPED_SHARE
        dressed = spoken(rng, "after", text, named=True) if said else text
        stopped = rng.random() < STOPPED_SHARE and kind not in ("headline", "other-headline") and dressed[-1].isalnum()
        texts.append(f"{dressed}." if stopped else dressed)
    return Pair(premise=texts[0], hypothesis=texts[1], label=pair.label)


def without_repeats(made: Iterable[Made]) -> list[tuple[str, Origin, Pair]]:
    """Return the single pairs, without those that occur twice, bear two labels, or whose texts are one."""
    labels: dict[tuple[str, str], set[str]] = {}
    kept: dict[tuple[str, str], tuple[str, Origin, Pair]] = {}
    for one in made:
        for pair in one.bundle:
            key = (pair.premise, pair.hypothesis)
            labels.setdefault(key, set()).add(pair.label)
            kept.setdefault(key, (one.kind, one.origin, pair))
    return [row for key, row in kept.items() if len(labels[key]) == 1 and key[0] != key[1]]


def _named(kind: str, origin: Origin, bundles: Iterable[Bundle]) -> list[Made]:
    return [Made(kind=kind, origin=origin, bundle=bundle) for bundle in bundles if bundle]


def _make(kind: str, maker: Maker, listed: Iterable[Base], rng: Random) -> Iterator[Made]:
    for base in listed:
        yield from _named(kind, base.origin, maker(base, rng))


def _make_scopes(listed: Sequence[Base], rng: Random) -> Iterator[Made]:
    short = [base for base in listed if len(base.text.split()) <= SHORT]
    by_topic: dict[str, list[Base]] = {}
    for base in short:
        by_topic.setdefault(base.topic, []).append(base)
    for base in short:
        near = by_topic[base.topic] if base.origin != OWN else short
        yield from _named("scope", base.origin, negation.make_scope(base, rng.choice(near), rng))


def _take(made: Sequence[Made], wanted: int, rng: Random) -> list[Made]:
    """Return bundles drawn at random until they hold the pairs wanted."""
    taken: list[Made] = []
    count = 0
    for item in rng.sample(made, len(made)):
        if count >= wanted:
            break
        taken.append(item)
        count += len(item.bundle)
    return taken


def _size(made: Iterable[Made]) -> int:
    return sum(len(one.bundle) for one in made)
