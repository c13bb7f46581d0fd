from collections.abc import Callable
from typing import Any

from tasks.attribution.continued import join_continued
from tasks.model.claim import Speech


def test_a_quotation_that_goes_on_is_one_attribution_with_several_spans(read: Callable[[str], Any]) -> None:
    found = read('"It was our fault," said Maria Lopez, the director. "We should have closed the gate."')
    (joined,) = join_continued(found.spoken)

    assert found.content(joined) == '"It was our fault," … "We should have closed the gate."'
    assert joined.speech is Speech.DIRECT
    assert joined.cue == found.spoken[0].cue


def test_what_others_say_stays_apart(read: Callable[[str], Any]) -> None:
    found = read("The army said the village had fallen. Residents said it had not.")

    assert join_continued(found.spoken) == tuple(found.spoken)
