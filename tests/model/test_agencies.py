import pytest

from tasks.model.agencies import agency_named, credit_of


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        pytest.param("LARDEN (Reuters) - The mill closed.", "Reuters", id="agency-in-brackets"),
        pytest.param("LARDEN, March 4 (AFP) — The mill closed.", "Agence France-Presse", id="with-a-day"),
        pytest.param("AP - The mill closed on Monday.", "Associated Press", id="agency-and-dash"),
        pytest.param("LARDEN, AP — The mill closed.", "Associated Press", id="place-agency-dash"),
        pytest.param("MIRGRAD, May 9 (North Wire) - The plant opened.", "North Wire", id="a-name-nobody-knows"),
        pytest.param("The mill closed.\nSource: dpa", "dpa", id="last-line"),
        pytest.param("The mill closed.\n(TASS)", "TASS", id="last-line-in-brackets"),
        pytest.param("The mill closed.\nBy Ana Holm", "", id="a-person"),
        pytest.param("The mill (built in 1911) - once a church - closed.", "", id="a-remark-in-brackets"),
        pytest.param("The mill, Reuters reported on Monday, closed.", "", id="named-in-a-sentence"),
        pytest.param("The mill closed - and nobody came.", "", id="a-dash"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_whom_a_text_names_as_its_origin(text: str, credit: str) -> None:
    assert credit_of(text) == credit


@pytest.mark.parametrize(("name", "agency"), [("AFP", "Agence France-Presse"), (" reuters ", "Reuters"), ("Post", "")])
def test_agencies_have_several_names(name: str, agency: str) -> None:
    assert agency_named(name) == agency
