"""A playbook is a folder: read whole or refused whole, with every problem found."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from simulator.errors import PlaybookError
from simulator.playbook.checks import check_playbook
from simulator.playbook.page import Page
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from tests.playbook_client import bakery

CLIENT = bakery()
SHORT = "Posting Time,Text,Format,Purpose,Topic\n"
PLAYBOOK = Playbook(
    Page(name="Mkate"),
    ContentPlan((Post(datetime(2027, 3, 2, 9), "Warm loaves", "photo", "sell", "bread"),)),
)


@pytest.mark.parametrize("playbook", [PLAYBOOK, Playbook.empty(), Playbook(None, PLAYBOOK.plan)])
def test_invariant_a_playbook_comes_back_as_written(tmp_path: Path, playbook: Playbook) -> None:
    """Writing into a folder, new or used before, and reading gives the same playbook."""
    for folder in (tmp_path / "new" / "one", tmp_path):
        PLAYBOOK.write(tmp_path)
        playbook.write(folder)
        assert Playbook.read(folder, CLIENT) == playbook


def test_extreme_missing_files_mean_nothing_of_the_kind(tmp_path: Path) -> None:
    """An empty folder is a playbook of nothing, with a warning that it may be the wrong folder."""
    found = Playbook.read(tmp_path, CLIENT)
    assert found == Playbook.empty()
    assert [warning.rule for warning in found.warnings] == ["playbook.nothing_here"]


def test_extreme_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A missing folder, or a file in its place, is an error with its name."""
    (tmp_path / "plan.csv").write_text(SHORT)
    for folder in (tmp_path / "none", tmp_path / "plan.csv"):
        with pytest.raises(PlaybookError, match="there is no such folder"):
            Playbook.read(folder)


def test_law_all_errors_of_all_files_at_once(tmp_path: Path) -> None:
    """Reading raises with the errors of page and plan together, and without the warnings."""
    (tmp_path / "page.toml").write_text('nam = "Mkate"\n')
    (tmp_path / "plan.csv").write_text(
        SHORT + "2027-03-02 25:00,A,photo,sell,bread\n2027-03-02 09:00,,photo,sell,bread\n"
    )
    with pytest.raises(PlaybookError) as refused:
        Playbook.read(tmp_path, CLIENT)
    assert [found.rule for found in refused.value.problems] == ["page.unknown_key", "plan.bad_hour"]
    assert 'plan.csv line 2, "Posting Time": "2027-03-02 25:00" - an hour goes from 00 to 23' in str(
        refused.value
    )
    assert [found.rule for found in check_playbook(tmp_path, CLIENT)] == [
        "page.unknown_key", "plan.bad_hour", "plan.empty_text",
    ]  # fmt: skip


def test_law_files_that_are_not_read(tmp_path: Path) -> None:
    """A misspelt file is an error while the real one is missing; hidden and lock files are passed over."""
    for name in (
        "plan.cvs",
        "Page.toml",
        "adds.csv",
        ".hidden",
        "~$plan.csv",
        "plan.csv",
    ):
        (tmp_path / name).write_text(SHORT)
    problems = check_playbook(tmp_path, CLIENT)
    errors = [found.file for found in problems if found.severity == "error"]
    assert errors == ["Page.toml", "adds.csv"]
    assert [(found.file, found.rule) for found in problems] == [
        ("Page.toml", "playbook.unknown_file"),
        ("adds.csv", "playbook.unknown_file"), ("plan.cvs", "playbook.unknown_file"),
    ]  # fmt: skip
    assert 'did you mean "page.toml"' in problems[0].way_out
    assert 'did you mean "ads.csv"' in problems[1].way_out
    assert 'did you mean "plan.csv"' in problems[2].way_out


def test_law_rules_and_shifts_are_known_by_their_names(tmp_path: Path) -> None:
    """A singular in place of a plural is a misspelt file."""
    for name in ("plan.csv", "reply.csv", "shift.csv"):
        (tmp_path / name).write_text(SHORT)
    problems = check_playbook(tmp_path, CLIENT)
    assert [(found.file, found.severity) for found in problems] == [
        ("reply.csv", "error"),
        ("shift.csv", "error"),
    ]
    assert 'did you mean "replies.csv"' in problems[0].way_out
    assert 'did you mean "shifts.csv"' in problems[1].way_out


def test_law_one_folder_too_high_is_one_piece_of_advice(tmp_path: Path) -> None:
    """Who names the folder of the research is told the right one, and nothing else."""
    PLAYBOOK.write(tmp_path / "playbook")
    for name in ("brief.md", "audience_sample.csv", "online_hours.csv", "plans.csv"):
        (tmp_path / name).write_text("")
    problems = check_playbook(tmp_path, CLIENT)
    assert [found.rule for found in problems] == ["playbook.look_inside"]
    assert str(tmp_path / "playbook") in problems[0].way_out


def test_law_research_of_another_client_beside_it_is_asked_about(tmp_path: Path) -> None:
    """A playbook written after the research of one client seed is not silently read for another."""
    PLAYBOOK.write(tmp_path / "playbook")
    folder = tmp_path / "playbook"
    for label, found in (("bakery:1", []), ("bakery:8", ["playbook.other_client"])):
        (tmp_path / "brief.md").write_text(
            f"# Mkate\n\n- Client: `{label}`, of client seed 8\n- `bread`: x\n"
        )
        assert [one.rule for one in check_playbook(folder, CLIENT)] == found
        assert check_playbook(folder) == []
    warned = check_playbook(folder, CLIENT)[0]
    assert (warned.severity, warned.value, warned.file) == ("warning", "bakery:8", "brief.md")
    assert "read for bakery:1" in str(warned)
    (tmp_path / "brief.md").write_bytes(b"\xff\xfe")
    assert check_playbook(folder, CLIENT) == []


def test_law_tables_of_results_are_no_misspelt_files(tmp_path: Path) -> None:
    """Other tables may lie in the folder: a name that only ends alike is a warning."""
    for name in ("plan.csv", "daily.csv", "posts.csv", "tags.csv"):
        (tmp_path / name).write_text(SHORT)
    problems = check_playbook(tmp_path, CLIENT)
    assert [(found.rule, found.severity) for found in problems] == [("playbook.unknown_file", "warning")] * 3


def test_law_days_of_the_run(tmp_path: Path) -> None:
    """A shorter run refuses posts after its end, a longer one takes them."""
    (tmp_path / "plan.csv").write_text(SHORT + "2027-03-30 09:00,Warm loaves,photo,sell,bread\n")
    assert len(Playbook.read(tmp_path, CLIENT, days=30).plan.posts) == 1
    with pytest.raises(PlaybookError, match="the run goes from 2027-03-01 to 2027-03-28"):
        Playbook.read(tmp_path, CLIENT)


def test_invariant_problems_are_sorted_by_file_and_line(tmp_path: Path) -> None:
    """A reader goes through each file once, from top to bottom."""
    rows = ["2027-03-02 09:00,Same loaves,photo,sell,bread", "2027-03-02 25:00,A,photo,sell,bread"] * 3
    (tmp_path / "plan.csv").write_text(SHORT + "\n".join(rows) + "\n")
    (tmp_path / "page.toml").write_text("name = 1\n")
    places = [(found.file, found.line or 0) for found in check_playbook(tmp_path, CLIENT)]
    assert places == sorted(places)
    assert len(places) == 5


def test_law_every_sentence_of_a_problem_is_filled_in(tmp_path: Path) -> None:
    """No brace is left in what a person reads."""
    (tmp_path / "page.toml").write_text('nam = "x"\nlink = 3\n[opening_hours]\nmonday = "9"\nfreeday = "9"\n')
    (tmp_path / "plan.csv").write_text(
        SHORT + "2027-03-02 9:00,,foto,sel,bred\n2027-02-30 09:00,a,photo,talk,bread\n"
    )
    (tmp_path / "notes.txt").write_text("")
    problems = check_playbook(tmp_path, CLIENT)
    assert len(problems) >= 8
    assert not [found for found in problems if "{" in str(found)]


def late(days: tuple[int, ...], month: int = 3) -> str:
    return "".join(f"2027-{month:02}-{day:02} 09:00,Loaf of day {day},photo,sell,bread\n" for day in days)


@pytest.mark.parametrize(
    ("rows", "says", "way_out"),
    [
        (
            late((2, 8, 9, 28)),
            "3 rows stand outside it (plan.csv 3-5)",
            "play more days: --days 28 of run or portfolio, or take these rows out",
        ),
        (
            late((27, 28), month=2),
            "2 rows stand outside it (plan.csv 2-3)",
            "choose days in it, or take these rows out",
        ),
        (
            late((8,)) + late((28,), month=2) + late((2,)),
            "2 rows stand outside it (plan.csv 2-3)",
            "choose days in it, or take these rows out",
        ),
    ],
)
def test_law_dates_outside_the_run_are_told_once(tmp_path: Path, rows: str, says: str, way_out: str) -> None:
    """However many rows a short run leaves outside, they are one error with one way out."""
    (tmp_path / "plan.csv").write_text(SHORT + rows)
    errors = [one for one in check_playbook(tmp_path, CLIENT, days=7) if one.severity == "error"]
    assert [one.rule for one in errors] == ["playbook.outside_days"]
    assert says in errors[0].says
    assert errors[0].way_out == way_out
    with pytest.raises(PlaybookError) as refused:
        Playbook.read(tmp_path, CLIENT, days=7)
    assert list(refused.value.problems) == errors


def test_law_dates_outside_the_run_are_told_once_for_all_files(tmp_path: Path) -> None:
    """Rows of plan and shifts are counted together; one row alone keeps its own sentence."""
    (tmp_path / "plan.csv").write_text(SHORT + late((2, 20)))
    errors = [one for one in check_playbook(tmp_path, CLIENT, days=7) if one.severity == "error"]
    assert [(one.rule, one.line) for one in errors] == [("plan.outside_days", 3)]
    (tmp_path / "shifts.csv").write_text("Day,Start,End,Page\n2027/3/21,08:00,10:00,\n")
    [error] = [one for one in check_playbook(tmp_path, CLIENT, days=7) if one.severity == "error"]
    assert "2 rows stand outside it (plan.csv 3; shifts.csv 2)" in error.says
    assert "--days 21" in error.way_out
    (tmp_path / "plan.csv").unlink()
    [error] = [one for one in check_playbook(tmp_path, CLIENT, days=7) if one.severity == "error"]
    assert error.way_out == "choose a day in it, or play more days: --days 21 of run or portfolio"
