"""The language of a text: small, offline, and asked only where there are enough words to tell."""

import tomllib
import unicodedata
from collections.abc import Collection
from functools import cache
from pathlib import Path

from py3langid import classify

from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tasks.reading.lines import count_words

NAMES = Path(__file__).with_name("languages.toml")
ENOUGH_WORDS = 20  # of fewer, py3langid was wrong on two of eleven
ENOUGH_LETTERS = 20  # in a script that writes no spaces
LOOKED_AT = 600  # characters, some 100 words
UNKNOWN = "und"  # what ISO 639 calls undetermined


def check_language(text: str, languages: Collection[str], *, declared: str = "") -> str:
    """Return the language of a text; raise if it is none that is read.

    A text that is too short to tell is what its page declares, `und` where that is nothing that is read.
    """
    sample = text[:LOOKED_AT]
    if count_words(sample) <= ENOUGH_WORDS and not is_other_script(sample):
        code = declared.strip().replace("_", "-").partition("-")[0].lower()
        return code if code in languages else UNKNOWN
    code = identify(sample)
    if code not in languages:
        wanted = " and ".join(name_of(language) for language in languages)
        raise UnreadableArticleError(
            SetAsideReason.LANGUAGE, f"looks like {name_of(code)} ({code}): only {wanted} is read"
        )
    return code


def identify(text: str) -> str:
    """Return the code of the language that a text is most likely in."""
    code: str = classify(text)[0]  # loads its model, some hundred megabytes, when it is first asked
    return code


def is_other_script(text: str) -> bool:
    """Return whether most letters of a text are other than Latin ones: Chinese has few "words" between spaces."""
    letters = [char for char in text if char.isalpha()]
    other = sum(not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return other > ENOUGH_LETTERS and other > len(letters) / 2


def name_of(code: str) -> str:
    """Return the English name of a language."""
    return names().get(code, code)


@cache
def names() -> dict[str, str]:
    """Return the names of languages.toml by their code."""
    table: dict[str, str] = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    return table
