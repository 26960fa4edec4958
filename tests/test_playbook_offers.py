"""Offers beside their texts: what a text takes off the price is what its row takes off."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from simulator.playbook.offers import unlike_text
from simulator.playbook.shares import discounts_in
from simulator.world.clients import client_names, load_client

EXAMPLES = Path(__file__).parents[1] / "simulator" / "data" / "examples"


def rule_of(text: str, offer: float) -> str | None:
    found = unlike_text(offer, text, file="plan.csv", line=2)
    return found.rule if found else None


@pytest.mark.parametrize(
    ("text", "offer", "rule"),
    [
        ("Jars, 30 per cent off until Sunday.", 0.1, "plan.other_offer"),
        ("Jars, 30 per cent off until Sunday.", 0.0, "plan.no_offer"),
        ("Jars, 30 per cent off until Sunday.", 0.3, None),
        ("Jars: 30 %, only this week", 0.1, "plan.other_offer"),
        ("Jars: thirty percent off", 0.2, "plan.other_offer"),
        ("Twenty-five per cent off all jars", 0.25, None),
        ("A discount of 20% on jars", 0.1, "plan.other_offer"),
        ("20% on everything today", 0.0, "plan.no_offer"),
        ("Save 20 % today", 0.1, "plan.other_offer"),
        ("All jars -15%", 0.0, "plan.no_offer"),
        ("Punguzo la asilimia kumi na tano", 0.1, "plan.other_offer"),
        ("Punguzo la asilimia 10", 0.1, None),
        ("Up to 30% off", 0.1, None),
        ("10% off, last week it was 20% off", 0.1, None),
        ("12.5% off", 0.125, None),
        ("A third off: 33 % off", 0.333, None),
        ("80 % off", 0.0, "plan.no_offer"),
    ],
)
def test_law_text_and_offer_agree(text: str, offer: float, rule: str | None) -> None:
    """A text that promises another discount than its row gives is asked about, in both languages."""
    assert rule_of(text, offer) == rule


@pytest.mark.parametrize("offer", [0.0, 0.1])
@pytest.mark.parametrize(
    "text",
    [
        "Bags of 100% cotton, 450 each",
        "Soft, warm and 100 % wool.",
        "Cocoa 70 %. Order by message.",
        "5% of every sale goes to the school",
        "Nine in ten, or 90 per cent of guests, come back",
        "2027-03-10 to 20: pans at 540 instead of 600",
        "Save 20% of your time in the kitchen",
        "Read in 10 minutes, 50 recipes off the shelf",
        "Six clamp jars. Order by message.",
        "",
    ],
)
def test_law_other_percentages_are_no_discounts(text: str, offer: float) -> None:
    """What is cotton, cocoa or a share of guests raises no alarm, with an offer or without."""
    assert rule_of(text, offer) is None


def test_law_the_way_out_can_be_written() -> None:
    """The share to be written stands in the warning; deeper than any offer, the text is to be changed."""
    found = unlike_text(0.1, "Jars, 30 % off", file="plan.csv", line=2)
    assert found is not None
    assert (found.column, found.value, found.way_out) == ("Offer", "0.1", "write 0.3, or change the text")
    deep = unlike_text(0.0, "Jars, 80 % off", file="plan.csv", line=2)
    assert deep is not None
    assert "no offer is deeper than half the price" in deep.way_out


def test_invariant_nothing_that_is_shipped_raises_the_alarm() -> None:
    """Captions of every client and posts and ads of every example say what their offers give."""
    for name in client_names():
        assert not [one.text for one in load_client(name).file.captions if discounts_in(one.text).promised]
    seen = 0
    for path in sorted(EXAMPLES.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                text = f"{row.get('Text') or ''}{row.get('Title') or ''}\n{row.get('Body') or ''}"
                seen += bool(row.get("Offer"))
                assert rule_of(text, float(row.get("Offer") or 0)) is None, text
    assert seen > 10


def test_extreme_a_long_text_takes_no_time() -> None:
    """Figures and signs without end are read in time that grows with the length alone."""
    assert discounts_in("discount 9 " * 20_000).promised == ()
    assert discounts_in("9 % " * 20_000).promised == ()
