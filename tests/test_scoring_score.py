"""Scores: the same on any hands, points that add up, refusals in words, and error bars that are true."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ClientError, SimulatorError
from simulator.network.carry_over import CarryOver
from simulator.network.worth import Worth
from simulator.playbook.playbook import Playbook
from simulator.scoring import client_check
from simulator.scoring.compare import compare
from simulator.scoring.criteria import PARTS, parts_of
from simulator.scoring.hands import Hands
from simulator.scoring.model_version import MODEL
from simulator.scoring.outcome import Outcome
from simulator.scoring.reference_managers import playbook_of
from simulator.scoring.remembered import FOLDER_VARIABLE, Remembered, forget, remembered_files
from simulator.scoring.scale import ANCHORS, Scale, shown
from simulator.scoring.score import FEWEST_WORLDS, USUAL_WORLDS, score
from simulator.scoring.study import Study
from simulator.scoring.trial import FIRST_WORLD, Trial
from simulator.scoring.uncertainty import jackknife, mean_of
from simulator.world.clients import DEFAULT_PEOPLE, Client, load_client

PEOPLE = 4_000
ONE = Hands(1)
SUMS = st.floats(-1e9, 1e9)


@pytest.fixture(scope="module")
def academy() -> Client:
    return load_client("academy")


@pytest.fixture(scope="module")
def mix(academy: Client) -> Playbook:
    return playbook_of("eighty-twenty", Study.of(academy, people=PEOPLE))


def test_invariant_the_same_score_on_any_hands(academy: Client, mix: Playbook) -> None:
    """Invariant: one worker or two, the score is the same to the last bit."""
    alone = score(academy, mix, worlds=4, people=PEOPLE, hands=ONE)
    forget()
    together = score(academy, mix, worlds=4, people=PEOPLE, hands=Hands(2))
    assert alone.points == together.points
    assert np.array_equal(alone.cents, together.cents)
    assert alone.criteria == together.criteria


def test_invariant_the_anchors_have_their_points(academy: Client) -> None:
    """Invariant: scored by their own scale the anchors get 0, 50 and 90, without any error."""
    study = Study.of(academy, people=PEOPLE)
    for name, points in ANCHORS.items():
        found = score(academy, playbook_of(name, study), worlds=3, people=PEOPLE, hands=ONE)
        assert found.points.value == pytest.approx(points, abs=1e-9)
        assert found.points.error == pytest.approx(0, abs=1e-9)


def test_invariant_points_of_the_criteria_sum_to_the_score(academy: Client, mix: Playbook) -> None:
    """Invariant: a criterion for every goal, the points of which are the score; each with a thing to try."""
    found = score(academy, mix, worlds=3, people=PEOPLE, hands=ONE)
    assert {one.name for one in found.criteria} == {goal.name for goal in academy.file.goals} == set(PARTS)
    assert sum(one.points for one in found.criteria) == pytest.approx(found.points.value)
    assert [one.weight for one in found.criteria] == sorted(
        (one.weight for one in found.criteria), reverse=True
    )
    assert all(one.one_thing.endswith(".") for one in found.criteria)


@given(st.lists(SUMS, min_size=9, max_size=9))
def test_invariant_the_parts_are_the_worth(sums: list[float]) -> None:
    """Invariant: nothing of a worth is counted twice or left out."""
    expected, answers, clicked, anyway, *carry, ads, hours = [*sums, 1.0]
    worth = Worth(expected, answers, clicked, anyway, CarryOver(*carry[:3], carry[2]), ads, hours)
    assert sum(parts_of(worth).values()) == pytest.approx(worth.total, abs=1e-3)


@given(st.floats(-1e6, 1e6), st.floats(1, 1e6), st.floats(1, 1e6), st.floats(-1e7, 1e7))
def test_invariant_more_worth_is_more_points(nothing: float, more: float, most: float, cents: float) -> None:
    """Invariant: the scale rises everywhere, and goes through its anchors."""
    scale = Scale(nothing, nothing + more, nothing + more + most)
    assert scale.in_order
    assert scale.points(cents) <= scale.points(cents + 1)
    assert scale.points(scale.nothing) == 0
    assert scale.points(scale.beginner) == 50
    assert 0 <= shown(scale.points(cents)) <= 100


def test_theory_the_jackknife_of_a_mean_is_its_standard_error() -> None:
    """Theory: for a mean the jackknife gives the textbook's standard error."""
    column = np.random.default_rng(1).normal(size=40)
    found = jackknife(column[:, None], lambda means: float(means[0]))
    assert found.value == pytest.approx(column.mean())
    assert found.error == pytest.approx(column.std(ddof=1) / np.sqrt(40))
    assert found.error == pytest.approx(mean_of(column).error)


def test_theory_the_interval_covers_as_often_as_it_says() -> None:
    """Theory: of 95 % intervals from twelve normal worlds about 95 in 100 hold the truth."""
    draws = np.random.default_rng(2).normal(size=(2_000, 12))
    edges = [mean_of(row).interval for row in draws]
    assert np.mean([low <= 0 <= high for low, high in edges]) == pytest.approx(0.95, abs=0.015)


def test_invariant_it_stops_when_it_is_sure(academy: Client) -> None:
    """Invariant: asked for an error that is reached at once, it looks at no more worlds than it must."""
    found = score(academy, Playbook.empty(), worlds=40, people=PEOPLE, hands=ONE, until_error=1.5)
    assert len(found.seeds) == 8
    assert found.points.error < 1.5


def test_bad_input_is_refused_in_words(academy: Client, mix: Playbook) -> None:
    """Bad input: another model, a single world, and a client on whom the anchors stand in no order."""
    with pytest.raises(SimulatorError, match=MODEL):
        score(academy, mix, model="1999.01")
    with pytest.raises(SimulatorError, match="2"):
        score(academy, mix, worlds=1)
    with pytest.raises(SimulatorError, match="above 0"):
        score(academy, mix, until_error=0.0)
    with pytest.raises(ClientError, match="client check"):
        score(load_client("salon"), Playbook.empty(), worlds=2, people=500, hands=ONE)
    with pytest.raises(SimulatorError, match=r"127\.0\.0\.1"):
        score(academy, mix, worlds=2, people=PEOPLE, hands=Hands(dask="tcp://127.0.0.1:9"))


def test_invariant_a_comparison_with_itself_is_nothing(academy: Client, mix: Playbook) -> None:
    """Invariant: the same playbook twice differs by nothing; a better one by what both scores say."""
    idle = Playbook.empty()
    assert compare(academy, mix, mix, worlds=3, people=PEOPLE, hands=ONE).cents.value == 0
    found = compare(academy, idle, mix, worlds=3, people=PEOPLE, hands=ONE)
    scores = [score(academy, book, worlds=3, people=PEOPLE, hands=ONE).points.value for book in (idle, mix)]
    assert found.points.value == pytest.approx(scores[1] - scores[0])
    assert sum(part.value for part in found.parts.values()) == pytest.approx(found.cents.value)


def test_invariant_what_is_remembered_is_what_was_played(
    academy: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariant: references come back from disk to the last bit; a broken file is played again."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    trial = Trial(academy, PEOPLE, ONE)
    [fresh] = trial.run([], [7])
    files = list(remembered_files())
    assert len(files) == len(ANCHORS)
    [again] = trial.run([], [7])
    assert again.anchors == fresh.anchors
    files[0].write_text("{", "utf-8")
    [mended] = trial.run([], [7])
    assert mended.anchors == fresh.anchors
    assert json.loads(files[0].read_text("utf-8"))
    assert forget() == len(ANCHORS)
    assert not list(remembered_files())


def test_invariant_another_client_is_remembered_apart(academy: Client) -> None:
    """Invariant: whatever is different about a client, what is remembered of it is another's."""
    outcome = Outcome(Worth(1, 0, 0, 0, CarryOver(0, 0, 0, 0), 0, 0), 1)
    Remembered(academy, PEOPLE).write("does-nothing", 1, outcome)
    assert Remembered(academy, PEOPLE).read("does-nothing", 1) == outcome
    assert Remembered(academy, PEOPLE + 1).read("does-nothing", 1) is None
    assert Remembered(load_client("academy:2"), PEOPLE).read("does-nothing", 1) is None
    changed = academy.with_parameters({"feed.competition": 2.0})
    assert Remembered(changed, PEOPLE).read("does-nothing", 1) is None
    forget()


def test_invariant_a_dask_cluster_gives_the_same(academy: Client, mix: Playbook) -> None:
    """Invariant: a real cluster on loopback gives the score of this process, bit for bit."""
    distributed = pytest.importorskip("distributed")
    here = score(academy, mix, worlds=3, people=PEOPLE, hands=ONE)
    forget()
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        there = score(academy, mix, worlds=3, people=PEOPLE, hands=Hands(dask=cluster.scheduler_address))
    assert there.points == here.points
    assert np.array_equal(there.cents, here.cents)


def test_invariant_the_command_line_promises_what_is_done() -> None:
    """Invariant: the numbers that help shows without loading anything are those that are used."""
    app, limits, cli_client = map(
        import_module, ("simulator.cli.app", "simulator.cli.limits", "simulator.cli.client")
    )
    assert (app.USUAL_WORLDS, app.USUAL_FIRST, app.USUAL_PEOPLE) == (
        USUAL_WORLDS,
        FIRST_WORLD,
        DEFAULT_PEOPLE,
    )
    assert (cli_client.CHECKED_WORLDS, limits.FEWEST_WORLDS) == (client_check.WORLDS, FEWEST_WORLDS)
