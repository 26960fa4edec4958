"""Advice: every change is one decision and playable, and no luck is sold as insight."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulator.playbook.checks import check_playbook
from simulator.playbook.playbook import Playbook
from simulator.scoring import advice
from simulator.scoring.advice import ESTIMATED, MOST, SCREENED, advise, holm
from simulator.scoring.changes import all_changes
from simulator.scoring.hands import Hands
from simulator.scoring.reference_managers import playbook_of
from simulator.scoring.study import Study
from simulator.scoring.trial import world_seeds
from simulator.world.clients import client_names, load_client
from tests.golden_months import example

PEOPLE = 2_000
PARTS = ("page", "plan", "ads", "replies", "shifts")


def boosts(book: Playbook) -> bool:
    """Whether an ad shows a post of the plan, with which it changes."""
    return any(ad.boosted_post for ad_set in (book.ads.ad_sets if book.ads else ()) for ad in ad_set.ads)


@pytest.mark.parametrize("label", client_names())
def test_invariant_every_change_is_playable_and_one(label: str, tmp_path: Path) -> None:
    """Invariant: a change alters one file of the playbook, and what comes of it has no error."""
    client = load_client(label)
    study = Study.of(client, people=PEOPLE)
    for name, book in (("example", example(label)), ("expert", playbook_of("studies-the-pack", study))):
        changes = all_changes(study, book)
        assert len({change.says for change in changes}) == len(changes) > MOST
        for number, change in enumerate(changes):
            parts = [part for part in PARTS if getattr(change.playbook, part) != getattr(book, part)]
            assert len(parts) == 1 or (parts == ["plan", "ads"] and boosts(book)), change.says
            folder = tmp_path / f"{name}-{number}"
            change.playbook.write(folder)
            errors = [one for one in check_playbook(folder, client) if one.severity == "error"]
            assert not errors, (change.says, [str(one) for one in errors])


def test_invariant_the_worlds_are_fresh() -> None:
    """Invariant: no world of the first look comes again in the second, and scores are made in neither."""
    worlds = [set(SCREENED), set(ESTIMATED), set(world_seeds(1_000))]
    assert sum(map(len, worlds)) == len(set.union(*worlds))


def test_worked_example_advice_for_who_only_sells() -> None:
    """Worked example: who only sells is told to do something else, and what it gains holds elsewhere."""
    client = load_client("academy")
    book = playbook_of("only-sells", Study.of(client, people=PEOPLE))
    found = advise(client, book, people=PEOPLE, hands=Hands(2))
    assert found.sure
    assert [gain.cents.value for gain in found.gains] == sorted(
        (gain.cents.value for gain in found.gains), reverse=True
    )
    assert all(gain.chance < 0.05 for gain in found.sure)
    assert {gain.change.kind for gain in found.sure} & {"purpose", "topic", "add", "format", "page"}


def test_law_luck_is_not_sold_as_insight() -> None:
    """Law: among changes that change nothing but luck, hardly any is called sure (5 % of the time one is)."""
    draws = np.random.default_rng(5)
    wrong = 0
    for _ in range(400):
        gains = draws.normal(size=(10, MOST))
        chances = holm([advice.mean_of(column).chance_of_none for column in gains.T])
        wrong += min(chances) < advice.SURE
    assert wrong / 400 < 0.09


def test_theory_holm_is_never_below_the_chance_itself() -> None:
    """Theory: corrected chances keep their order, are no smaller, and at most their number times as large."""
    chances = [0.5, 0.001, 0.04, 0.02, 0.9]
    corrected = holm(chances)
    assert sorted(range(5), key=corrected.__getitem__) == sorted(range(5), key=chances.__getitem__)
    assert all(one <= more <= min(1, 5 * one) for one, more in zip(chances, corrected, strict=True))


def test_invariant_nothing_is_left_as_it_is() -> None:
    """Invariant: doing nothing can be changed, too: ads, a page, a first post of every purpose."""
    client = load_client("salon")
    kinds = {change.kind for change in all_changes(Study.of(client, people=PEOPLE), Playbook.empty())}
    assert {"ads", "page", "add", "shifts", "rules"} <= kinds
