"""A client tried out: the shipped ones are usable, and one on whom posting cannot pay is not."""

from __future__ import annotations

import pytest

from simulator.scoring.client_check import ORDERS, check_client
from simulator.scoring.hands import Hands
from simulator.world.clients import Client, load_client, with_seed


def dearer(client: Client, times: int) -> Client:
    """The same client with another rate for an hour."""
    file = client.file.model_copy(update={"hour_rate_cents": times * client.file.hour_rate_cents})
    return with_seed(file, client.client_seed)


def test_worked_example_a_shipped_client_is_usable() -> None:
    """Worked example: the academy passes every check, and the anchors have their points."""
    found = check_client(load_client("academy"), worlds=5, people=5_000, hands=Hands(2))
    assert found.fine, [str(one) for one in found.findings if not one.fine]
    assert found.points["careful-beginner"] == pytest.approx(50)


def test_worked_example_hours_that_cost_more_than_they_bring() -> None:
    """Worked example: with an hour at thirty times the rate posting cannot pay, and that is told first."""
    found = check_client(dearer(load_client("salon"), 30), worlds=3, people=3_000, hands=Hands(2))
    assert not found.fine
    assert not found.points
    first = next(one for one in found.findings if not one.fine)
    assert first.rule == "idle_pays"
    assert "hour_rate_cents" in first.way_out


def test_invariant_every_order_is_looked_at() -> None:
    """Invariant: there is a finding for every order the managers have to stand in."""
    found = check_client(load_client("academy"), worlds=2, people=2_000, hands=Hands(1))
    assert [one.rule for one in found.findings][: len(ORDERS)] == [rule for _, _, rule in ORDERS]
