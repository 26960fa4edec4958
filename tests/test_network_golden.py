"""Golden: the same client, playbook and seed give the same month as ever."""

from __future__ import annotations

import json

import pytest

from simulator.scoring.model_version import MODEL
from simulator.world.clients import client_names
from tests.golden_months import GOLDEN, MODELS, digest_of, golden_month


@pytest.mark.parametrize("name", client_names())
def test_golden_month(name: str) -> None:
    """Golden: the figures of a small month stay what they were.

    ``python -m tests.golden_months`` writes them anew, only together with a [SCORES] entry in the changelog.
    Counts are equal; amounts summed in another order by another processor may differ in the last places.
    """
    kept = json.loads(GOLDEN.read_text("utf-8"))[name]
    found = golden_month(name)
    assert list(found) == list(kept)
    for figure, value in kept.items():
        exact = not isinstance(value, float) and figure != "worth_cents"
        assert found[figure] == (value if exact else pytest.approx(value, rel=1e-4)), figure


def test_golden_months_are_of_every_client() -> None:
    """Golden: each client has its golden month, and each golden month its client."""
    assert sorted(json.loads(GOLDEN.read_text("utf-8"))) == list(client_names())


def test_golden_months_are_of_the_version_of_the_model() -> None:
    """Golden: other months are another version of the model, so that who pinned the old one is told."""
    assert json.loads(MODELS.read_text("utf-8"))[MODEL] == digest_of(GOLDEN.read_text("utf-8"))
