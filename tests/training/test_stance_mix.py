"""Which pairs a pass holds, how often each, and in which company."""

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from training.stance.mix import SHARES, Row, choose, count_rows, make_batches, part_of, read_rows


def row(corpus: str, number: int = 0, label: str = "agree", sub: str = "") -> Row:
    return Row(
        id=f"{corpus}-{sub}-{number}",
        corpus=corpus,
        licence="CC0 1.0",
        tier="open",
        premise=f"Bridge {number} is open.",
        hypothesis=f"Bridge {number} can be crossed.",
        label=label,
        sub=sub,
    )


def rows(corpus: str, count: int, label: str = "agree", sub: str = "") -> list[Row]:
    return [row(corpus, number, label, sub) for number in range(count)]


def line(**changed: object) -> str:
    told: dict[str, object] = {"id": "a", "corpus": "snli", "licence": "CC0", "tier": "open", "label": "agree"}
    return json.dumps(told | {"premise": "A goat ran.", "hypothesis": "A goat moved."} | changed)


@pytest.mark.parametrize(
    ("changed", "tiers", "kept"),
    [
        pytest.param({}, ["open"], 1, id="open"),
        pytest.param({"tier": "unstated"}, ["open", "unstated"], 1, id="no licence stated"),
        pytest.param({"tier": "unstated"}, ["open"], 0, id="no licence stated, and not asked for"),
        pytest.param({"tier": "nc"}, ["open", "nc"], 0, id="non-commercial, even if asked for"),
        pytest.param({"emergent_test_topic": True}, ["open"], 0, id="a topic of the Emergent test set"),
    ],
)
def test_reads_only_what_may_be_trained_on(
    tmp_path: Path, changed: dict[str, object], tiers: list[str], kept: int
) -> None:
    plain, zipped = tmp_path / "pairs.jsonl", tmp_path / "pairs.jsonl.gz"
    plain.write_text(line(**changed) + "\n\n", encoding="utf-8")
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    assert len(read_rows(plain, tiers)) == len(read_rows(zipped, tiers)) == kept


@pytest.mark.parametrize(
    ("one", "part"),
    [
        pytest.param(row("lingnli"), "lingnli", id="a whole corpus"),
        pytest.param(row("fnc1", label="conflict", sub="disagree"), "fnc1/disagree", id="by the corpus's own label"),
        pytest.param(row("covidfact", label="conflict"), "covidfact/conflict", id="by our label"),
        pytest.param(row("made", sub="denial"), "made", id="made, of any kind"),
        pytest.param(row("arc"), None, id="opinions on debates are left out"),
        pytest.param(row("nowhere"), None, id="a corpus that the table does not name"),
    ],
)
def test_a_row_belongs_to_the_narrowest_part(one: Row, part: str | None) -> None:
    assert part_of(one) == part


def test_a_part_comes_as_often_as_the_table_says() -> None:
    chosen = choose([*rows("fnc1_hh", 5), *rows("lingnli", 7), *rows("arc", 3)], 0, 0)
    told = Counter(one.corpus for one in chosen)
    assert told == {"fnc1_hh": 5 * SHARES["fnc1_hh"].times, "lingnli": 7}


def test_a_part_that_is_too_large_goes_on_in_the_next_pass() -> None:
    most = SHARES["cad_nli"].most
    assert most is not None
    every = rows("cad_nli", 2 * most)
    first, second = ({one.id for one in choose(every, turn, 0)} for turn in (0, 1))
    assert (len(first), len(second), len(first | second)) == (most, most, 2 * most)


def test_texts_of_one_kind_change_places_every_second_time() -> None:
    chosen = choose([row("fnc1_hh"), row("lingnli")], 0, 0)
    told = Counter((one.corpus, one.premise) for one in chosen)
    half = SHARES["fnc1_hh"].times // 2
    assert told == {
        ("fnc1_hh", "Bridge 0 is open."): half,
        ("fnc1_hh", "Bridge 0 can be crossed."): half,
        ("lingnli", "Bridge 0 is open."): 1,
    }


def test_batches_hold_every_row_once_and_like_lengths() -> None:
    lengths = [place * 37 % 60 + 5 for place in range(500)]
    batches = make_batches(lengths, 8, 0, 0)
    assert sorted(place for batch in batches for place in batch) == list(range(500))
    padded = sum(max(lengths[place] for place in batch) * len(batch) for batch in batches)
    assert padded < 1.1 * sum(lengths)


def test_a_rerun_gets_the_same_and_another_pass_another_order() -> None:
    lengths = [place % 30 for place in range(200)]
    assert make_batches(lengths, 8, 0, 0) == make_batches(lengths, 8, 0, 0)
    assert make_batches(lengths, 8, 0, 0) != make_batches(lengths, 8, 1, 0)
    many = rows("lingnli", 50)
    assert choose(many, 0, 0) == choose(many, 0, 0)


def test_the_card_is_told_licences_and_counts() -> None:
    told = count_rows([*rows("snli", 2), *rows("snli", 3, label="conflict")])
    assert told == {"snli": {"licence": "CC0 1.0", "tier": "open", "agree": 2, "conflict": 3}}
