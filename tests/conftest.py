"""What tests of several files are given."""

from __future__ import annotations

import pytest

import simulator.insights.month
from simulator.insights.month import Yardsticks
from tests.command_line import HEADER, ROW
from tests.example_months import small_month


@pytest.fixture
def playbook(tmp_path):
    folder = tmp_path / "playbook"
    folder.mkdir()
    (folder / "plan.csv").write_text(HEADER + ROW, encoding="utf-8")
    return folder


@pytest.fixture
def calls(monkeypatch):
    """What run_month was called with; it answers with the small month."""
    seen = []

    def run_month(client, playbook, *, seed, people, days, day_done):
        seen.append({"client": client.label, "seed": seed, "people": people, "days": days})
        for day in range(days):
            day_done(day)
        return small_month(playbook)

    def yardsticks(month):
        return Yardsticks(month.worth_cents - 10_000, month.insights)

    monkeypatch.setattr(simulator.insights.month, "run_month", run_month)
    monkeypatch.setattr(simulator.insights.month, "yardsticks", yardsticks)
    return seen
