from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.copies import (
    MOST_SENTENCES,
    containment,
    is_copy,
    may_be_copy,
    own_sentences,
    same_sentences,
    shingles,
)

SENTENCES = [
    f"On day {day} the council of town {day * 7} discussed plan {day * 13} with {day + 2} members, {day % 5} times."
    for day in range(40)
]
ARTICLE = " ".join(SENTENCES)
OTHER = " ".join(
    f"In spring {day} nobody in village {day} wanted road {day * 3} to be built here." for day in range(40)
)


def compare(left: str, right: str) -> bool:
    one, other = shingles(left), shingles(right)
    return is_copy(len(one & other), min(len(one), len(other)))


def test_cut_wrapped_and_marked_up_copies_are_found() -> None:
    assert compare(ARTICLE, " ".join(SENTENCES[:14]))
    assert compare(ARTICLE, f"Our reporter writes: {ARTICLE} Read more on our pages.")
    assert compare(ARTICLE, ARTICLE.upper().replace(".", " -"))


def test_a_shared_quotation_is_no_copy() -> None:
    assert not compare(ARTICLE, f"{OTHER} {' '.join(SENTENCES[:4])}")


def test_short_texts_are_never_copies() -> None:
    assert not compare(
        "The mayor has said that he will not stand again.", "The mayor has said that he will not stand again."
    )


@given(text=st.text(max_size=300))
def test_hashes_fit_a_database_and_never_change(text: str) -> None:
    found = shingles(text)
    assert found == shingles(text)
    assert all(0 <= number < 2**63 and number % 4 == 0 for number in found)


def test_nothing_shares_nothing() -> None:
    assert containment(0, 0) == 0.0
    assert shingles("") == frozenset()


def test_sentences_that_are_edited_here_and_there_are_recognised() -> None:
    words = ARTICLE.split(" ")
    edited = " ".join("indeed" if place % 5 == 2 else word for place, word in enumerate(words))
    assert not compare(ARTICLE, edited)
    assert same_sentences(ARTICLE, edited)
    assert same_sentences(edited, f"{ARTICLE} {OTHER}")
    assert not same_sentences(ARTICLE, OTHER)


def test_very_long_texts_are_looked_at_from_their_beginning() -> None:
    long = " ".join(f"Sentence {number} of the book says that {number * 7} came home." for number in range(30_000))
    assert len(own_sentences(long)) == MOST_SENTENCES
    assert same_sentences(long, long)


def test_what_is_quoted_makes_no_copy() -> None:
    speech = "“" + " ".join(SENTENCES[:30]) + "”"
    assert not same_sentences(f"{speech} {OTHER}", f"{speech} {' '.join(SENTENCES[30:])}")
    assert not same_sentences(speech, speech)


def test_a_look_at_the_sentences_needs_something_shared() -> None:
    assert may_be_copy(10, 100)
    assert not may_be_copy(9, 100)
    assert not may_be_copy(7, 7)
