"""Reference managers: found by listing, playable as they are, and in the order the trade expects."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from benchmarks.ladder import ladder
from simulator.playbook.checks import check_playbook
from simulator.playbook.page import completeness
from simulator.playbook.playbook import Playbook
from simulator.scoring.drawer import Drawer
from simulator.scoring.reference_managers import idea, names, playbook_of
from simulator.scoring.rhythm import complete_page
from simulator.scoring.study import Study
from simulator.world.clients import client_names, load_client

LABELS = client_names()


@pytest.fixture(scope="module")
def studies() -> dict[str, Study]:
    return {label: Study.of(load_client(label), people=2_000) for label in LABELS}


def test_invariant_every_manager_is_found_and_tells_its_idea() -> None:
    """Invariant: a manager is a file; each has an idea of its own."""
    assert {"does-nothing", "only-informs", "only-sells", "eighty-twenty", "studies-the-pack"} <= set(names())
    assert len({idea(name) for name in names()}) == len(names())
    assert all(idea(name).endswith(".") for name in names())


def test_invariant_a_study_holds_nothing_hidden() -> None:
    """Invariant: what a manager is given has no room for what the client seed draws."""
    assert {field.name for field in fields(Study)} == {
        "file", "client_seed", "posts", "messages", "sample", "online",
    }  # fmt: skip


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("name", names())
def test_invariant_a_managers_playbook_has_no_error(
    name: str, label: str, studies: dict[str, Study], tmp_path: Path
) -> None:
    """Invariant: what a manager hands in passes a learner's check, and comes back the same."""
    handed_in = playbook_of(name, studies[label])
    handed_in.write(tmp_path)
    problems = check_playbook(tmp_path, load_client(label))
    assert not [str(found) for found in problems if found.severity == "error"]
    if handed_in.plan.posts:
        assert Playbook.read(tmp_path, load_client(label)).plan == handed_in.plan


@pytest.mark.parametrize("label", LABELS)
def test_invariant_a_complete_page_is_complete(label: str) -> None:
    """Invariant: whatever was missing on the page is filled in."""
    client = load_client(label)
    assert completeness(complete_page(client.file), client.hidden.parameters) == 1


def test_invariant_a_drawer_shows_all_captions_before_one_comes_again() -> None:
    """Invariant: captions are taken in turn; of what the client has none there is no text."""
    file = load_client("salon").file
    drawer = Drawer(file)
    kind = file.captions[0].topic, file.captions[0].purpose
    there = [caption.text for caption in file.captions if (caption.topic, caption.purpose) == kind]
    assert [drawer.take(*kind) for _ in range(2 * len(there))] == [*there, *there]
    assert drawer.take("nothing of the kind", "inform") == ""


def test_law_the_ladder_of_the_shop() -> None:
    """Law: who burns the audience ends below who does nothing, who works with care above all who do not, and
    who studies the audience above everybody.
    """
    found = ladder("online-shop", worlds=4)
    for low, high in (
        ("spammer", "does-nothing"),
        ("only-sells", "does-nothing"),
        ("big-spender", "does-nothing"),
        ("does-nothing", "only-informs"),
        ("copies-last-month", "careful-beginner"),
        ("posts-at-random", "careful-beginner"),
        ("only-informs", "careful-beginner"),
        ("eighty-twenty", "studies-the-pack"),
    ):
        gain = found[high] - found[low]
        assert gain.mean() > 2 * gain.std(ddof=1) / np.sqrt(len(gain)), (low, high)
