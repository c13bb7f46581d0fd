import pytest

from tasks.options import scope_of


@pytest.mark.parametrize(
    ("sources", "text", "scope"),
    [
        pytest.param(["https://bay.example/a"], "", "https://bay.example/a", id="an address"),
        pytest.param(
            ["https://u:secret@bay.example/a"], "", "https://bay.example/a", id="a password is not noted down"
        ),
        pytest.param(["/home/ada/ferry.txt", "b.txt"], "", "ferry.txt and 1 more", id="files"),
        pytest.param([], "He left.", "a pasted text", id="text"),
        pytest.param([], "", "nothing", id="nothing"),
    ],
)
def test_scope_of(sources: list[str], text: str, scope: str) -> None:
    assert scope_of(sources, text) == scope
