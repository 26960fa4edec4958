"""Shifts say when somebody is there; a sheet tells every problem at once, and comes back as written."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import PlaybookError, Problem
from simulator.playbook.checks import check_playbook
from simulator.playbook.playbook import Playbook, read_folder
from simulator.playbook.shift_cells import IN_SWAHILI, read_days, written_days
from simulator.playbook.shifts import EVERY_DAY, WEEKDAYS, Shift, ShiftPlan, clock
from simulator.playbook.shifts_sheet import COLUMNS, read_shifts, write_shifts
from simulator.playbook.time_cells import read_time
from simulator.playbook.trade_files import CellError
from simulator.texts import DEFAULT_LANGUAGE, catalogue
from simulator.world.clients import load_client
from tests.playbook_client import bakery

GUIDE = Path(__file__).parents[1] / "docs" / "inbox.md"
START = date(2027, 3, 1)
PAGES = ("online-shop", "salon")


def read(
    folder: Path, text: str, *, month_start: date | None = START, pages: tuple[str, ...] | None = PAGES
) -> tuple[ShiftPlan, list[Problem]]:
    """What rows below the usual header are read as."""
    path = folder / "shifts.csv"
    path.write_text("Day,Start,End,Page\n" + text, encoding="utf-8", newline="")
    return read_shifts(path, month_start=month_start, pages=pages)


def told(problems: list[Problem]) -> list[tuple[str, int | None]]:
    return [(found.rule.removeprefix("shifts."), found.line) for found in problems]


# ------------------------------------------------------------------ who is there when


@pytest.mark.parametrize(
    ("written", "weekdays"),
    [
        ("Monday", (0,)),
        (" tue ", (1,)),
        ("SUN", (6,)),
        ("wed.", (2,)),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Monday – Wednesday", (0, 1, 2)),
        ("Fri-Mon", (4, 5, 6, 0)),
        ("Sun-Sat", (6, 0, 1, 2, 3, 4, 5)),
        ("Mon-Sun", EVERY_DAY),
        ("Thu-Thu", (3,)),
        ("Daily", EVERY_DAY),
        ("kila siku", EVERY_DAY),
        ("Every  day", EVERY_DAY),
        ("everyday", EVERY_DAY),
        ("Mon\N{EN DASH}Fri", (0, 1, 2, 3, 4)),
        ("Mon to Fri", (0, 1, 2, 3, 4)),
        ("Jumatatu hadi Ijumaa", (0, 1, 2, 3, 4)),
        ("weekdays", (0, 1, 2, 3, 4)),
        ("siku za kazi", (0, 1, 2, 3, 4)),
        ("Weekend", (5, 6)),
        ("wikendi", (5, 6)),
        ("mwisho wa wiki", (5, 6)),
        ("Jumatatu-Ijumaa", (0, 1, 2, 3, 4)),
        *zip(IN_SWAHILI, ((day,) for day in EVERY_DAY), strict=True),
        *zip(WEEKDAYS, ((day,) for day in EVERY_DAY), strict=True),
    ],
)
def test_law_days_as_people_write_them(written: str, weekdays: tuple[int, ...]) -> None:
    """Law: weekdays in full or short, in English and Swahili, ranges over the weekend, every day."""
    assert read_days(written).weekdays == weekdays
    assert read_days(written).date is None


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("08:00", 480),
        ("8:05", 485),
        ("00:00", 0),
        ("24:00", 1440),
        ("18:30:00", 1110),
        ("", None),
        (" ", None),
        ("6am", 360),
        ("6 pm", 1080),
        ("6:30 P.M.", 1110),
        ("12am", 0),
        ("12 pm", 720),
        ("18.00", 1080),
        ("1800", 1080),
        ("0800", 480),
        ("18h", 1080),
        ("18h30", 1110),
        ("24h", 1440),
    ],
)
def test_law_times_as_people_write_them(written: str, minutes: int | None) -> None:
    """Law: hour and minute, seconds, points, h, am and pm, and midnight at either end."""
    assert read_time(written) == minutes


def test_golden_a_week(tmp_path: Path) -> None:
    """Golden: the stretches of each day, in order, with dates in place of their weekdays."""
    plan, problems = read(
        tmp_path,
        "Mon-Fri,18:00,20:00,\nMon,08:00,10:00,salon\nSat,10:00,24:00, Online-Shop \n"
        "2027-03-03,,,\n2027-03-07,09:00,09:30,\n",
    )
    assert told(problems) == [("long_day", 4)]
    assert [plan.on_day(day, START) for day in range(8)] == [
        ((480, 600, "salon"), (1080, 1200, "")),
        ((1080, 1200, ""),),
        (),
        ((1080, 1200, ""),),
        ((1080, 1200, ""),),
        ((600, 1440, "online-shop"),),
        ((540, 570, ""),),
        ((480, 600, "salon"), (1080, 1200, "")),
    ]
    assert plan.hours_per_week == 10 + 2 + 14
    assert plan.on_day(0, date(2027, 3, 3)) == ()
    assert plan.on_day(0, date(2027, 3, 2)) == ((1080, 1200, ""),)


def test_extreme_nobody_is_ever_there() -> None:
    """Extreme: no shifts, or only days off, are no hands."""
    assert ShiftPlan().on_day(0, START) == ()
    assert (ShiftPlan().hours_per_week, ShiftPlan().has_hands) == (0, False)
    assert not ShiftPlan((Shift((), 0, 0, date=START),)).has_hands


# ------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("row", "rule", "column", "words"),
    [
        ("Mondey,08:00,10:00,", "unknown_day", "Day", 'did you mean "Monday"?'),
        ("Mon-Fry,08:00,10:00,", "unknown_day", "Day", '"Mon-Fry"'),
        ("Mon-Tue-Wed,08:00,10:00,", "unknown_day", "Day", "two with a hyphen"),
        ("Jumanane,08:00,10:00,", "unknown_day", "Day", 'did you mean "Jumanne"?'),
        (",08:00,10:00,", "unknown_day", "Day", "choose one of"),
        ("2027-02-29,08:00,10:00,", "no_such_date", "Day", "for example 2027-03-09"),
        ("9999-12-31,08:00,10:00,", "no_such_date", "Day", "there is no such date"),
        ("2027-03-29,08:00,10:00,", "outside_days", "Day", "from 2027-03-01 to 2027-03-28"),
        ("Mon,25:00,10:00,", "bad_hour", "Start", "an hour goes from 00 to 24"),
        ("Mon,08:00,38:00,", "bad_hour", "End", "a row of the next day"),
        ("Mon,08:00,24:01,", "bad_hour", "End", "from 00 to 24"),
        ("Mon,08:60,10:00,", "bad_minute", "Start", "minutes go from 00 to 59"),
        ("8/3/2027,08:00,10:00,", "ambiguous_date", "Day", "write 2027-03-08 or 2027-08-03"),
        ("8.3.27,08:00,10:00,", "ambiguous_date", "Day", "write 2027-03-08 or 2027-08-03"),
        ("15/3/2027,08:00,10:00,", "date_as", "Day", "write 2027-03-15"),
        ("3/3/2027,08:00,10:00,", "date_as", "Day", "write 2027-03-03"),
        ("15/13/2027,08:00,10:00,", "no_such_date", "Day", "for example 2027-03-09"),
        ("2027/03/29,08:00,10:00,", "outside_days", "Day", "from 2027-03-01 to 2027-03-28"),
        ("Mon,8,10:00,", "morning_or_evening", "Start", "write 08:00, or 20:00 if the evening is meant"),
        ("Mon,730,10:00,", "morning_or_evening", "Start", "write 07:30, or 19:30"),
        ("Mon,08:00,18,", "time_as", "End", "write 18:00"),
        ("Mon,13pm,18:00,", "bad_time", "Start", "HH:mm"),
        ("Mon,08:00,2500,", "bad_hour", "End", "an hour goes from 00 to 24"),
        ("Mon,18:00,12am,", "until_midnight", "End", "write 24:00"),
        ("Mon,08:00,noon,", "bad_time", "End", "write for example 18:00"),
        ("Mon,08:00,,", "no_time", "End", "the time is missing"),
        ("2027-03-09,,08:00,", "no_time", "Start", "for a day off"),
        ("Mon,22:00,06:00,", "end_first", "End", "22:00 to 24:00, and 00:00 to 06:00 on the next day"),
        ("Mon,08:00,08:00,", "no_length", "End", "ends when it begins, at 08:00"),
        ("Mon,08:00,10:00,saloon", "unknown_page", "Page", 'did you mean "salon"?'),
        ("Mon,08:00,10:00,x", "unknown_page", "Page", "choose one of: online-shop, salon"),
    ],
)
def test_law_a_mistake_is_told_with_its_place_and_the_way_out(
    tmp_path: Path, row: str, rule: str, column: str, words: str
) -> None:
    """Law: line, column, value, rule and way out; other rows are read."""
    plan, problems = read(tmp_path, f"Sat,08:00,10:00,\n{row}\n")
    assert [(*found, one.column) for found, one in zip(told(problems), problems, strict=True)] == [
        (rule, 3, column)
    ]
    assert words in str(problems[0])
    assert plan.shifts[0].line == 2


def test_law_all_mistakes_at_once(tmp_path: Path) -> None:
    """Law: a row with several mistakes tells each, and so do the next rows."""
    _, problems = read(tmp_path, "Mondey,25:00,8,x\nMon,10:00,09:00,\nMon,,,\n")
    expected = [("unknown_day", 2), ("bad_hour", 2), ("morning_or_evening", 2), ("unknown_page", 2)]
    expected.append(("end_first", 3))
    assert told(problems) == [*expected, ("no_time", 4), ("no_time", 4)]


def test_law_an_unreadable_cell_hides_nothing_else(tmp_path: Path) -> None:
    """Law: what is wrong with a row's times, and with rows together, is told whatever its page is."""
    plan, problems = read(tmp_path, "Mon,10:00,09:00,x\nTue,08:00,12:00,x\nTue,11:00,13:00,\nfoo,1,2,\n")
    assert ("end_first", 2) in told(problems)
    assert ("overlap", 4) in told(problems)
    assert [one.line for one in plan.shifts] == [4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["shifts.empty_file"]),
        ("a,b\n", ["shifts.no_header"]),
        ("Day,Start\nMon,08:00\n", ["shifts.missing_column"]),
        ("Day,Start,End,Pages\nMon,08:00,09:00,\n", ["shifts.unknown_column"]),
        ("Day;Start;End\nMon;08:00;09:00;x\n", ["plan.too_many_cells"]),
        ("Day\tStart\tEnd\nMon\t08:00\t09:00\n", []),
        ("Day,Start,End,Page\n", []),
    ],
)
def test_extreme_broken_sheets(tmp_path: Path, text: str, expected: list[str]) -> None:
    """Extreme: empty files, wrong headers, cells too many; a header alone is nobody there."""
    (tmp_path / "shifts.csv").write_text(text)
    plan, problems = read_shifts(tmp_path / "shifts.csv")
    assert [found.rule for found in problems] == expected
    assert bool(plan.shifts) == (text.count("\n") == 2 and expected in ([], ["shifts.unknown_column"]))


def test_law_two_shifts_at_one_time(tmp_path: Path) -> None:
    """Law: one person is in one place: both lines are named, once, whatever their pages."""
    _, problems = read(tmp_path, "Mon-Fri,08:00,12:00,salon\nTue-Sat,11:00,13:00,online-shop\n")
    assert told(problems) == [("overlap", 3)]
    assert "line 2 has 08:00-12:00 on Tuesday" in str(problems[0])
    _, problems = read(
        tmp_path, "2027-03-02,08:00,12:00,\n2027-03-02,09:00,10:00,\n2027-03-02,11:00,13:00,\n"
    )
    assert told(problems) == [("overlap", 3), ("overlap", 4)]


@pytest.mark.parametrize(
    "rows",
    [
        "Mon,08:00,12:00,\nMon,12:00,13:00,\n",
        "Mon,08:00,12:00,\nTue,08:00,12:00,\n",
        "Mon,08:00,12:00,\n2027-03-01,09:00,11:00,\n",
        "Mon,22:00,24:00,\nTue,00:00,02:00,\n",
    ],
)
def test_law_shifts_may_touch(tmp_path: Path, rows: str) -> None:
    """Law: one shift after another, on different days, over midnight, and a date instead of its weekday."""
    assert read(tmp_path, rows)[1] == []


def test_law_a_day_of_thirty_hours(tmp_path: Path) -> None:
    """Law: rows of one day that come to more than it has are an error besides their overlap."""
    _, problems = read(tmp_path, "Mon,06:00,20:00,\nMon,06:00,22:00,\n")
    assert told(problems) == [("overlap", 3), ("longer_than_a_day", 3)]
    assert "the shifts of this day come to 30 hours, and a day has 24" in str(problems[1])


def test_law_a_day_off_with_work(tmp_path: Path) -> None:
    """Law: a date cannot be a day off in one row and worked in another."""
    _, problems = read(tmp_path, "2027-03-09,,,\n2027-03-09,08:00,09:00,\n")
    assert told(problems) == [("off_and_on", 2)]


# ------------------------------------------------------------------ warnings


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Mon-Fri,08:00,20:00,\n", []),
        ("Mon-Fri,08:00,12:00,\nMon-Fri,12:00,20:01,\n", [("long_day", 3), ("long_week", None)]),
        ("2027-03-07,06:00,20:00,\n", [("long_day", 2)]),
        ("Mon-Sat,08:00,18:00,\n", []),
        ("Mon-Sat,08:00,18:01,\n", [("long_week", None)]),
        ("daily,18:00,19:00,\n", [("no_day_off", None)]),
        ("Mon-Sat,18:00,19:00,\n2027-03-14,18:00,19:00,\n", [("no_day_off", 3)]),
        ("daily,18:00,19:00,\n2027-03-14,,,\n", [("no_day_off", None)]),
        ("Mon-Sat,08:00,18:00,\n2027-03-10,08:00,19:00,\n", [("long_week", 3)]),
        ("Mon-Fri,06:00,10:00,\n", []),
    ],
)
def test_law_what_a_colleague_asks_about(
    tmp_path: Path, rows: str, expected: list[tuple[str, int | None]]
) -> None:
    """Law: long days, long weeks and weeks without a day off; dates are looked at in their own week."""
    _, problems = read(tmp_path, rows)
    assert told(problems) == expected
    assert {found.severity for found in problems} <= {"warning"}


# ------------------------------------------------------------------ any sheet


@st.composite
def plans(draw: st.DrawFn) -> ShiftPlan:
    """Shifts that do not overlap, on stretches of weekdays and on dates, with a page or none."""
    shifts = []
    for start in draw(st.lists(st.integers(0, 23), unique=True, max_size=5)):
        minutes = (start * 60 + draw(st.integers(0, 20)), start * 60 + draw(st.integers(21, 60)))
        page = draw(st.sampled_from(["", *PAGES]))
        if draw(st.booleans()):
            first, length = draw(st.integers(0, 6)), draw(st.integers(1, 7))
            days = EVERY_DAY if length == 7 else tuple((first + k) % 7 for k in range(length))
            shifts.append(Shift(days, *minutes, page))
        else:
            shifts.append(Shift((), *minutes, page, START + timedelta(days=draw(st.integers(0, 27)))))
    return ShiftPlan(tuple(shifts))


@given(plans())
@settings(max_examples=150, deadline=None)
def test_invariant_shifts_come_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, plan: ShiftPlan
) -> None:
    """Invariant: writing shifts and reading them gives the same shifts, and the same hours on every day."""
    path = tmp_path_factory.mktemp("shifts") / "shifts.csv"
    write_shifts(plan, path)
    found, problems = read_shifts(path, month_start=START, pages=PAGES)
    assert found == plan
    assert not [one for one in problems if one.severity == "error"]
    for day in range(28):
        stretches = found.on_day(day, START)
        assert all(0 <= start < end <= 1440 for start, end, _ in stretches)
        assert list(stretches) == sorted(stretches)


def test_invariant_days_off_and_odd_weekdays_come_back(tmp_path: Path) -> None:
    """Invariant: a day off is written with empty times; weekdays apart take a row for each stretch."""
    plan = ShiftPlan((Shift((0, 2, 3), 480, 540, "salon"), Shift((), 0, 0, date=date(2027, 3, 9))))
    write_shifts(plan, tmp_path / "shifts.csv")
    assert (tmp_path / "shifts.csv").read_text() == (
        "Day,Start,End,Page\nMon,08:00,09:00,salon\nWed-Thu,08:00,09:00,salon\n2027-03-09,,,\n"
    )
    found, problems = read_shifts(tmp_path / "shifts.csv", month_start=START, pages=PAGES)
    assert problems == []
    assert [found.on_day(day, START) for day in range(28)] == [plan.on_day(day, START) for day in range(28)]


@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_extreme_any_cells_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], headed: bool
) -> None:
    """Extreme: whatever stands in the cells, there are problems with sentences and no other error."""
    out = io.StringIO()
    csv.writer(out).writerows([list(COLUMNS), *rows] if headed else rows)
    path = tmp_path_factory.mktemp("any") / "shifts.csv"
    path.write_bytes(out.getvalue().encode())
    _, problems = read_shifts(path, month_start=START, pages=PAGES)
    assert all(found.says and found.way_out for found in problems)


DAY_LIKE = st.text("-–0129 MonFriTuesdailyJ.", max_size=12)
TIME_LIKE = st.text("0123459:", max_size=8)


@given(DAY_LIKE, TIME_LIKE)
@settings(max_examples=400, deadline=None)
def test_extreme_anything_like_a_day_or_a_time(day: str, written: str) -> None:
    """Extreme: a cell that looks right is a day, a time, or refused by rule."""
    rules = {"unknown_day", "no_such_date", "ambiguous_date", "date_as", "bad_time", "bad_hour", ""}
    rules |= {"bad_minute", "time_as", "morning_or_evening"}
    assert {_broken(read_days, day), _broken(read_time, written)} <= rules


def _broken(reader: Any, cell: str) -> str:
    try:
        reader(cell)
    except CellError as wrong:
        return wrong.rule.removeprefix("shifts.")
    return ""


@given(st.integers(0, 6), st.integers(1, 7))
def test_invariant_days_come_back_as_written(first: int, length: int) -> None:
    """Invariant: any stretch of the week is written in one piece and read the same."""
    days = tuple((first + step) % 7 for step in range(length))
    (written,) = written_days(days, None)
    assert read_days(written).weekdays == days


@given(st.integers(0, 1440))
def test_invariant_times_come_back_as_written(minutes: int) -> None:
    """Invariant: every minute of the day is written and read the same."""
    assert read_time(clock(minutes)) == minutes


@pytest.mark.parametrize("day", ["daily", None], ids=["one day", "ten thousand dates"])
def test_extreme_ten_thousand_rows(tmp_path: Path, day: str | None) -> None:
    """Extreme: a sheet of ten thousand shifts is answered."""
    dates = (day or f"{date(2000, 1, 1) + timedelta(days=k)}" for k in range(10_000))
    _, problems = read(tmp_path, "".join(f"{each},08:00,09:00,\n" for each in dates))
    assert len(problems) > 9_000


# ------------------------------------------------------------------ the playbook and the guide


def test_law_a_playbooks_shifts_are_its_clients(tmp_path: Path) -> None:
    """Law: with a client, dates lie in its month and the one page is its own; without one all is taken."""
    (tmp_path / "plan.csv").write_text("Posting Time,Text,Format,Purpose,Topic\n")
    (tmp_path / "shifts.csv").write_text(
        "Day,Start,End,Page\nMon,08:00,09:00,bakery\nTue,08:00,09:00,salon\n2028-01-01,08:00,09:00,\n"
    )
    assert check_playbook(tmp_path) == []
    with pytest.raises(PlaybookError) as refused:
        Playbook.read(tmp_path, bakery())
    assert told(list(refused.value.problems)) == [("unknown_page", 3), ("outside_days", 4)]


def test_law_the_guides_shifts_are_what_it_says(tmp_path: Path) -> None:
    """Law: the worked example has no problem and the hours that the text below it says."""
    text = GUIDE.read_text(encoding="utf-8").split("## Shifts")[1].split("```csv\n", 1)[1].split("```", 1)[0]
    (tmp_path / "shifts.csv").write_text(text)
    plan, problems = read_shifts(tmp_path / "shifts.csv", month_start=START, pages=("online-shop",))
    assert problems == []
    assert plan.hours_per_week == 24.5
    assert plan.on_day(7, START) == ()
    assert plan.on_day(18, START) == ((1080, 1440, ""),)
    assert plan.on_day(19, START) == ((0, 60, ""), (600, 720, ""))


def test_invariant_the_guide_names_every_column() -> None:
    """Invariant: no column of a sheet is left unexplained."""
    text = GUIDE.read_text(encoding="utf-8").split("## Shifts")[1]
    assert not [name for name in COLUMNS if f"`{name}`" not in text]


def test_invariant_every_rule_of_shifts_is_met_here() -> None:
    """Invariant: no sentence of the catalogue's shifts is untested."""
    here = Path(__file__).read_text(encoding="utf-8")
    known = {key.split(".")[2] for key in catalogue(DEFAULT_LANGUAGE) if key.startswith("problems.shifts.")}
    assert not [name for name in known if f"shifts.{name}" not in here and f'"{name}"' not in here]


def test_law_posts_that_want_more_than_the_shifts_hold_are_asked_about(tmp_path: Path) -> None:
    """Law: shifts.too_few_hours tells both numbers; a sheet without a row is no shifts at all."""
    client = load_client("salon")
    rows = [f'2027-03-0{day} 12:00,"Braids, day {day}",photo,inform,hair' for day in range(1, 8)]
    (tmp_path / "plan.csv").write_text("Posting Time,Text,Format,Purpose,Topic\n" + "\n".join(rows) + "\n")
    sheet = tmp_path / "shifts.csv"
    sheet.write_text("Day,Start,End,Page\nMon,08:00,09:00,\n")
    found = [one for one in check_playbook(tmp_path, client) if one.rule == "shifts.too_few_hours"]
    assert [one.severity for one in found] == ["warning"]
    assert "want 7.0 hours in 28 days, and the shifts hold 4.0" in found[0].says
    sheet.write_text("Day,Start,End,Page\n")
    assert not [one for one in check_playbook(tmp_path, client) if one.rule.startswith("shifts.")]
    assert Playbook.read(tmp_path, client).rota is None


@pytest.mark.parametrize(("start", "hurried"), [("09:00", False), ("11:30", True), ("12:00", True)])
def test_law_posts_with_too_little_shift_before_them_are_asked_about(
    tmp_path: Path, start: str, hurried: bool
) -> None:
    """Law: a post at noon of the first day wants an hour of shift before it, or is asked about."""
    row = "2027-03-01 12:00,Which pan do you use most?,photo,talk,cookware"
    (tmp_path / "plan.csv").write_text(f"Posting Time,Text,Format,Purpose,Topic\n{row}\n", "utf-8")
    (tmp_path / "shifts.csv").write_text(f"Day,Start,End,Page\nEvery day,{start},15:00,\n", "utf-8")
    _, problems = read_folder(tmp_path, load_client("online-shop"))
    assert [one.rule for one in problems if one.rule == "shifts.hurried"] == ["shifts.hurried"] * hurried
    assert all(one.line == 2 for one in problems if one.rule == "shifts.hurried")
