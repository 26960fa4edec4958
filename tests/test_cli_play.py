"""``msimamizi play`` and ``verify``: a month in a folder, week by week, and gone through again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import simulator.cli.play
from simulator.scoring.records import read_record
from tests.command_line import call

HEADER = "Posting Time,Text,Format,Purpose,Topic\n"
ROW = "{when},{text},photo,talk,cookware\n"
FIRST = ROW.format(when="2027-03-02 18:00", text="Where do you hang your pans?")
SECOND = ROW.format(when="2027-03-10 18:00", text="Which knife do you use most?")
PEOPLE = ("--people", 1_500)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A play whose first call has been made, with a plan of two posts."""
    folder = tmp_path / "my month"
    begun = call("play", folder, "--client", "online-shop:7", *PEOPLE)
    assert begun.exit_code == 0, begun.output
    plan(folder, FIRST, SECOND)
    return folder


def plan(folder: Path, *rows: str) -> None:
    (folder / "playbook" / "plan.csv").write_text(HEADER + "".join(rows), encoding="utf-8")


def state(folder: Path, *more: object) -> dict[str, Any]:
    """What one more call says, as JSON."""
    done = call("play", folder, "--json", *more)
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_worked_example_a_month_in_five_calls(folder: Path) -> None:
    """Worked example: the pack and an empty playbook first, then a week a call, at the end how to go on."""
    assert (folder / "brief.md").is_file()
    assert read_record(folder).playbooks == ()
    for week in range(1, 4):
        told = call("play", folder)
        assert told.exit_code == 0
        assert f"Week {week} of 4 is over; the report shows {7 * week - 1} days" in told.stdout
        assert f"msimamizi play '{folder}'" in told.stdout
    plan(folder, FIRST, SECOND, ROW.format(when="2027-03-23 12:00", text="How do you season a pan?"))
    last = call("play", folder)
    assert "The month is over" in last.stdout
    assert "msimamizi score" in last.stdout
    assert "practice" not in last.stdout
    for week in range(1, 5):
        assert (folder / f"week-{week}" / "report.html").is_file()
        assert (folder / f"week-{week}" / "playbook" / "plan.csv").is_file()
    summary = json.loads((folder / "week-4" / "summary.json").read_text(encoding="utf-8"))
    assert summary["days"] == 28
    over = call("play", folder)
    assert over.exit_code == 2
    assert "all 4 weeks" in over.output
    checked = call("verify", folder)
    assert checked.exit_code == 0
    assert "All " in checked.stdout


def test_invariant_the_past_is_refused_with_line_and_way_out(folder: Path) -> None:
    """Invariant: a changed, a new and a missing row of the past are told at once, and nothing is played."""
    plan(folder, FIRST, FIRST.replace("02 18", "03 18").replace("Where", "Why"), SECOND)
    state(folder)
    before = (folder / "play.json").read_bytes()
    late = ROW.format(when="2027-03-04 09:00", text="Too late?")
    plan(folder, FIRST.replace("hang", "keep"), late, SECOND)
    refused = call("play", folder, "--json")
    assert refused.exit_code == 2
    found = json.loads(refused.stdout)["problems"]
    assert [(one["file"], one["line"], one["rule"]) for one in found] == [
        ("plan.csv", 2, "play.changed"),
        ("plan.csv", 3, "play.too_late"),
        ("plan.csv", None, "play.missing"),
    ]
    assert "week-1/playbook" in found[0]["way_out"]
    assert (folder / "play.json").read_bytes() == before
    (folder / "playbook" / "plan.csv").write_bytes((folder / "week-1/playbook/plan.csv").read_bytes())
    assert state(folder)["played"] == 2


def test_invariant_a_week_taken_back_is_practice_for_good(folder: Path) -> None:
    """Invariant: after --undo the plan of that week can be changed, and the record says it was practice."""
    state(folder)
    back = state(folder, "--undo")
    assert (back["played"], back["undone"], back["practice"]) == (0, 1, True)
    plan(folder, FIRST.replace("hang", "keep"), SECOND)
    assert state(folder)["practice"]
    told = call("play", folder)
    assert "practice" in told.stdout
    assert read_record(folder).practice
    assert "practice" in call("verify", folder).stdout
    undone = call("play", folder, "--undo")
    assert "Week 2 is taken back" in undone.stdout
    assert "week-2" in undone.stdout


def test_extreme_an_interrupted_week_leaves_the_record_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Extreme: Ctrl-C while the week is played or written leaves the play where it was."""
    state(folder)
    before = (folder / "play.json").read_bytes()

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(simulator.cli.play, "write_result", interrupted)
        assert call("play", folder).exit_code == 130
    assert (folder / "play.json").read_bytes() == before
    assert not list(folder.glob("*.part"))
    assert state(folder)["played"] == 2


def test_invariant_what_a_play_needs_is_asked_for(tmp_path: Path, folder: Path) -> None:
    """Invariant: no client, an empty first playbook, another client, nothing to take back: each a way out."""
    nobody = call("play", tmp_path / "none")
    assert nobody.exit_code == 2
    assert "--client" in nobody.output
    assert not (tmp_path / "none").exists()
    assert call("play", tmp_path / "none", "--undo", "--client", "salon").exit_code == 2
    for more in (("--client", "salon"), ("--seed", 2), ("--people", 2_000)):
        other = call("play", folder, *more)
        assert other.exit_code == 2
        assert "online-shop:7" in other.output
    assert call("play", folder, "--undo").exit_code == 2
    plan(folder)
    empty = call("play", folder)
    assert empty.exit_code == 2
    assert "plan.csv" in empty.output
    (folder / "play.json").write_text("{}", encoding="utf-8")
    assert call("play", folder).exit_code == 2


def test_invariant_a_playbook_that_is_there_is_played_at_once(tmp_path: Path) -> None:
    """Invariant: after research a play begins with the first week; --out takes the weeks elsewhere."""
    folder, out = tmp_path / "shop", tmp_path / "weeks"
    (folder / "playbook").mkdir(parents=True)
    plan(folder, FIRST)
    told = call("play", folder, "--client", "online-shop", "--out", out, *PEOPLE)
    assert told.exit_code == 0, told.output
    assert "--out" in told.stdout
    assert (out / "week-1" / "report.html").is_file()
    assert sorted(path.name for path in folder.iterdir()) == ["play.json", "playbook"]


def test_invariant_a_run_and_a_score_can_be_verified(tmp_path: Path, folder: Path) -> None:
    """Invariant: run leaves record.json, score --out a record; a figure that was changed is named, exit 1."""
    out = tmp_path / "result"
    run = call("run", folder / "playbook", "--client", "online-shop:7", "--out", out, *PEOPLE, "--days", 14)
    assert run.exit_code == 0, run.output
    assert json.loads(call("verify", out, "--json").stdout)["holds"]
    record = json.loads((out / "record.json").read_text(encoding="utf-8"))
    record["figures"]["reach"] += 1
    (out / "record.json").write_text(json.dumps(record), encoding="utf-8")
    wrong = call("verify", out, "--json")
    assert wrong.exit_code == 1
    assert [one["name"] for one in json.loads(wrong.stdout)["differences"]] == ["reach"]
    assert "reach" in call("verify", out).stdout
    assert call("verify", folder / "playbook").exit_code == 2


def test_invariant_a_score_leaves_its_record(tmp_path: Path) -> None:
    """Invariant: the record of a score holds its playbook and comes out again."""
    folder, record = tmp_path / "shop", tmp_path / "score.json"
    (folder / "playbook").mkdir(parents=True)
    (folder / "playbook" / "plan.csv").write_text(HEADER, encoding="utf-8")
    asked = ("--client", "academy", "--worlds", 2, "--people", 3_000, "--workers", 1)
    scored = call("score", folder / "playbook", *asked, "--out", record)
    assert scored.exit_code == 0, scored.output
    assert read_record(record).worlds == 2
    assert call("verify", record, "--workers", 1).exit_code == 0
    refused = call("score", folder / "playbook", *asked, "--out", tmp_path)
    assert refused.exit_code == 2
    assert "score.json" in refused.output


def test_worked_example_a_client_of_ones_own(tmp_path: Path) -> None:
    """Worked example: with a client's file every call names it; without it a way out."""
    from importlib import resources

    source = resources.files("simulator") / "data" / "clients" / "salon.toml"
    file, folder = tmp_path / "mine.toml", tmp_path / "play"
    text = source.read_text(encoding="utf-8").replace('name = "salon"', 'name = "mine"', 1)
    file.write_text(text, encoding="utf-8")
    begun = call("play", folder, "--client", file, *PEOPLE)
    assert begun.exit_code == 0, begun.output
    assert f"--client {file}" in begun.stdout
    without = call("play", folder)
    assert without.exit_code == 2
    assert "--client" in without.output
    row = ROW.format(when="2027-03-02 18:00", text="Which braid lasts longest?")
    plan(folder, row.replace("cookware", "hair"))
    assert call("play", folder, "--client", file).exit_code == 0
    assert call("verify", folder).exit_code == 2
    assert call("verify", folder, "--client", file).exit_code == 0
