"""``msimamizi portfolio``: several pages under one pair of hands."""

from __future__ import annotations

import json

import pytest

from simulator.cli.answers import print_table
from simulator.insights.portfolio_report import SHORT_PAY_COLUMNS
from simulator.texts import say
from tests.command_line import FILES, HEADER, ROW, call

PAGES = "Page,Client,Months Of Service\nsalon,salon,3\nschool,academy:2,\n"
SALON = HEADER + ROW.replace("cookware", "hair")


@pytest.fixture
def pages(tmp_path):
    """A portfolio of two pages, one with a plan, two hours on working days."""
    folder = tmp_path / "pages"
    for page in ("salon", "school"):
        (folder / page).mkdir(parents=True)
        (folder / page / "plan.csv").write_text(SALON if page == "salon" else HEADER, encoding="utf-8")
    (folder / "portfolio.csv").write_text(PAGES, encoding="utf-8")
    (folder / "shifts.csv").write_text("Day,Start,End,Page\nMon-Fri,09:00,11:00,\n", encoding="utf-8")
    return folder


def test_portfolio_writes_a_report_of_all_and_one_of_each_page(pages, tmp_path):
    """Invariant: portfolio.html with its tables, and in a folder of its own what a run writes of a page."""
    result = call("portfolio", pages, "--people", 500, "--days", 3, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    written = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    expected = {f"{page}/{name}" for page in ("salon", "school") for name in FILES}
    assert expected | {"portfolio.html", "pay.csv", "summary.json"} <= written
    html = (tmp_path / "out" / "portfolio.html").read_text(encoding="utf-8")
    assert 'href="school/report.html"' in html
    assert "portfolio.html" in result.stdout
    assert "all pages" in result.stdout
    assert len(list((pages / "salon").iterdir())) == 1


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", ["salon", "x" * 60])
def test_the_table_of_pay_is_whole(monkeypatch, capsys, width, name):
    """Extreme: the longest name of a page and a fee of millions: no figure is cut or broken."""
    monkeypatch.setenv("COLUMNS", str(width))
    headings = [say(f"portfolio.titles.{column}") for column in ("page", *SHORT_PAY_COLUMNS)]
    row = (name, *["1,234,567.89"] * (len(SHORT_PAY_COLUMNS) - 1), "100 %")
    print_table("pay_title", headings, [row])
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert shown.count("1,234,567.89") == len(SHORT_PAY_COLUMNS) - 1
    assert max(map(len, shown.splitlines())) <= width
    assert shown.count("x") >= name.count("x")


def test_portfolio_as_json_goes_to_its_own_folder(pages):
    """Invariant: nothing but JSON on stdout; the default folder is DIR/result."""
    result = call("portfolio", pages, "--people", 500, "--days", 2, "--json")
    found = json.loads(result.stdout)
    assert (found["pages"], found["hours"], found["people"]) == (2, 4.0, 500)
    assert [row["client"] for row in found["by_page"]] == ["salon:1", "academy:2"]
    assert (pages / "result" / "portfolio.html").is_file()
    assert json.loads(call("check", pages, "--json").stdout)["errors"] == 0


def test_portfolio_with_mistakes_is_told_all_and_not_played(pages):
    """Invariant: every problem of every file, exit 2, nothing written; check tells the same."""
    (pages / "portfolio.csv").write_text(PAGES.replace("salon,salon", "salon,saloon"), encoding="utf-8")
    (pages / "school" / "plan.csv").write_text(HEADER + ROW.replace("18:00", "25:00"), encoding="utf-8")
    (pages / "school" / "shifts.csv").write_text("", encoding="utf-8")
    for command in ("portfolio", "check"):
        result = call(command, pages, "--json")
        problems = json.loads(result.stdout)["problems"]
        assert result.exit_code == 2
        assert {(one["file"], one["line"]) for one in problems if one["severity"] == "error"} == {
            ("portfolio.csv", 2),
            ("school/plan.csv", 2),
            ("school/shifts.csv", None),
        }
    assert "school/plan.csv line 2" in call("portfolio", pages).stderr
    assert not (pages / "result").exists()


def test_portfolio_warns_and_goes_on(pages):
    """Invariant: warnings go to stderr and do not stop a month."""
    (pages / "shifts.csv").unlink()
    result = call("portfolio", pages, "--people", 500, "--days", 2)
    assert result.exit_code == 0
    assert "nobody is ever there" in result.stderr


def test_portfolio_is_begun(tmp_path):
    """Invariant: files are listed, with each client's research, and the next step; once only."""
    small = ("--people", 1_000)
    result = call("portfolio", tmp_path / "new", "--start", "salon", "academy:2", *small)
    assert result.exit_code == 0, result.output
    assert "academy-2" in result.stdout
    said = " ".join(result.stdout.split())
    for command in ("check", "portfolio"):
        assert f"msimamizi {command} {tmp_path / 'new'}" in said
    assert f"Read {tmp_path / 'new' / 'salon' / 'research' / 'brief.md'} first" in said
    assert call("portfolio", tmp_path / "new", "--start", "salon").exit_code == 2
    assert call("portfolio", tmp_path / "other", "--start", "salon", "--people", 3).exit_code == 2
    assert not (tmp_path / "other").exists()
    begun = call("portfolio", tmp_path / "other", "--start", "salon", *small, "--json")
    files = json.loads(begun.stdout)["files"]
    assert len(files) == 6 + 8
    assert sum("research" in file for file in files) == 8
    assert call("check", tmp_path / "new").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "rule"),
    [
        (["--start"], "portfolio.start_without_clients"),
        (["salon"], "portfolio.clients_without_start"),
        ([], "portfolio.no_folder"),
        (["--start", "saloon"], "input"),
    ],
)
def test_portfolio_commands_that_make_no_sense(tmp_path, arguments, rule):
    """Extreme: what is missing or too much is said with the way out, and nothing is written."""
    result = call("portfolio", tmp_path / "new", *arguments, "--json")
    assert result.exit_code == 2
    assert [one["rule"] for one in json.loads(result.stdout)["problems"]] == [rule]
    assert not (tmp_path / "new").exists()


def test_portfolio_refuses_numbers_and_folders_first(pages, tmp_path):
    """Extreme: numbers out of range and a file in the way are refused before anything is played."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    assert call("portfolio", pages, "--people", 1).exit_code == 2
    assert call("portfolio", pages, "--out", tmp_path / "taken").exit_code == 2
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_the_example_portfolio_is_a_good_one():
    """Invariant: what is shipped passes its own check: four clients, rules for each, no shifts inside."""
    from importlib import resources

    from simulator.playbook.portfolio import PortfolioPlan

    with resources.as_file(resources.files("simulator") / "data" / "examples" / "portfolio") as folder:
        result = call("check", folder, "--json")
        assert json.loads(result.stdout)["problems"] == []
        plan = PortfolioPlan.read(folder)
    assert len(plan.assignments) == 4
    assert all(one.playbook.replies and one.playbook.plan.posts for one in plan.assignments)
