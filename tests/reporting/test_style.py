"""The colours of the style can be read: WCAG 2.2 AA in light, dark and print."""

import re
from itertools import product
from pathlib import Path

import pytest

AA = 4.5  # contrast of text
TEXT = ("ink", "soft", "link", "for", "against", "declines")
GROUND = ("paper", "card")
MARKS = (("for", "mark-for"), ("against", "mark-against"), ("ink", "mark"), ("tag-ink", "tag"), ("paper", "for"))


def themes(templates: Path) -> dict[str, dict[str, str]]:
    style = (templates / "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    found = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in blocks]
    return dict(zip(("light", "dark", "print"), found, strict=True))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_text_can_be_read(templates: Path, theme: str) -> None:
    colours = themes(templates)[theme]
    pairs = [*product(TEXT, GROUND), *MARKS, *product(("ink", "soft"), ("mark", "mark-for", "mark-against"))]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: value for pair, value in weak.items() if value < AA} == {}


def test_contrast_of_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_style_is_small(templates: Path) -> None:
    assert (templates / "report.css").stat().st_size < 30_000
