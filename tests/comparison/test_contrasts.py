import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.comparison.contrasts import find_contrasts, find_missing


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param("Three men wait.", "Five men wait.", ("number", "three", "five"), id="number-in-words"),
        pytest.param(
            "It cost $2.5bn then.", "It cost $3.5 billion then.", ("number", "2.5bn", "3.5 billion"), id="short"
        ),
        pytest.param("Prices rose 12 percent.", "Prices rose 15%.", ("number", "12", "15"), id="percent"),
        pytest.param("He came first.", "He came third.", ("place in a row", "first", "third"), id="ordinal"),
        pytest.param("the first time", "the twenty-first time", ("place in a row", "first", "twenty first"), id="tens"),
        pytest.param("He is from Peru.", "He is from Chile.", ("country", "Peru", "Chile"), id="country"),
        pytest.param(
            "North Korea fired.", "South Korea fired.", ("country", "North Korea", "South Korea"), id="two-words"
        ),
        pytest.param("the U.S. envoy", "the U.K. envoy", ("country", "US", "UK"), id="dotted"),
        pytest.param("Italian food", "Thai food", ("nationality", "Italian", "Thai"), id="nationality"),
        pytest.param("It fell on Monday.", "It fell on Friday.", ("weekday", "Monday", "Friday"), id="weekday"),
        pytest.param("It began in May.", "It began in July.", ("month", "May", "July"), id="may"),
        pytest.param("The gate was blue.", "The gate was green.", ("colour", "blue", "green"), id="colour"),
        pytest.param("They won the cup.", "They lost the cup.", ("opposite", "won", "lost"), id="irregular"),
        pytest.param("She is happy.", "She is sad.", ("opposite", "happy", "sad"), id="opposite"),
        pytest.param("Votes rose again.", "Votes fell again.", ("opposite", "rose", "fell"), id="lexicon"),
        pytest.param("In 1994, it ended.", "In 1996, it ended.", ("year", "1994", "1996"), id="year-and-comma"),
        pytest.param("1,994 came.", "3,994 came.", ("number", "1,994", "3,994"), id="thousands"),
        pytest.param("the twentieth day", "the fortieth day", ("place in a row", "twentieth", "fortieth"), id="-ieth"),
        pytest.param("in the living room", "in the attic", ("room", "living room", "attic"), id="two-word-thing"),
        pytest.param("Turks voted.", "Spaniards voted.", ("nationality", "Turks", "Spaniards"), id="plural-people"),
        pytest.param("It ended in 1994.", "It ended in 1996.", ("year", "1994", "1996"), id="year"),
    ],
)
def test_what_two_texts_differ_in(left: str, right: str, expected: tuple[str, str, str]) -> None:
    (found,) = find_contrasts(left, right)
    assert (found.kind, found.left, found.right) == expected
    assert found.rest == 1.0
    (mirrored,) = find_contrasts(right, left)
    assert (mirrored.left, mirrored.right) == (found.right, found.left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("The sofa is big.", "The couch is large.", id="synonyms"),
        pytest.param("At least 10,000 came.", "About 11,000 came.", id="numbers-that-can-both-hold"),
        pytest.param("Twelve boats sank.", "12 boats sank.", id="one-number-two-spellings"),
        pytest.param("The American envoy left.", "The U.S. envoy left.", id="demonym-and-name"),
        pytest.param("It may rain.", "It could rain.", id="may-is-no-month"),
        pytest.param("The band played.", "The band played on Monday.", id="only-more"),
        pytest.param("A grey cat yawned.", "A gray cat yawned.", id="two-spellings"),
        pytest.param("He drank juice.", "He drank orange juice.", id="part-of-the-name"),
        pytest.param("It is in a dark location.", "It is in a dark studio.", id="listed-as-opposites-and-none"),
        pytest.param("Hundreds of flights stopped.", "883 flights stopped.", id="many"),
        pytest.param("", "", id="empty"),
    ],
)
def test_what_is_no_contrast(left: str, right: str) -> None:
    assert find_contrasts(left, right) == []


def test_the_rest_tells_how_alike_the_texts_are() -> None:
    (near,) = find_contrasts("Two ships left the port.", "Six ships left the port.")
    (far,) = find_contrasts("Two ships left the port.", "Six ships met a storm.")
    assert near.rest == 1.0
    assert far.rest < 0.5


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param(
            "In 2013 the firm, founded in Oslo, had 40 lorries.",
            "The firm had 90 lorries.",
            [("40", "90")],
            id="number",
        ),
        pytest.param("The firm had 40 lorries and 90 vans.", "It had 90 vans.", [], id="there-too"),
        pytest.param("The firm had 40 lorries.", "It had 90 vans.", [], id="another-unit"),
        pytest.param(
            "An English singer of the seventies.", "The singer is German.", [("English", "German")], id="nationality"
        ),
    ],
)
def test_values_that_the_left_has_otherwise(left: str, right: str, expected: list[tuple[str, str]]) -> None:
    assert [(mine.text, yours.text) for mine, yours in find_missing(left, right)] == expected


@given(left=st.text(max_size=60), right=st.text(max_size=60))
def test_any_text_is_read(left: str, right: str) -> None:
    for found in find_contrasts(left, right):
        assert 0.0 <= found.rest <= 1.0
        assert found.kind
    find_missing(left, right)
