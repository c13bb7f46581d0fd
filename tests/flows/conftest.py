import gc
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

TEXTS = {
    "wire.txt": (
        "title: Mill blamed for dead fish\nurl: https://wire.example/mill\noutlet: North Wire\n"
        "published: 2024-03-01\n\n"
        "LARDEN (North Wire) - The Larden paper mill released chlorine into the river Ost on Monday, "
        'Environment Minister Ana Petrov said on Friday.\n\n"The mill released chlorine into the river," '
        "Petrov told reporters in Larden. The minister said 300 people had been taken to hospital.\n"
    ),
    "daily.txt": (
        "title: Mill rejects charge\nurl: https://daily.example/mill\noutlet: Larden Daily\n"
        "published: 2024-03-02\n\n"
        "The Larden paper mill has denied that it released chlorine into the river Ost.\n\n"
        "Mill director Tom Reed denied on Saturday that the mill released chlorine into the river. "
        "Reed said the company would publish its records.\n"
    ),
    "note.txt": (
        "title: Anglers count the loss\noutlet: Angler's Post\npublished: 2024-03-03\n\n"
        "Anglers said on Sunday that two tonnes of fish had died in the river Ost. "
        "According to the anglers' union, the mill has been silent since Friday.\n"
    ),
}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a working folder of its own, with three articles and one file that holds none."""
    monkeypatch.chdir(tmp_path)
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in TEXTS.items():
        (articles / name).write_text(text, encoding="utf-8")
    (articles / "empty.txt").write_text("", encoding="utf-8")
    return tmp_path


@pytest.fixture
def feed(workspace: Path) -> Path:
    """Give a feed file with two entries that hold their text."""
    entries = "".join(
        f"<item><title>{name}</title><link>https://feed.example/{name}</link>"
        f"<description>{text.split(chr(10) * 2, 1)[1]}</description></item>"
        for name, text in list(TEXTS.items())[:2]
    )
    path = workspace / "feed.xml"
    path.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{entries}</channel></rss>',
        encoding="utf-8",
    )
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let Prefect's client leave its sockets to the garbage collector, which complains when it likes."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.filterwarnings("ignore:.*<socket:pytest.PytestUnraisableExceptionWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"))


@pytest.fixture(autouse=True, scope="module")
def collected() -> Iterator[None]:
    """Have the sockets collected here, so that no test elsewhere hears of them."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
