"""The command line: answers, JSON, exit codes, and files that are whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import simulator.insights.month
import simulator.network.speed
import simulator.research.pack
from simulator.errors import SimulatorError
from simulator.network.speed import Speed
from simulator.playbook.playbook import Playbook
from simulator.texts import say
from tests.command_line import FILES, HEADER, ROW, call

RUN_FILES = sorted([*FILES, "record.json"])
HELPS = [
    f"command_line.{name}_help" for name in ("clients", "research", "check", "audience", "run", "portfolio")
]


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
