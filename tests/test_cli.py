"""The command line: answers, JSON, exit codes, and files that are whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import simulator.insights.month
import simulator.network.speed
import simulator.research.pack
from simulator.cli import app
from simulator.cli.answers import print_table
from simulator.errors import SimulatorError
from simulator.insights.month import Yardsticks
from simulator.insights.portfolio_report import SHORT_PAY_COLUMNS
from simulator.network.speed import Speed
from simulator.playbook.playbook import Playbook
from simulator.texts import say
from tests.example_months import small_month

FILES = ["daily.csv", "posts.csv", "report.html", "summary.json"]
RUN_FILES = sorted([*FILES, "record.json"])
HELPS = [
    f"command_line.{name}_help" for name in ("clients", "research", "check", "audience", "run", "portfolio")
]
HEADER = "Posting Time,Text,Format,Purpose,Topic,Offer,Production Hours,Link,Image URL,Tags\n"
ROW = "2027-03-02 18:00,Where do you hang your pans?,photo,talk,cookware,,1,,,\n"


def call(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


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


def test_clients_as_json():
    """Invariant: a list of clients with exactly the promised fields, and nothing but JSON."""
    result = call("clients", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert "online-shop" in [row["name"] for row in found]
    for row in found:
        expected = ["name", "kind", "topics", "followers", "month_start", "budget_cents", "cities"]
        assert list(row) == expected
        assert 3 <= len(row["topics"]) <= 8


def test_clients_for_people():
    """Invariant: every client's name is shown whole, and what to do next."""
    result = call("clients")
    assert result.exit_code == 0
    assert "online-shop" in result.stdout
    assert "msimamizi research" in result.stdout


def test_check_of_a_good_playbook(playbook):
    """Invariant: no error, exit 0."""
    result = call("check", playbook, "--client", "online-shop", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["errors"] == 0


def test_check_shows_every_problem_and_exits_2(playbook):
    """Invariant: two wrong rows are two problems, each with its line."""
    bad = ROW.replace("18:00", "25:00") + ROW.replace("cookware", "cokware")
    (playbook / "plan.csv").write_text(HEADER + bad, encoding="utf-8")
    result = call("check", playbook, "--client", "online-shop", "--json")
    assert result.exit_code == 2
    lines = {found["line"] for found in json.loads(result.stdout)["problems"] if found["severity"] == "error"}
    assert lines == {2, 3}
    shown = call("check", playbook, "--client", "online-shop")
    assert shown.exit_code == 2
    assert "plan.csv line 2" in shown.stdout


def test_a_plan_longer_than_the_run_is_told_once(playbook, calls):
    """Extreme: a month's plan over seven days is one error, with the days that it takes."""
    late = "".join(ROW.replace("03-02", f"03-{day:02}") for day in range(2, 29))
    (playbook / "plan.csv").write_text(HEADER + late, encoding="utf-8")
    result = call("run", playbook, "--client", "online-shop", "--days", 7)
    assert result.exit_code == 2
    assert not calls
    [line] = [line for line in result.stderr.splitlines() if line.startswith("error")]
    assert "21 rows stand outside it (plan.csv 8-28); play more days: --days 28" in line


def test_check_and_run_fold_only_what_says_the_same(playbook, calls):
    """Law: one value in many lines is told once with its lines; different mistakes are all shown, in both."""
    topics = ["braids"] * 3 + ["panns", "stoorage", "cokware"] + [f"zz{at}" for at in range(8)]
    rows = [
        f"2027-03-{at + 2:02} 18:00,Pans and jars {at},photo,talk,{topic},,,,,\n"
        for at, topic in enumerate(topics)
    ]
    (playbook / "plan.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    shown = call("check", playbook, "--client", "online-shop")
    ran = call("run", playbook, "--client", "online-shop")
    errors = [line for line in shown.stdout.splitlines() if line.startswith("error: ")]
    assert [line for line in ran.stderr.splitlines() if line.startswith("error: ")] == errors
    assert [line.count("(also in lines 3-4)") for line in errors if "braids" in line] == [1]
    assert all(f'"{topic}"' in shown.stdout for topic in (*topics[:6], "zz0"))
    assert "more of which the same is to be said: plan.csv " in shown.stdout
    assert (
        len(json.loads(call("check", playbook, "--client", "online-shop", "--json").stdout)["problems"]) >= 14
    )
    assert calls == []


def test_run_with_errors_ends_with_their_number_and_that_nothing_was_played(playbook, calls):
    """Law: a refused run tells what a check tells, warnings too, and ends with what became of it."""
    (playbook.parent / "brief.md").write_text("- Client: `salon:3`\n", encoding="utf-8")
    (playbook / "plan.csv").write_text(HEADER + ROW.replace("cookware", "hair"), encoding="utf-8")
    ran = call("run", playbook, "--client", "online-shop")
    lines = ran.stderr.splitlines()
    assert ran.exit_code == 2
    assert lines[0].startswith("warning: brief.md")
    assert lines[-1] == "Errors: 1. Warnings: 1. Nothing was played."
    told = json.loads(call("run", playbook, "--client", "online-shop", "--json").stdout)
    assert (told["errors"], told["warnings"], len(told["problems"])) == (1, 1, 2)
    assert calls == []


def test_audience_of_the_example_before_anything_is_bought():
    """Worked example: every ad set with its audience in words and a range of people."""
    from importlib import resources

    with resources.as_file(resources.files("simulator") / "data" / "examples" / "online-shop") as folder:
        told = call("audience", folder, "--client", "online-shop")
        found = json.loads(call("audience", folder, "--client", "online-shop", "--json").stdout)
    assert told.exit_code == 0
    assert len(found) == 3
    for row in found:
        assert row["ad_set"].split()[0] in told.stdout
        assert 100 <= row["low"] < row["high"]


def test_audience_without_ads_says_so(playbook):
    """Worked example: a playbook without ads.csv is told where ad sets go, without an empty table."""
    result = call("audience", playbook, "--client", "online-shop")
    assert result.exit_code == 0
    assert result.stdout == "The playbook holds no ad sets: write them into ads.csv.\n"
    assert json.loads(call("audience", playbook, "--client", "online-shop", "--json").stdout) == []


ADS = (
    "Campaign Name,Ad Set Name,Ad Set Daily Budget,Optimization Goal,Cities,Districts,Gender,Age Min,"
    "Flexible Inclusions,Ad Name,Format,Body,Link,Topic,Boost Post\n"
    "M,All,5,REACH,Bandariva,,,,,One,photo,A pan. Order now.,a.b,cookware,\n"
    "M,Few,5,REACH,Bandariva,Mitendera,men,60,,One,photo,A pan. Order now.,a.b,cookware,\n"
    "M,Torn,5,REACH,Bandarivo,,,,,One,photo,A pan. Order now.,a.b,cookware,\n"
    "M,Boost,5,REACH,Ziwandu,,,,,One,,,,,2027-03-09 12:00\n"
)


def test_audience_reads_what_it_can(playbook):
    """Law: one set that is too small, one that cannot be read and one that boosts no post hide no other."""
    (playbook / "ads.csv").write_text(ADS, encoding="utf-8")
    told = call("audience", playbook, "--client", "online-shop")
    assert told.exit_code == 2, told.output
    assert "this is not a city" in told.stderr
    assert 'not counted: "Bandarivo" under' in told.stdout
    assert 'did you mean "Bandariva"?' in told.stdout
    assert "write the time of one (2027-03-02 18:00)" in told.stderr
    assert "platform sells none below" not in told.stderr
    assert 'without "Districts"' in " ".join(told.stdout.split())
    rows = json.loads(call("audience", playbook, "--client", "online-shop", "--json").stdout)
    assert [(row["ad_set"], row["line"]) for row in rows] == [
        ("All", 2),
        ("Few", 3),
        ("Torn", 4),
        ("Boost", 5),
    ]
    everybody, few, torn, boost = rows
    assert everybody["low"] > boost["low"] > 1_000
    assert (few["low"], few["refused"]["rule"]) == (None, "audience.too_small")
    assert few["wider"][0]["columns"] == ["Districts"]
    assert torn["unread"] == ["Cities"]
    assert [(one["value"], one["way_out"]) for one in torn["why"]] == [
        ("Bandarivo", 'did you mean "Bandariva"?')
    ]


@pytest.mark.parametrize(
    ("wrong", "unread", "code"), [("Citties", ["Cities"], 2), ("Notes", [], 0), ("Buget", [], 0)]
)
def test_audience_counts_nobody_by_a_column_of_a_wrong_name(playbook, wrong, unread, code):
    """Law: where a column of the audience has a wrong name no size is told as if it were empty; why and what
    was meant stand in the table, and the exit is 2. A column about something else hides no size.
    """
    ads = "".join(ADS.splitlines(keepends=True)[:2]).replace("Cities", wrong)
    (playbook / "ads.csv").write_text(ads, encoding="utf-8")
    told = call("audience", playbook, "--client", "online-shop")
    assert told.exit_code == code
    assert f'"{wrong}" - this is not a column' in told.stderr
    (row,) = json.loads(call("audience", playbook, "--client", "online-shop", "--json").stdout)
    assert row["unread"] == unread
    assert (row["low"] is None) == bool(unread)
    assert ['did you mean "Cities"?' in one["way_out"] for one in row["why"]] == [True] * len(unread)
    assert ("not counted" in told.stdout) == bool(unread)


def test_audience_of_a_sheet_nobody_can_read_is_bad_input(playbook):
    """Extreme: where no set can be read the problems are the answer, and exit 2."""
    (playbook / "ads.csv").write_bytes(b"PK\x03\x04")
    result = call("audience", playbook, "--client", "online-shop", "--json")
    assert result.exit_code == 2
    assert [one["rule"] for one in json.loads(result.stdout)["problems"]] == ["playbook.workbook"]
    assert call("audience", playbook / "no", "--client", "online-shop").exit_code == 2


def test_audiences_are_sized_in_the_town_that_is_played(playbook, calls):
    """Law: with --people every command counts in a town of so many people."""
    (playbook / "ads.csv").write_text("".join(ADS.splitlines(keepends=True)[:2]), encoding="utf-8")
    small = ("--client", "online-shop", "--people", 500, "--days", 7)
    sized = json.loads(call("audience", playbook, *small, "--json").stdout)
    assert sized[0]["high"] < 500
    (playbook / "ads.csv").write_text(
        (playbook / "ads.csv").read_text().replace("Bandariva,,,", "Bandariva,Sokoleni,,"), encoding="utf-8"
    )
    assert call("check", playbook, "--client", "online-shop").exit_code == 0
    for command in ("check", "run"):
        refused = call(command, playbook, *small, "--json")
        assert refused.exit_code == 2
        assert "of 500 people" in json.loads(refused.stdout)["problems"][0]["says"]
    assert calls == []


def test_check_counts_the_buyers_of_a_likeness(playbook):
    """Law: a look-alike that would reach nobody is a warning with the number of buyers on day one."""
    ads = "".join(ADS.splitlines(keepends=True)[:2])
    ads = ads.replace(",,,,,One", ",,,,lookalike 2%,One").replace("cookware", "hair")
    (playbook / "ads.csv").write_text(ads, encoding="utf-8")
    (playbook / "plan.csv").write_text(HEADER, encoding="utf-8")
    result = call("check", playbook, "--client", "salon", "--json")
    rules = [one["rule"] for one in json.loads(result.stdout)["problems"]]
    assert "audience.few_buyers" in rules
    assert "ads.uncounted_likeness" not in rules


def test_check_says_what_the_month_holds_and_what_comes_next(playbook):
    """Law: a good playbook is told what of the month it fills, how complete the page is and what is next."""
    (playbook / "page.toml").write_text('name = "Sufuria"\n', encoding="utf-8")
    result = call("check", playbook, "--client", "online-shop:7", "--days", 14)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Errors: 0. Warnings: 0.",
        "Posts: 1. Paid hours in them: 1 of 16.",
        "No shifts: nobody answers messages.",
        "Weeks of 2 in which nothing is posted: 2.",
        "No ads: the budget of 3,000.00 is not used.",
        "The page is complete to 5%; missing: a text about the page (of 40 characters or more), "
        "profile picture (avatar), contact, cover picture, opening hours, link, pinned post, category.",
        f"Ready. Next: msimamizi run {playbook} --days 14 --client online-shop:7",
    ]
    seen = json.loads(call("check", playbook, "--client", "online-shop", "--json").stdout)["glance"]
    assert (seen["posts"], seen["completeness"], seen["empty_weeks"]) == (1, 0.05, [2, 3, 4])


def test_check_with_an_error_tells_of_the_page_and_not_that_it_is_ready(playbook):
    """Law: what must be mended is not called ready; how complete the page is can be told."""
    (playbook / "page.toml").write_text('name = "Sufuria"\n', encoding="utf-8")
    (playbook / "plan.csv").write_text(HEADER + ROW.replace("18:00", "25:00"), encoding="utf-8")
    shown = call("check", playbook, "--client", "online-shop").stdout
    assert "Ready" not in shown
    assert "The page is complete to 5%" in shown
    assert json.loads(call("check", playbook, "--json").stdout)["glance"] is None


def test_clients_tells_what_a_number_after_the_name_is():
    """Law: who reads the list learns that NAME is NAME:1 and what sums are in."""
    shown = " ".join(call("clients").stdout.split())
    assert "NAME alone is NAME:1" in shown
    assert "Sums are in shillings" in shown


@pytest.mark.usefixtures("calls")
def test_run_as_json_tells_where_the_report_is_and_what_nothing_was_worth(playbook):
    """Invariant: the keys of the summary, and three that only the command knows."""
    result = call("run", playbook, "--client", "online-shop:7", "--json")
    told = json.loads(result.stdout)
    assert told["report"] == str(playbook / "result" / "report.html")
    assert told["worth_nothing_cents"] == told["worth_cents"] - 10_000
    summary = json.loads((playbook / "result" / "summary.json").read_text(encoding="utf-8"))
    assert set(told) - set(summary) == {"report", "worth_nothing_cents", "client_label"}


def test_switches_have_no_type_in_help():
    """Law: a switch takes nothing after it, so its help shows nothing to write there."""
    for command in ((), ("clients",), ("check",), ("run",), ("demo",), ("bench",)):
        assert "<bool>" not in call(*command, "--help").stdout


def test_bench_speaks_in_words(monkeypatch):
    """Law: figures for people have names and not the program's keys."""
    speed = Speed(1.0, 2.0, 1.5, 60.0, 753)
    monkeypatch.setattr(simulator.network.speed, "measure_speed", lambda *_: speed)
    shown = call("bench").stdout
    assert "playing the month, seconds" in shown
    assert not [key for key in speed.as_dict() if key in shown.split()[1:] and "_" in key]
    assert json.loads(call("bench", "--json").stdout)["run_seconds"] == 2.0


def test_run_writes_its_files_and_a_short_summary(playbook, calls, tmp_path):
    """Invariant: five files, the figures, and where to look."""
    result = call("run", playbook, "--client", "online-shop:7", "--out", tmp_path / "out", "--days", 2)
    assert result.exit_code == 0, result.output
    assert calls == [{"client": "online-shop:7", "seed": 1, "people": 20_000, "days": 2}]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == RUN_FILES
    assert "report.html" in result.stdout
    assert "100 more than if" in " ".join(result.stdout.split())


def test_run_writes_beside_the_playbook_without_out(playbook, calls):
    """Invariant: the default folder is DIR/result."""
    result = call("run", playbook, "--client", "online-shop", "--json")
    assert len(calls) == 1
    assert json.loads(result.stdout)["reach"] == 3
    assert sorted(path.name for path in (playbook / "result").iterdir()) == RUN_FILES


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--people", 499], "--people"),
        (["--people", 5_000_001], "--people"),
        (["--days", 0], "--days"),
        (["--days", 365], "--days"),
    ],
)
def test_numbers_out_of_range_are_bad_input(playbook, calls, options, named):
    """Extreme: just outside the range is refused, with the option's name and the range."""
    result = call("run", playbook, "--client", "online-shop", "--json", *options)
    assert result.exit_code == 2
    assert [found["file"] for found in json.loads(result.stdout)["problems"]] == [named]
    assert calls == []
    assert not (playbook / "result").exists()


@pytest.mark.parametrize("people", [500, 5_000_000])
def test_numbers_at_the_edge_are_taken(playbook, calls, people):
    """Extreme: the ends of the range belong to it."""
    assert call("run", playbook, "--client", "online-shop", "--people", people).exit_code == 0
    assert calls[0]["people"] == people


def test_both_wrong_numbers_are_told_at_once(playbook, calls):
    """Invariant: all problems at once."""
    result = call("run", playbook, "--client", "online-shop", "--people", 1, "--days", 0)
    assert result.exit_code == 2
    assert "--people" in result.stderr
    assert "--days" in result.stderr
    assert calls == []


@pytest.mark.parametrize("as_json", [True, False])
def test_an_unknown_client_is_bad_input(playbook, as_json):
    """Invariant: the nearest name is offered, without a traceback."""
    result = call("run", playbook, "--client", "onlin-shop", *(["--json"] if as_json else []))
    assert result.exit_code == 2
    assert "online-shop" in (result.stdout if as_json else result.stderr)
    assert "Traceback" not in result.output
    if as_json:
        assert len(json.loads(result.stdout)["problems"]) == 1
    else:
        assert result.stdout == ""


def test_a_missing_folder_is_bad_input(tmp_path):
    """Extreme: no such playbook."""
    result = call("run", tmp_path / "nowhere", "--client", "salon", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["problems"][0]["rule"] == "playbook.no_folder"


def test_a_folder_that_cannot_be_written_is_a_failure(playbook, calls, tmp_path):
    """Extreme: --out is a file: refused in words before anything is played."""
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    result = call("run", playbook, "--client", "online-shop", "--out", tmp_path / "taken")
    assert result.exit_code == 2
    assert not calls
    assert "Traceback" not in result.output
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_interruption_leaves_no_file(playbook, monkeypatch):
    """Extreme: Ctrl-C in the middle of the month: exit 130 and nothing written."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(simulator.insights.month, "run_month", interrupted)
    result = call("run", playbook, "--client", "online-shop")
    assert result.exit_code == 130
    assert sorted(path.name for path in playbook.iterdir()) == ["plan.csv"]


def test_a_defect_is_not_hidden(playbook, monkeypatch):
    """Invariant: only errors raised on purpose become words; a defect keeps its traceback, exit 1."""

    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(simulator.insights.month, "run_month", broken)
    result = call("run", playbook, "--client", "online-shop")
    assert result.exit_code == 1
    assert isinstance(result.exception, ZeroDivisionError)


def test_research_lists_its_files(monkeypatch, tmp_path):
    """Invariant: what was written is listed; the seed is handed on."""
    seen = {}

    def write_pack(client, folder, *, seed):
        seen.update(client=client.label, seed=seed)
        return (folder / "brief.md",)

    monkeypatch.setattr(simulator.research.pack, "write_pack", write_pack)
    result = call("research", "salon:3", "--out", tmp_path, "--seed", 5, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["files"] == [str(tmp_path / "brief.md")]
    assert seen == {"client": "salon:3", "seed": 5}
    last = call("research", "salon:3", "--out", tmp_path).stdout.splitlines()[-1]
    assert last.startswith(f"Read {tmp_path / 'brief.md'} first, then fill {tmp_path / 'playbook'}, then: ")


def test_research_over_another_client_says_what_was_kept(monkeypatch, tmp_path):
    """Law: research of another client seed in the same folder warns, and names the files it left alone."""
    from simulator.research.pack import BRIEF_FILE

    def write_pack(client, folder, **_):
        (folder / "playbook").mkdir(parents=True, exist_ok=True)
        (folder / BRIEF_FILE).write_text(f"- Client: `{client.label}`\n", encoding="utf-8")
        plan = folder / "playbook" / "plan.csv"
        if plan.exists():
            return (folder / BRIEF_FILE,)
        plan.write_text("", encoding="utf-8")
        return (folder / BRIEF_FILE, plan)

    monkeypatch.setattr(simulator.research.pack, "write_pack", write_pack)
    first = call("research", "salon", "--out", tmp_path)
    assert (first.stderr, "Kept" in first.stdout) == ("", False)
    again = call("research", "salon", "--out", tmp_path)
    assert (again.stderr, "Kept as they were:" in again.stdout) == ("", True)
    other = call("research", "salon:9", "--out", tmp_path)
    assert "was of salon:1 and is now of salon:9" in other.stderr
    assert str(tmp_path / "playbook" / "plan.csv") in other.stdout
    told = json.loads(call("research", "salon:8", "--out", tmp_path, "--json").stdout)
    assert told["kept"] == [str(tmp_path / "playbook" / "plan.csv")]
    assert told["replaced"] == "salon:9"


def test_research_refusals_are_bad_input(monkeypatch, tmp_path):
    """Invariant: any error raised on purpose is exit 2, as JSON too."""

    def refused(*_, **__):
        raise SimulatorError("no such past")

    monkeypatch.setattr(simulator.research.pack, "write_pack", refused)
    result = call("research", "salon", "--out", tmp_path, "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["problems"][0]["says"] == "no such past"


def test_demo_says_what_it_does(calls, tmp_path, monkeypatch):
    """Invariant: four steps in words, the report in ./demo-report, JSON apart from the words."""
    monkeypatch.chdir(tmp_path)
    result = call("demo")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "demo-report").iterdir()) == FILES
    assert [line[0] for line in result.stderr.splitlines() if line[:1].isdigit()] == ["1", "2", "3", "4"]
    assert json.loads(call("demo", "--json").stdout)["client"] == "online-shop"
    assert calls[0]["client"] == "online-shop:1"


@pytest.mark.parametrize(
    "command", ["clients", "research", "check", "audience", "run", "portfolio", "demo", "bench"]
)
def test_help_teaches_with_an_example(command):
    """Invariant: every command's help shows how it is called."""
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"msimamizi {command}" in result.stdout


def test_help_names_what_comes_next_and_pages_that_are_there():
    """Invariant: help names the exit codes of a check, why there is a seed, and pages of docs/ that exist."""
    root = Path(__file__).parents[1]
    helps = {name: " ".join(call(name, "--help").stdout.split()) for name in ("research", "check", "run")}
    assert "read brief.md" in helps["research"]
    assert "Exit code: 0 without errors" in helps["check"]
    assert "what holds in several worlds" in helps["run"].replace(" │ │ ", " ")
    for page in re.findall(r"docs/\w+\.md", " ".join(map(say, HELPS))):
        assert (root / page).is_file(), page


def test_who_names_no_client_is_told_which_one_it_may_be(playbook, calls):
    """Law: without --client the way out is the client of the research beside the playbook, or the list."""
    for command in ("run", "audience", "score"):
        told = call(command, playbook)
        assert (told.exit_code, told.stdout) == (2, "")
        assert "msimamizi clients lists them all" in told.stderr
    (playbook.parent / "brief.md").write_text("- Client: `salon:3`\n", encoding="utf-8")
    assert "error: --client: it is not said" in call("run", playbook).stderr
    assert "write --client salon:3" in call("run", playbook).stderr
    assert json.loads(call("run", playbook, "--json").stdout)["problems"][0]["file"] == "--client"
    assert calls == []


@pytest.mark.parametrize("name", ["seed", "people", "days"])
def test_what_is_no_number_is_told_as_a_number_out_of_range_is(playbook, calls, name):
    """Law: the option, the value, the rule and the way out, in one sentence and as JSON."""
    told = call("run", playbook, "--client", "online-shop", f"--{name}", "x")
    assert told.exit_code == 2
    assert f'error: --{name}: "x" - this is not a whole number; write for example --{name} ' in told.stderr
    as_json = call("run", playbook, "--client", "online-shop", f"--{name}", "x", "--json")
    assert json.loads(as_json.stdout)["problems"][0]["value"] == "x"
    assert calls == []


def test_missing_options_are_bad_input(playbook):
    """Invariant: usage errors are exit 2 as well."""
    assert call("run", playbook).exit_code == 2
    assert call("runn").exit_code == 2


def test_version():
    """Invariant: the name, and exit 0."""
    result = call("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("msimamizi ")


def test_the_example_of_the_demo_is_a_good_playbook():
    """Invariant: what is shipped passes its own check."""
    from importlib import resources

    with resources.as_file(resources.files("simulator") / "data" / "examples" / "online-shop") as folder:
        result = call("check", folder, "--client", "online-shop", "--json")
        assert json.loads(result.stdout)["problems"] == []
        assert len(Playbook.read(folder).plan.posts) > 0


def test_help_loads_no_heavy_library():
    """Law: showing help must not wait for pandas, Matplotlib or the network."""
    code = (
        "import sys, simulator.cli;"
        "print([name for name in ('numpy', 'pandas', 'matplotlib', 'simpy', 'jinja2', 'pydantic')"
        " if name in sys.modules])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


# ------------------------------------------------------------------ portfolios

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
