"""Records: what they hold, what no record is, and whether their figures come out again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ClientError, PlaybookError, SimulatorError
from simulator.insights.month import run_month
from simulator.playbook.playbook import Playbook
from simulator.scoring.hands import Hands
from simulator.scoring.play import play
from simulator.scoring.playbook_texts import playbook_of_texts, texts_in, texts_of, write_texts
from simulator.scoring.records import (
    PLAY_FILE,
    RECORD_FILE,
    Record,
    month_figures,
    new_record,
    read_record,
    score_figures,
    write_record,
)
from simulator.scoring.score import score
from simulator.scoring.verify import Difference, verify
from simulator.world.clients import load_client
from tests.golden_months import example

PEOPLE = 1_500
SALON = load_client("salon")


@pytest.fixture(scope="module")
def run() -> Record:
    """A week of the salon's example."""
    book = example("salon")
    texts = texts_of(book)
    asked: dict[str, Any] = {"seed": 3, "people": PEOPLE, "days": 28}
    month = run_month(SALON, book, **asked)
    return new_record("run", SALON, [texts], month_figures(month, month.insights.summary), **asked)


def data(record: Record, **changed: Any) -> str:
    """A record as JSON, some fields otherwise."""
    return json.dumps({**json.loads(record.model_dump_json()), **changed})


def test_golden_a_run_comes_out_again(run: Record, tmp_path: Path) -> None:
    """Golden: written, read and gone through again, every figure matches, and nothing else differs."""
    path = write_record(run, tmp_path / RECORD_FILE)
    assert read_record(path) == read_record(tmp_path) == run
    found = verify(path)
    assert found.holds
    assert found.figures == len(run.figures) > 40
    assert found.same_model
    assert found.same_program
    assert found.same_client


def test_golden_a_score_comes_out_again() -> None:
    """Golden: the same worlds give the same points, on other hands."""
    book, academy = Playbook.empty(), load_client("academy")
    found = score(academy, book, worlds=2, people=3_000, hands=Hands(1))
    asked: dict[str, Any] = {"seed": found.seeds[0], "people": 3_000, "days": 28, "worlds": 2}
    record = new_record("score", academy, [texts_of(book)], score_figures(found), **asked)
    assert verify(record, hands=Hands(2)).holds
    assert record.figures["score"] == 0


def test_golden_a_play_comes_out_again() -> None:
    """Golden: of a play of two weeks what could be seen then comes out again."""
    game = play(SALON, people=PEOPLE)
    game.go_on(example("salon"))
    game.go_on(example("salon"))
    assert verify(game.record()).holds


def test_invariant_every_figure_that_differs_is_named(run: Record) -> None:
    """Invariant: changed, missing and invented figures are found, and what was recorded and what is."""
    figures = {**run.figures, "reach": 7, "invented": "x"}
    del figures["sales"]
    found = verify(run.model_copy(update={"figures": figures}))
    assert not found.holds
    assert set(found.differences) == {
        Difference("reach", 7, run.figures["reach"]),
        Difference("invented", "x", None),
        Difference("sales", None, run.figures["sales"]),
    }


def test_invariant_another_playbook_gives_other_figures(run: Record) -> None:
    """Invariant: who changes the plan in a record and keeps its figures is found out."""
    plan = run.playbooks[0]["plan.csv"].splitlines(keepends=True)
    found = verify(run.model_copy(update={"playbooks": ({"plan.csv": "".join(plan[:-3])},)}))
    assert "reach" in [one.name for one in found.differences]


def test_invariant_another_program_and_client_are_told(run: Record) -> None:
    """Invariant: figures that match still match, and it is said if the model, program or client changed."""
    found = verify(run.model_copy(update={"model": "1999.1", "digest": "0", "fingerprint": "0"}))
    assert found.holds
    assert {found.same_model, found.same_program, found.same_client} == {False}


BROKEN: dict[str, dict[str, Any]] = {
    "a file no playbook has": {"playbooks": [{"../evil.py": "x"}]},
    "a path": {"playbooks": [{"playbook/plan.csv": "x"}]},
    "code": {"playbooks": [{"plan.csv": ["x"]}]},
    "a number as text": {"seed": "1"},
    "a share of a person": {"people": 1_000.5},
    "too many people": {"people": 10**9},
    "a negative seed": {"seed": -1},
    "too many weeks": {"playbooks": [{}] * 60},
    "too long a text": {"playbooks": [{"plan.csv": "x" * 9_000_000}]},
    "too many figures": {"figures": {str(k): k for k in range(1_001)}},
    "a figure that is a list": {"figures": {"reach": [1]}},
    "another field": {"command": "rm"},
    "another kind": {"kind": "hack"},
    "too many worlds": {"worlds": 10**6},
    "half a letter": {"playbooks": [{"plan.csv": "\ud800"}]},
}


@pytest.mark.parametrize("changed", BROKEN.values(), ids=BROKEN)
def test_extreme_what_is_no_record_is_refused(run: Record, tmp_path: Path, changed: dict[str, Any]) -> None:
    """Extreme: names, types, sizes and fields that no record has are refused with one error, in words."""
    path = tmp_path / RECORD_FILE
    path.write_text(data(run, **changed), encoding="utf-8")
    with pytest.raises(SimulatorError, match=r"not a record|can no longer be read"):
        read_record(path)


def test_extreme_a_record_cut_short_and_another_file_are_told_apart(run: Record, tmp_path: Path) -> None:
    """Extreme: half a record breaks off, and the way out is named; another JSON file is no record at all."""
    whole = data(run)
    path = tmp_path / RECORD_FILE
    path.write_text(whole[: len(whole) // 2], encoding="utf-8")
    with pytest.raises(SimulatorError, match="week-N/playbook"):
        read_record(path)
    path.write_text('{"reach": 3}', encoding="utf-8")
    with pytest.raises(SimulatorError, match="score --out"):
        read_record(path)


@given(st.one_of(st.binary(max_size=200), st.just(b"[" * 100_000), st.just(b'{"seed": NaN}')))
def test_extreme_any_bytes_are_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes
) -> None:
    """Extreme: whatever lies there, nothing but a SimulatorError comes of it."""
    path = tmp_path_factory.mktemp("junk") / RECORD_FILE
    path.write_bytes(junk)
    with pytest.raises(SimulatorError):
        read_record(path)


def test_extreme_where_no_record_is(tmp_path: Path, run: Record) -> None:
    """Extreme: an empty folder, a missing file, a record of several playbooks that should hold one."""
    for place in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(SimulatorError):
            read_record(place)
    with pytest.raises(SimulatorError, match="2"):
        verify(run.model_copy(update={"playbooks": run.playbooks * 2}))
    with pytest.raises(PlaybookError):
        verify(run.model_copy(update={"playbooks": ({"plan.csv": "Posting Time\n25:00\n"},)}))
    with pytest.raises(ClientError, match="--client"):
        verify(run.model_copy(update={"client": "nobody:1"}))
    with pytest.raises(SimulatorError, match="academy"):
        verify(run, client=load_client("academy"))


def test_invariant_a_plays_record_is_found_in_its_folder(run: Record, tmp_path: Path) -> None:
    """Invariant: a folder that holds play.json is that play."""
    write_record(run, tmp_path / PLAY_FILE)
    assert read_record(tmp_path) == run


@pytest.mark.parametrize("name", ["online-shop", "salon"])
def test_invariant_texts_are_kept_byte_for_byte(name: str, tmp_path: Path) -> None:
    """Invariant: a playbook's files come back as they were, line ends and byte order marks too."""
    book = example(name)
    texts = texts_of(book)
    texts["plan.csv"] = "\ufeff" + texts["plan.csv"].replace("\n", "\r\n")
    write_texts(texts, tmp_path)
    assert texts_in(tmp_path) == texts
    assert playbook_of_texts(texts, load_client(name), 28) == book
    write_texts({"plan.csv": texts["plan.csv"]}, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.csv"]
