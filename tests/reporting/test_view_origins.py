"""How the origins of a finding were counted, in a line each."""

from collections.abc import Callable

from tasks.model.article import Article
from tasks.model.claim import Claim
from tasks.model.finding import Finding, Status
from tasks.reporting.evidence import arrange_evidence, gather_evidence
from tasks.reporting.material import Material
from tasks.reporting.view_origins import LINES, counting_view


def test_a_line_says_who_through_whom_and_why_once(material: Material) -> None:
    view = counting_view(material.findings[0], gather_evidence(material), denied=True)
    assert view.summary == "6 articles, at most 4 origins."
    assert [(line.side, line.who, line.through, line.why) for line in view.lines] == [
        (
            "Says so",
            "Ada Holm (Environment Ministry)",
            "through Inland Review, National Wire, Radio Lune and Harbour Post (a copy)",
            "4 articles carry what Ada Holm says, and one of them is a near copy.",
        ),
        ("Says so", "Mira Solt (plant workers' union)", "through Brenna Herald", ""),
        (
            "Denies",
            "Jonas Weir (Kestrel Works) and Kestrel Works",
            "through Kestrel Works, National Wire and Harbour Post (a copy)",
            "Jonas Weir speaks for Kestrel Works.",
        ),
        ("Declines", "Piet Arends", "through National Wire", ""),
    ]


def test_an_outlet_that_states_it_is_no_way_of_its_own(material: Material) -> None:
    several = next(finding for finding in material.findings if finding.status is Status.SEVERAL_ORIGINS)
    view = counting_view(several, gather_evidence(material), denied=True)
    assert [(line.who, line.through) for line in view.lines] == [
        ("Lune Anglers' League", "through National Wire"),
        ("National Wire", "in its own words"),
        ("Brenna Herald", "in its own words"),
    ]


def test_many_origins_are_capped_and_the_rest_is_told(
    new_article: Callable[..., Article], new_claim: Callable[..., Claim], new_finding: Callable[..., Finding]
) -> None:
    articles = [new_article(url=f"https://a.example/{n}") for n in range(LINES + 2)]
    claims = [new_claim(article, content=["the bridge is closed"]) for article in articles]
    evidence = arrange_evidence(articles, claims)
    view = counting_view(new_finding(Status.SEVERAL_ORIGINS, for_=[[c] for c in claims]), evidence, denied=True)
    assert (len(view.lines), view.more) == (LINES, "2 more origins not shown")
