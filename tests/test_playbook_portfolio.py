"""A portfolio's folder tells every problem of every file at once, and comes back as written."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulator
from simulator.errors import PlaybookError, Problem
from simulator.playbook import portfolio as portfolio_module
from simulator.playbook.assignment import Assignment
from simulator.playbook.page import Page
from simulator.playbook.patterns import Pattern
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.portfolio import PortfolioPlan, is_portfolio
from simulator.playbook.portfolio_checks import problems_of
from simulator.playbook.portfolio_sheet import COLUMNS, is_folder_name, read_rows
from simulator.playbook.portfolio_start import start_portfolio
from simulator.playbook.posts import Post
from simulator.playbook.production_hours import hours_wanted
from simulator.playbook.replies import ReplyRule, ReplyRules
from simulator.playbook.shifts import Shift, ShiftPlan
from simulator.world.clients import load_client
from tests.playbook_client import bakery
from tests.small_months import shop
from tests.test_playbook_shifts import PAGES as SHIFT_PAGES
from tests.test_playbook_shifts import plans

EXAMPLE = Path(simulator.__file__).parent / "data" / "examples" / "portfolio"
START = date(2027, 3, 1)
PAGES = "Page,Client,Months Of Service\nsalon,salon,3\nschool,academy:2,\n"
SHIFTS = "Day,Start,End,Page\nMon-Fri,09:00,13:00,\n"
PLAN = "Posting Time,Text,Format,Purpose,Topic\n2027-03-02 18:00,Long hair or short?,photo,talk,hair\n"
SCHOOL = PLAN.replace("hair or", "CV or").replace("hair", "career")


FEW = "portfolio.few_posts"


def read_portfolio(folder: Path, days: int = 28) -> tuple[PortfolioPlan, list[Problem]]:
    """A portfolio and its problems; that the pages of these tests post once or twice is not told."""
    plan, problems = portfolio_module.read_portfolio(folder, days)
    warnings = tuple(one for one in plan.warnings if one.rule != FEW)
    return replace(plan, warnings=warnings), [one for one in problems if one.rule != FEW]


def folder_of(path: Path, sheet: str = PAGES, shifts: str | None = SHIFTS, **plans: str) -> Path:
    """A portfolio in ``path``: its sheets and a plan for each page."""
    plans = {"salon": PLAN, "school": SCHOOL} | plans
    path.mkdir(parents=True, exist_ok=True)
    (path / "portfolio.csv").write_text(sheet, encoding="utf-8")
    if shifts is not None:
        (path / "shifts.csv").write_text(shifts, encoding="utf-8")
    for page, plan in plans.items():
        (path / page).mkdir(exist_ok=True)
        (path / page / "plan.csv").write_text(plan, encoding="utf-8")
    return path


def told(problems: list[Problem]) -> list[tuple[str, str, int | None]]:
    return [(one.rule.removeprefix("portfolio."), one.file, one.line) for one in problems]


def rows(path: Path, text: str) -> list[tuple[str, int | None]]:
    """What is told of a sheet with these rows below the usual header."""
    (path / "portfolio.csv").write_text(",".join(COLUMNS) + "\n" + text, encoding="utf-8")
    _, problems = read_rows(path / "portfolio.csv")
    return [(one.rule.removeprefix("portfolio."), one.line) for one in problems]


# ------------------------------------------------------------------ good portfolios


def test_golden_a_portfolio_of_two_pages(tmp_path: Path) -> None:
    """Golden: pages in their order with client, playbook and months; shifts for all; no problem."""
    plan, problems = read_portfolio(folder_of(tmp_path))
    assert problems == []
    assert [(one.page, one.client.label, one.months_of_service) for one in plan.assignments] == [
        ("salon", "salon:1", 3),
        ("school", "academy:2", 0),
    ]
    assert [len(one.playbook.plan.posts) for one in plan.assignments] == [1, 1]
    assert plan.shifts.hours_per_week == 20
    assert PortfolioPlan.read(tmp_path).assignments[0].page == "salon"


def test_law_shifts_name_pages_as_the_portfolio_does(tmp_path: Path) -> None:
    """Law: a shift may be for one page, in whatever case; for one that is not there it is an error."""
    plan, problems = read_portfolio(folder_of(tmp_path, shifts=SHIFTS + "Sat,09:00,10:00,School\n"))
    assert problems == []
    assert plan.shifts.shifts[1].page == "school"
    _, problems = read_portfolio(folder_of(tmp_path, shifts=SHIFTS + "Sat,09:00,10:00,academy\n"))
    assert told(problems) == [("shifts.unknown_page", "shifts.csv", 3)]
    assert "choose one of: salon, school" in str(problems[0])


def test_golden_the_guide_shows_the_example() -> None:
    """Golden: the sheets in the guide are those of the shipped example; its pages are the clients' own."""
    guide = (Path(__file__).parents[1] / "docs" / "inbox.md").read_text(encoding="utf-8")
    for name in ("portfolio.csv", "shifts.csv"):
        assert f"```csv\n{(EXAMPLE / name).read_text(encoding='utf-8')}```" in guide
    for one in PortfolioPlan.read(EXAMPLE).assignments:
        for file in (EXAMPLE.parent / one.client.name).iterdir():
            if file.name != "shifts.csv":
                assert (EXAMPLE / one.page / file.name).read_bytes() == file.read_bytes()


# ------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("row", "expected", "words"),
    [
        ("salon,saloon,", [("unknown_client", 2)], 'did you mean "salon"?'),
        ("salon,,", [("unknown_client", 2)], "choose one of: academy"),
        ("salon,own.toml,", [("unknown_client", 2)], "choose one of"),
        ("salon,salon:x,", [("bad_client_seed", 2)], "salon:7"),
        ("salon,salon:,", [("bad_client_seed", 2)], "whole number"),
        ("salon,salon,three", [("bad_months", 2)], "from 0 to 600"),
        ("salon,salon,-1", [("bad_months", 2)], "empty cell"),
        ("salon,salon,601", [("bad_months", 2)], "601"),
        (",salon,", [("no_page", 2)], "the name of its folder"),
        ("../salon,salon,", [("bad_page", 2)], "salon-2"),
        (".hidden,salon,", [("bad_page", 2)], "letters, digits"),
        ("a/b,salon,", [("bad_page", 2)], "a/b"),
        ("salon,saloon,x", [("unknown_client", 2), ("bad_months", 2)], "did you mean"),
        ("salon,salon,1,2", [("plan.too_many_cells", 2)], ""),
        ("salon,salon,\nSalon,academy,", [("same_page", 3)], "line 2 has a page of this name"),
        ("", [("no_pages", None)], "a row for each"),
    ],
)
def test_law_a_mistake_is_told_with_its_place_and_the_way_out(
    tmp_path: Path, row: str, expected: list[tuple[str, int | None]], words: str
) -> None:
    """Law: line, column, value, rule and way out of every cell that cannot be read."""
    (tmp_path / "portfolio.csv").write_text(",".join(COLUMNS) + f"\n{row}\n", encoding="utf-8")
    _, problems = read_rows(tmp_path / "portfolio.csv")
    assert [(rule, line) for rule, _, line in told(problems)] == expected
    assert words in str(problems[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["portfolio.empty_file"]),
        ("a,b\n", ["portfolio.no_header"]),
        ("Page,Months Of Service\nsalon,3\n", ["portfolio.missing_column"]),
        ("Page,Client,Month Of Service\nsalon,salon,\n", ["portfolio.unknown_column"]),
        ("Page;Client\nsalon;salon\n", []),
        ("page\tclient\nsalon\tsalon\n", []),
    ],
)
def test_extreme_broken_sheets(tmp_path: Path, text: str, expected: list[str]) -> None:
    """Extreme: empty files, wrong headers; other signs between cells and small letters are read."""
    (tmp_path / "portfolio.csv").write_text(text, encoding="utf-8")
    _, problems = read_rows(tmp_path / "portfolio.csv")
    assert [one.rule for one in problems] == expected


def test_extreme_eight_pages_and_one_more(tmp_path: Path) -> None:
    """Extreme: eight pages are read; a ninth row is an error in its line, however many follow."""
    eight = "".join(f"page-{number},salon:{number},\n" for number in range(8))
    assert rows(tmp_path, eight) == []
    assert rows(tmp_path, eight + "ninth,salon,\n" * 2) == [("too_many", 10)]
    assert rows(tmp_path, eight * 1_000) == [("too_many", 10)]


def test_law_every_problem_of_every_file_at_once(tmp_path: Path) -> None:
    """Law: the sheet's, the shifts' and each page's problems, files named within the portfolio."""
    folder = folder_of(
        tmp_path,
        sheet=PAGES.replace("academy:2", "academi") + "gone,newsroom,\n",
        shifts="Day,Start,End,Page\nMon,09:00,11:00,\nMon,10:00,12:00,shop\n",
        salon=PLAN + "2027-03-03 25:00,Hair too late?,photo,talk,hare\n",
        school=SCHOOL + "2027-03-03,CV: no hour?,photo,talk,career\n",
    )
    (folder / "school" / "replies.csv").write_text("Rule,Action\nAll,hid\n", encoding="utf-8")
    _, problems = read_portfolio(folder)
    assert told(problems) == [
        ("unknown_client", "portfolio.csv", 3),
        ("no_page_folder", "portfolio.csv", 4),
        ("plan.bad_hour", "salon/plan.csv", 3),
        ("plan.unknown_topic", "salon/plan.csv", 3),
        ("plan.no_hour", "school/plan.csv", 3),
        ("replies.unknown_action", "school/replies.csv", 2),
        ("shifts.unknown_page", "shifts.csv", 3),
        ("shifts.overlap", "shifts.csv", 3),
    ]
    assert "salon, school" in str(problems[1])
    with pytest.raises(PlaybookError) as raised:
        PortfolioPlan.read(folder)
    assert len(raised.value.problems) == 8


def test_law_overlapping_shifts(tmp_path: Path) -> None:
    """Law: one pair of hands is in one place, for whichever pages its shifts are."""
    shifts = "Day,Start,End,Page\nMon-Fri,09:00,13:00,salon\nTue,12:00,14:00,school\n"
    _, problems = read_portfolio(folder_of(tmp_path, shifts=shifts))
    assert told(problems) == [("shifts.overlap", "shifts.csv", 3)]


def test_law_a_page_has_no_shifts_of_its_own(tmp_path: Path) -> None:
    """Law: a rota inside a page's folder is an error that says where its rows go, and is not read."""
    folder = folder_of(tmp_path)
    (folder / "salon" / "shifts.csv").write_text("Day,Start,End,Page\nMon,9,10,saloon\n", encoding="utf-8")
    plan, problems = read_portfolio(folder)
    assert told(problems) == [("shifts_inside", "salon/shifts.csv", None)]
    assert "with salon under Page" in str(problems[0])
    assert plan.assignments[0].playbook.shifts is None


@pytest.mark.parametrize(
    ("files", "rule"),
    [
        ([], "no_sheet"),
        (["plan.csv"], "one_page"),
        (["shifts.csv"], "no_sheet"),
        (["a/plan.csv"], "no_sheet"),
    ],
)
def test_extreme_folders_that_are_no_portfolio(tmp_path: Path, files: list[str], rule: str) -> None:
    """Extreme: an empty folder, one page's playbook, shifts or pages without a sheet: one problem each."""
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PLAN, encoding="utf-8")
    assert told(read_portfolio(tmp_path)[1]) == [(rule, str(tmp_path), None)]
    assert not is_portfolio(tmp_path)
    assert "--start" in str(read_portfolio(tmp_path / "nowhere")[1][0])


def test_law_problems_of_a_pages_folder_name_the_page(tmp_path: Path) -> None:
    """Law: what is wrong with a folder as a whole is told under the page's name."""
    folder = folder_of(tmp_path)
    (folder / "salon" / "plan.csv").unlink()
    assert told(read_portfolio(folder)[1]) == [("playbook.nothing_here", "salon", None)]


def test_law_advice_for_several_pages_is_told_once(tmp_path: Path) -> None:
    """Law: dates outside a short run are one problem with all places and the days that it takes."""
    late = "".join(f"2027-03-{day} 18:00,Hair of day {day}?,photo,talk,hair\n" for day in (10, 11, 20))
    folder = folder_of(tmp_path, salon=PLAN + late, school=SCHOOL + late.replace("hair", "career"))
    _, problems = read_portfolio(folder, days=7)
    outside = [one for one in problems if one.severity == "error"]
    assert told(outside) == [("playbook.outside_days", "salon/plan.csv", 3)]
    assert "6 rows stand outside it (salon/plan.csv 3-5; school/plan.csv 3-5)" in outside[0].says
    assert "--days 20" in outside[0].way_out
    one_row = folder_of(tmp_path / "one", salon=PLAN + late.splitlines()[0] + "\n")
    problems = [one for one in read_portfolio(one_row, days=7)[1] if one.severity == "error"]
    assert told(problems) == [("plan.outside_days", "salon/plan.csv", 3)]


def test_law_the_same_mistake_on_several_pages_is_told_once(tmp_path: Path) -> None:
    """Law: the first is told, with every other page on which it stands; two on one page are two."""
    bad = "2027-03-03 18:00,Tea or coffee?,foto,talk,{}\n"
    folder = folder_of(tmp_path, salon=PLAN + bad.format("hair"), school=SCHOOL + bad.format("career"))
    _, problems = read_portfolio(folder)
    errors = [one for one in problems if one.severity == "error"]
    assert told(errors) == [("plan.unknown_format", "salon/plan.csv", 3)]
    assert errors[0].says.endswith("(so in school/plan.csv 3, too)")
    twice = folder_of(tmp_path / "two", salon=PLAN + 2 * bad.format("hair"))
    errors = [one for one in read_portfolio(twice)[1] if one.severity == "error"]
    assert told(errors) == [("plan.unknown_format", "salon/plan.csv", line) for line in (3, 4)]


def test_law_months_begin_on_one_day() -> None:
    """Law: clients whose months begin apart cannot be played on one clock."""
    later = load_client("salon")
    later = replace(later, file=later.file.model_copy(update={"month_start": date(2027, 4, 5)}))
    found = list(problems_of([Assignment("a", shop(), Playbook()), Assignment("b", later, Playbook())], "f"))
    assert [one.rule for one in found] == ["portfolio.other_start"]
    assert "2027-04-05" in str(found[0])


# ------------------------------------------------------------------ warnings


@pytest.mark.parametrize(
    ("shifts", "expected"),
    [
        (None, ["nobody_there"]),
        ("Day,Start,End,Page\n", ["no_rows"]),
        ("Day,Start,End,Page\n2027-03-09,,,\n", ["no_rows"]),
        ("Day,Start,End,Page\nMon-Fri,09:00,10:00,salon\n", ["page_without_hands"]),
        ("Day,Start,End,Page\n2027-03-09,09:00,10:59,\n", ["too_few_hours"]),
        ("Day,Start,End,Page\n2027-03-09,09:00,11:00,\n", []),
    ],
)
def test_law_what_a_colleague_asks_about(tmp_path: Path, shifts: str | None, expected: list[str]) -> None:
    """Law: nobody there at all, or for a page; posts that want more hours than there are. Warnings only."""
    _, problems = read_portfolio(folder_of(tmp_path, shifts=shifts))
    assert [rule for rule, _, _ in told(problems)] == expected
    assert {one.severity for one in problems} <= {"warning"}
    told_too = [one for one in PortfolioPlan.read(tmp_path).warnings if one.rule != FEW]
    assert len(told_too) == len(expected)


def test_law_fewer_posts_than_a_page_is_used_to_are_told(tmp_path: Path) -> None:
    """Law: both numbers, for each page, one with an empty sheet too; where all are empty nothing is said."""
    empty = PLAN.splitlines()[0] + "\n"
    folder = folder_of(tmp_path, school=empty)
    found = [one for one in portfolio_module.read_portfolio(folder)[1] if one.rule == FEW]
    assert [one.file for one in found] == ["salon/plan.csv", "school/plan.csv"]
    assert "posts planned for 28 days: 1; this page is used to 12" in str(found[0])
    assert "posts planned for 28 days: 0;" in str(found[1])
    begun = portfolio_module.read_portfolio(folder_of(tmp_path / "begun", salon=empty, school=empty))[1]
    assert FEW not in {one.rule for one in begun}
    many = PLAN + "".join(
        f"2027-03-{day:02d} 18:00,Short hair {day}?,photo,talk,hair\n" for day in range(3, 14)
    )
    found = portfolio_module.read_portfolio(folder_of(tmp_path, salon=many))[1]
    assert FEW not in {one.rule for one in found if one.file == "salon/plan.csv"}


def test_law_too_few_hours_are_told_in_numbers(tmp_path: Path) -> None:
    """Law: hours wanted (those named, else one) and hours there."""
    plan = "Posting Time,Text,Format,Purpose,Topic,Production Hours\n"
    plan += "2027-03-02 18:00,Hair: long work?,video,talk,hair,6.5\n"
    plan += "2027-03-03 18:00,Hair: usual work?,photo,talk,hair,\n"
    folder = folder_of(tmp_path, shifts="Day,Start,End,Page\n2027-03-09,09:00,11:00,\n", salon=plan)
    (problem,) = read_portfolio(folder)[1]
    assert "want 8.5 hours in 28 days, and the shifts hold 2," in str(problem)


def test_law_a_portfolio_is_not_asked_about_the_clients_paid_hours(tmp_path: Path) -> None:
    """Law: posts are made in shifts, so what fits into a client's paid week is not asked; nor whose hands."""
    plan = "Posting Time,Text,Format,Purpose,Topic,Production Hours\n"
    plan += "".join(f"2027-03-0{day} 18:00,Hair on day {day}?,video,talk,hair,6\n" for day in range(1, 6))
    folder = folder_of(tmp_path, salon=plan)
    (folder / "salon" / "replies.csv").write_text("Rule,Action\nAll,personal reply\n", encoding="utf-8")
    assert read_portfolio(folder)[1] == []


def test_law_a_client_twice_and_a_folder_without_a_row(tmp_path: Path) -> None:
    """Law: the same client twice is one page twice; a playbook nobody names is not played."""
    folder = folder_of(tmp_path, sheet=PAGES.replace("academy:2", "salon"), school=PLAN, other=PLAN)
    assert told(read_portfolio(folder)[1]) == [
        ("unlisted", "other", None),
        ("same_client", "portfolio.csv", 3),
    ]


def test_theory_hours_wanted_and_there() -> None:
    """Theory: no less than the least hours a post; shifts of dates in place of weekdays."""
    moment = datetime(2027, 3, 2, 12)
    posts = [
        Post(moment, "a", "photo", "talk", "bread", production_hours=hours) for hours in (None, 2.0, 0.0)
    ]
    one = Assignment("bakery", load_client("salon"), Playbook(plan=ContentPlan(tuple(posts))))
    p = one.client.hidden.parameters
    wanted = p["desk.usual_hours"] + 2 + p["production.least_hours"]
    assert hours_wanted(one.playbook.plan.posts, one.client) == wanted
    shifts = ShiftPlan((Shift((0, 1), 540, 600), Shift((), 0, 0, date=date(2027, 3, 9))))
    assert shifts.hours(START, 28) == 7
    assert shifts.hours(START, 1) == 1


# ------------------------------------------------------------------ written and read


def test_invariant_a_portfolio_comes_back_as_written(tmp_path: Path) -> None:
    """Invariant: pages, clients, months, playbooks and shifts; a rota within a playbook is not written."""
    shifts = ShiftPlan((Shift((0, 1), 540, 600, "salon"), Shift((2,), 540, 600)))
    rules = ReplyRules((ReplyRule("Spam", Pattern.parse("check out"), action="hide"),))
    book = Playbook(
        Page(name="Maua"),
        ContentPlan((Post(datetime(2027, 3, 2, 12), "Hello", "photo", "talk", "hair"),)),
        replies=rules,
        shifts=shifts,
    )
    pages = (
        Assignment("salon", load_client("salon:3"), book, 7),
        Assignment("B 2", load_client("academy"), Playbook()),
    )
    PortfolioPlan(pages, shifts).write(tmp_path)
    found, problems = read_portfolio(tmp_path)
    assert not [one for one in problems if one.severity == "error"]
    assert found.shifts == shifts
    assert [(one.page, one.client.label, one.months_of_service) for one in found.assignments] == [
        ("salon", "salon:3", 7),
        ("B 2", "academy:1", 0),
    ]
    assert found.assignments[0].playbook == replace(book, shifts=None)
    assert not (tmp_path / "salon" / "shifts.csv").exists()


def test_extreme_a_page_that_cannot_be_a_folder_is_not_written(tmp_path: Path) -> None:
    """Extreme: nothing is written outside the folder, and nothing inside it either."""
    plan = PortfolioPlan((Assignment("../up", bakery(), Playbook()),))
    with pytest.raises(PlaybookError, match=r"\.\./up"):
        plan.write(tmp_path / "inner")
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=70))
@settings(max_examples=300, deadline=None)
def test_invariant_a_page_stays_in_its_folder(page: str) -> None:
    """Invariant: whatever is taken for a page's name is one part of a path, and not a hidden one."""
    if is_folder_name(page):
        assert Path(page).parts == (page,)
        assert page.strip() == page
        assert not page.startswith((".", "-", "~"))
        assert not set(page) & set('\\/:*?"<>|.\n\0')


@given(st.lists(st.lists(st.text(max_size=12), max_size=4), max_size=12), st.booleans())
@settings(max_examples=100, deadline=None)
def test_extreme_any_cells_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]], headed: bool
) -> None:
    """Extreme: whatever stands in the cells, there are problems with sentences and no other error."""
    out = io.StringIO()
    csv.writer(out).writerows([list(COLUMNS), *cells] if headed else cells)
    path = tmp_path_factory.mktemp("any") / "portfolio.csv"
    path.write_bytes(out.getvalue().encode())
    _, problems = read_portfolio(path.parent)
    assert all(one.says and one.way_out for one in problems)


# ------------------------------------------------------------------ begun


def test_golden_a_portfolio_is_begun(tmp_path: Path) -> None:
    """Golden: both sheets, and for every client the page as found and empty sheets but no shifts."""
    files = start_portfolio(tmp_path / "new", [load_client("salon"), load_client("salon:2")])
    assert [path.relative_to(tmp_path / "new").as_posix() for path in files] == [
        "portfolio.csv",
        "shifts.csv",
        *(
            f"{page}/{name}"
            for page in ("salon", "salon-2")
            for name in ("page.toml", "plan.csv", "ads.csv", "replies.csv")
        ),
    ]
    plan, problems = read_portfolio(tmp_path / "new")
    assert told(problems) == [("no_rows", "shifts.csv", None)]
    assert [one.client.label for one in plan.assignments] == ["salon:1", "salon:2"]
    assert plan.assignments[0].playbook.page == Page(**load_client("salon").file.page)


def test_invariant_beginning_never_overwrites(tmp_path: Path) -> None:
    """Invariant: what is there stays as it is; a portfolio that is there already is not begun again."""
    (tmp_path / "salon").mkdir()
    for name in ("shifts.csv", "salon/plan.csv"):
        (tmp_path / name).write_text("mine", encoding="utf-8")
    start_portfolio(tmp_path, [load_client("salon")])
    assert (tmp_path / "shifts.csv").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "salon" / "plan.csv").read_text(encoding="utf-8") == "mine"
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(PlaybookError, match="there is a portfolio already"):
        start_portfolio(tmp_path, [load_client("academy")])
    assert sorted(tmp_path.rglob("*")) == before


def test_extreme_portfolios_that_cannot_begin(tmp_path: Path) -> None:
    """Extreme: no client, one twice, nine, and a client that the sheet could not name: nothing is written."""
    nine = [load_client(f"salon:{seed}") for seed in range(9)]
    for clients, words in (
        ([], "begins with its clients"),
        ([nine[1], nine[1]], "named twice"),
        (nine, "at most 8"),
        ([bakery()], "this is not a client"),
    ):
        with pytest.raises(PlaybookError, match=words):
            start_portfolio(tmp_path / "new", clients)
    assert not (tmp_path / "new").exists()


@given(plans())
@settings(max_examples=100, deadline=None)
def test_invariant_a_pages_own_plan_of_shifts_holds_its_stretches(plan: ShiftPlan) -> None:
    """Invariant: on every day, what is for a page or for any page, and nothing else."""
    for page in SHIFT_PAGES:
        own = plan.for_page(page)
        for day in range(28):
            there = [(begin, end) for begin, end, name in plan.on_day(day, START) if name in ("", page)]
            assert [(begin, end) for begin, end, _ in own.on_day(day, START)] == there
