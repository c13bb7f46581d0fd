"""The table of outlets and how reading them has gone."""

from dataclasses import replace

from tasks.reporting.material import Material
from tasks.reporting.view import report_view
from tasks.reporting.view_health import health_views


def test_the_outlet_that_brings_least_comes_first(material: Material) -> None:
    quiet, wire = health_views(material.health)
    assert (quiet.name, quiet.host, quiet.failed, quiet.empty, quiet.average) == ("quiet.example", "", "7", "2", "")
    assert (quiet.last_success.words, quiet.last_failure) == ("never", "7 April 2031: no article found in it")
    assert (wire.name, wire.host, wire.fetched, wire.average) == ("National Wire", "wire.example", "41", "2,400")
    assert wire.last_success.words == "7 April 2031"


def test_an_outlet_without_failures_says_nothing_of_them(material: Material) -> None:
    fine = replace(material.health[0], failed=0, last_failure_at=None, last_reason="")
    assert report_view(replace(material, health=(fine,))).health[0].last_failure == ""
