"""A large report as many pages: one that lists, one for each finding and each article; nothing is held but one page."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tasks.model.errors import EvidenceError
from tasks.model.finding import Finding
from tasks.reporting.evidence import gather_evidence
from tasks.reporting.linked_data import linked_data
from tasks.reporting.material import Material
from tasks.reporting.pages import Pages
from tasks.reporting.printer import Printer
from tasks.reporting.proof import prove_page
from tasks.reporting.view import each_finding, report_view
from tasks.reporting.view_articles import each_article
from tasks.reporting.view_findings import order_findings

Held = dict[str, object]
Part = tuple[str, str, tuple[Finding, ...], Held]  # the template, its own anchor, the finding, what is printed


class Book:
    """The pages of one large report."""

    def __init__(self, material: Material, templates: Path, name: str) -> None:
        """Take what the report shows and the file name of its first page; raise EvidenceError for wrong quotes."""
        self._material = material
        self._evidence = gather_evidence(material)
        self._view = report_view(material, in_one=False)
        self._printer = Printer(templates)
        article_of = {claim.id: claim.article_id for claim in material.claims}
        self._pages = Pages(home=name, folder=name.removesuffix(".html"), article_of=article_of)

    def contents(self) -> str:
        """Return the page that lists findings and articles; the other pages lie in the folder named after it."""
        linked = linked_data(self._material.findings, self._evidence)
        page = self._printer.page("report.html", {"report": self._view}, script=True, linked=linked)
        return self._pages.relink(page)

    def parts(self) -> Iterator[tuple[str, str]]:
        """Yield the file name and the text of every other page; raise EvidenceError where one shows wrong words."""
        proved = 0
        for template, anchor, shown, held in chain(self._findings(), self._articles()):
            linked = linked_data(shown, self._evidence)
            page = self._printer.page(template, held | {"title": self._view.masthead.title}, linked=linked)
            proved += prove_page(page, self._evidence)
            yield f"{anchor}.html", self._pages.relink(page, anchor)
        if proved != self._view.quotes:
            raise EvidenceError(f"the pages mark {proved} claims, and the report says {self._view.quotes}")

    def _findings(self) -> Iterator[Part]:
        findings = order_findings(self._material.findings)
        listed = {article.id: article for article in self._view.articles}
        anchors = [head.anchor for head in self._view.heads]
        for place, view in enumerate(each_finding(findings, self._evidence)):
            claims = (self._evidence.claims[member.claim_id] for member in findings[place].members)
            ids = sorted({claim.article_id for claim in claims}, key=lambda one: self._evidence.numbers[one])
            held: Held = {"finding": view, "articles": [listed[one] for one in ids]}
            yield "finding.html", view.head.anchor, findings[place : place + 1], held | neighbours(anchors, place)

    def _articles(self) -> Iterator[Part]:
        anchors = [article.anchor for article in self._view.articles]
        findings = order_findings(self._material.findings)
        for place, view in enumerate(each_article(findings, self._evidence, self._material)):
            yield "article.html", view.anchor, (), {"article": view} | neighbours(anchors, place)


def neighbours(anchors: list[str], place: int) -> Held:
    """Return what stands before and after one of the pages of a kind, "" where nothing does, and how many they are."""
    before = anchors[place - 1] if place else ""
    after = anchors[place + 1] if place + 1 < len(anchors) else ""
    return {"before": before, "after": after, "of": len(anchors)}
