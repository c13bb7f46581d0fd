"""Sentences for every act, with the constructions that turn one act into another, and sentences that claim nothing."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.model.claim import Act, Claim, Position

PROBES = tomllib.loads(Path(__file__).with_name("probes.toml").read_text(encoding="utf-8"))


def first(claims: list[Claim]) -> tuple[Act, Position] | None:
    """Return act and position of the first claim that sits in no other."""
    return next(((claim.act, claim.position) for claim in claims if not claim.parent), None)


@pytest.mark.parametrize("group", PROBES["group"], ids=lambda group: f"{group['act']}-{group['position']}")
def test_act_and_position(read: Callable[[str], Any], group: dict[str, Any]) -> None:
    wanted = (Act(group["act"]), Position(group["position"]))

    found = {text: first(read(text).spoken) for text in group["sentences"]}

    assert {text: said for text, said in found.items() if said != wanted} == {}


def test_what_claims_nothing(read: Callable[[str], Any]) -> None:
    found = {text: first(read(text).spoken) for text in PROBES["nothing"]}

    assert {text: said for text, said in found.items() if said is not None} == {}


@pytest.mark.xfail(strict=True, reason="the network takes things for what is said, where it is sure of the verb")
@pytest.mark.parametrize("text", PROBES["returned"])
def test_what_claims_nothing_and_comes_back(read: Callable[[str], Any], text: str) -> None:
    assert first(read(text).spoken) is None
