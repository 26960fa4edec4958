"""The command line of scores: answers, JSON, refusals, exit codes."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from simulator.scoring import advice
from simulator.scoring.trial import world_seeds
from tests.command_line import call

PEOPLE = ("--people", "4000", "--workers", "1")


@pytest.fixture(scope="module")
def example() -> Path:
    return Path(str(resources.files("simulator") / "data" / "examples" / "academy"))


def test_worked_example_a_score_for_people_and_as_json(example: Path) -> None:
    """Worked example: the same points in words and as JSON; the criteria sum to them."""
    told = call("score", example, "--client", "academy", "--worlds", 3, *PEOPLE)
    assert told.exit_code == 0, told.output
    found = json.loads(call("score", example, "--client", "academy", "--worlds", 3, *PEOPLE, "--json").stdout)
    assert f"{found['score']} ± " in told.stdout
    assert sum(one["points"] for one in found["criteria"]) == pytest.approx(found["points"], abs=0.01)
    assert found["interval"][0] <= found["points"] <= found["interval"][1]
    assert all(one["one_thing"] in told.stdout for one in found["criteria"])


def test_worked_example_two_playbooks_compared(example: Path, tmp_path: Path) -> None:
    """Worked example: against an empty playbook the example is the better one, in words and as JSON."""
    (tmp_path / "plan.csv").write_text("Posting Time,Text,Format,Purpose,Topic\n", "utf-8")
    options = ("--client", "academy", "--worlds", 3, *PEOPLE)
    assert "is better than" in call("compare", tmp_path, example, *options).stdout
    found = json.loads(call("compare", tmp_path, example, *options, "--json").stdout)
    assert found["verdict"] == "better"
    assert found["points"]["interval"][0] > 0
    total = sum(part["difference"] for part in found["parts_cents"].values())
    assert total == pytest.approx(found["cents"]["difference"], abs=0.01)


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--worlds", 1), "--worlds"),
        (("--workers", 0), "--workers"),
        (("--first", -1), "--first"),
        (("--model", "1999.01"), "1999.01"),
        (("--until-error", -1), "above 0"),
        (("--until-error", "abc"), "above 0"),
        (("--worlds", "many"), "not a whole number"),
    ],
)
def test_bad_input_is_refused_with_2(example: Path, options: tuple[object, ...], word: str) -> None:
    """Bad input: a number out of range, another model."""
    found = call("score", example, "--client", "academy", *options)
    assert found.exit_code == 2
    assert word in found.stderr


def test_bad_input_a_playbook_with_errors_is_not_scored(tmp_path: Path) -> None:
    """Bad input: what cannot be played is told with its line, and nothing is played."""
    (tmp_path / "plan.csv").write_text(
        "Posting Time,Text,Format,Purpose,Topic\n2027-03-02 25:00,Hello,photo,talk,career\n", "utf-8"
    )
    for command in ("score", "advise"):
        found = call(command, tmp_path, "--client", "academy", "--json")
        assert found.exit_code == 2
        assert json.loads(found.stdout)["problems"][0]["line"] == 2


def test_worked_example_what_is_kept_and_forgotten(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Worked example: a score keeps three managers a world; --clear forgets them."""
    monkeypatch.setenv("MSIMAMIZI_CACHE", str(tmp_path))
    call("score", example, "--client", "academy", "--worlds", 2, *PEOPLE)
    assert json.loads(call("cache", "--json").stdout)["files"] == 6
    assert "6 months" in call("cache", "--clear").stdout
    assert json.loads(call("cache", "--json").stdout)["files"] == 0


def test_worked_example_advice_as_json(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worked example: changes with gains of fresh worlds (here only three), the largest first."""
    monkeypatch.setattr(advice, "ESTIMATED", world_seeds(3, 3_001))
    monkeypatch.setattr(advice, "MOST", 5)
    found = json.loads(call("advise", example, "--client", "academy", "--people", 1_500, "--json").stdout)
    gains = [change["gain_cents"] for change in found["changes"]]
    assert gains == sorted(gains, reverse=True)
    assert found["screened"] >= len(gains) == 5


def test_worked_example_a_client_of_ones_own() -> None:
    """Worked example: a client is tried by name; with too few worlds or people it is said not to do."""
    found = call("client", "check", "salon", "--people", 500, "--worlds", 2, "--workers", 1, "--json")
    assert found.exit_code == 1
    answer = json.loads(found.stdout)
    assert not answer["fine"]
    assert any(one["way_out"] for one in answer["findings"])
    assert call("client", "check", "nobody").exit_code == 2
