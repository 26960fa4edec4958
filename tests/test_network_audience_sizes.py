"""Sizes of audiences before anything is bought."""

from __future__ import annotations

from simulator.network.audience_sizes import audience_sizes
from simulator.network.month import day_one
from simulator.playbook.ads import AdPlan, AdSet
from simulator.playbook.audiences import Audience
from simulator.world.clients import load_client


def test_law_sizes_hold_the_members_and_refusals_say_why() -> None:
    """Law: the range holds the true number; followers are counted; too few are refused with a way out."""
    start = day_one(load_client("salon"), people=4_000)
    sets = (
        AdSet("c", "all", "REACH", Audience(age_min=13)),
        AdSet("c", "ours", "REACH", Audience(inclusions=(("followers",),))),
        AdSet("c", "few", "REACH", Audience(inclusions=(("lookalike 1%",),))),
    )
    everybody, ours, few = audience_sizes(start, AdPlan(sets))
    assert everybody.size is not None
    assert everybody.size.low <= 4_000 <= everybody.size.high
    assert ours.size is not None
    assert ours.size.low <= len(start.page.known.followers()) <= ours.size.high
    assert few.size is None
    assert few.as_dict()["refused"]["way_out"] in few.words


def test_edge_no_ads_no_sizes() -> None:
    """Edge: a playbook without ads has no audiences."""
    assert audience_sizes(day_one(load_client("salon"), people=600), None) == []
