"""A plan is read whole: every problem at once, each with its line, and nothing else changed."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import Problem
from simulator.playbook.captions import likeness
from simulator.playbook.plan import COLUMNS, ContentPlan, read_plan, write_plan
from simulator.playbook.posts import FORMATS, PURPOSES, Post
from simulator.world.clients import load_client
from tests.playbook_client import bakery

CLIENT = bakery()
HEADER = "Posting Time,Text,Format,Purpose,Topic,Offer,Production Hours,Link,Image URL,Tags\n"
SHORT = "Posting Time,Text,Format,Purpose,Topic\n"
GRAINS = (
    "Rye",
    "Oats",
    "Corn",
    "Warm",
    "Fresh",
    "Oven",
    "Crust",
    "Crumb",
    "Wheat",
    "Millet",
    "Salt",
    "Yeast",
)


def plan_of(folder: Path, content: str | bytes) -> tuple[ContentPlan, list[Problem]]:
    path = folder / "plan.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_plan(path, client=CLIENT)


def rules(problems: list[Problem]) -> list[tuple[str, int | None]]:
    return [(found.rule, found.line) for found in problems]


def row(moment: str = "2027-03-02 09:00", text: str = "Warm loaves", rest: str = "photo,sell,bread") -> str:
    return f"{moment},{text},{rest}\n"


def test_golden_a_full_row(tmp_path: Path) -> None:
    """Every column of a row is read into its field, values in any case, with the line it stands on."""
    plan, problems = plan_of(
        tmp_path,
        HEADER + "2027-03-02 09:00,Warm loaves,Photo,SELL,Bread,20%,1.5,https://a.b, p.jpg ,new #warm\n",
    )
    expected = Post(
        datetime(2027, 3, 2, 9), "Warm loaves", "photo", "sell", "bread", 0.2, 1.5,
        "https://a.b", "p.jpg", ("new", "#warm"),
    )  # fmt: skip
    assert problems == []
    assert plan.posts == (expected,)
    assert plan.posts[0].line == 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_invariant_what_programs_write_is_simply_read(
    tmp_path: Path, separator: str, end: str, mark: bytes
) -> None:
    """Separators, line ends, byte-order marks, blank lines and quoted line breaks change nothing."""
    lines = [
        SHORT.strip(), "", '2027-03-02 09:00,"Warm', 'loaves",photo,sell,bread', ",,,,",
        "2027-03-04 09:00,Rye,text,sell,bread",
    ]  # fmt: skip
    text = end.join(lines).replace(",", separator)
    plan, problems = plan_of(tmp_path, mark + text.encode())
    assert problems == []
    assert [post.text for post in plan.posts] == [f"Warm{end}loaves", "Rye"]
    assert [post.line for post in plan.posts] == [3, 6]


@pytest.mark.parametrize(
    ("moment", "rule", "says"),
    [
        ("2027-03-09 25:00", "plan.bad_hour", "00 to 23"),
        ("2027-03-09 15:60", "plan.bad_minute", "00 to 59"),
        ("2027-02-30 15:00", "plan.bad_day", "2027-02 has the days 01 to 28"),
        ("2027-13-01 15:00", "plan.bad_month", "no month 13"),
        ("2027-03-09", "plan.no_hour", "the hour is missing"),
        ("2027-03-09 six", "plan.bad_date", "YYYY-MM-DD HH:mm"),
        ("2027-03-09 13 pm", "plan.bad_date", "YYYY-MM-DD HH:mm"),
        ("2027-03-09 6", "shifts.morning_or_evening", "write 2027-03-09 06:00, or 2027-03-09 18:00"),
        ("2027-03-09 18", "shifts.time_as", "write 2027-03-09 18:00"),
        ("2027-03-09 24:00", "plan.bad_hour", "00 to 23"),
        ("09/03/2027 3 pm", "shifts.ambiguous_date", "write 2027-03-09 15:00 or 2027-09-03 15:00"),
        ("9.3.27 15.00", "shifts.ambiguous_date", "write 2027-03-09 15:00 or 2027-09-03 15:00"),
        ("09/03/2027", "shifts.ambiguous_date", "write 2027-03-09 HH:mm or 2027-09-03 HH:mm"),
        ("25/03/2027 15:00", "shifts.date_as", "write 2027-03-25 15:00"),
        ("03/03/2027 six", "shifts.date_as", "write 2027-03-03 HH:mm"),
        ("27-03-09 15:00", "plan.bad_date", "YYYY-MM-DD HH:mm"),
        ("31/31/2027 15:00", "plan.bad_date", "YYYY-MM-DD HH:mm"),
        ("", "plan.no_time", "the cell is empty; write a date and an hour"),
        ("0000-03-09 15:00", "plan.bad_date", "YYYY-MM-DD HH:mm"),
        ("2027-03-29 00:00", "plan.outside_days", "from 2027-03-01 to 2027-03-28"),
        ("2027-02-28 23:59", "plan.outside_days", "from 2027-03-01 to 2027-03-28"),
    ],
)
def test_law_a_bad_time_names_the_part_that_is_wrong(
    tmp_path: Path, moment: str, rule: str, says: str
) -> None:
    """Hour, minute, day, month, form and the run's days each have their own sentence."""
    _, problems = plan_of(tmp_path, SHORT + row(moment))
    assert rules(problems) == [(rule, 2)]
    assert says in str(problems[0])
    assert problems[0].severity == "error"


@pytest.mark.parametrize(
    ("moment", "read"),
    [
        ("2027-03-02 6pm", datetime(2027, 3, 2, 18)),
        ("2027-03-02 6 p.m.", datetime(2027, 3, 2, 18)),
        ("2027-03-02 6:30\u202fPM", datetime(2027, 3, 2, 18, 30)),
        ("2027-03-02 12am", datetime(2027, 3, 2)),
        ("2027-03-02 18.00", datetime(2027, 3, 2, 18)),
        ("2027-03-02 18h30", datetime(2027, 3, 2, 18, 30)),
        ("2027-03-02  1800", datetime(2027, 3, 2, 18)),
        ("2027/3/2 18:00:00", datetime(2027, 3, 2, 18)),
        ("2027.03.02T18:00", datetime(2027, 3, 2, 18)),
        ("2027-03-02 18:00:30", datetime(2027, 3, 2, 18, 0, 30)),
    ],
)
def test_law_times_as_people_write_them(tmp_path: Path, moment: str, read: datetime) -> None:
    """A posting time is read as a time of shifts.csv is, in our own files and in the tools' calendars."""
    plan, problems = plan_of(tmp_path, SHORT + row(moment))
    assert [post.posting_time for post in plan.posts] == [read]
    assert problems == []
    plan, _ = plan_of(tmp_path, f"Text,Image URL,Tags,Posting Time\nWarm loaves,,,{moment}\n")
    assert [post.posting_time for post in plan.posts] == [read]


@pytest.mark.parametrize(
    ("cells", "rule", "way_out"),
    [
        ("photo,sell,bread,20,", "plan.offer_percent", "write 0.2"),
        ("photo,sell,bread,0.6,", "plan.offer_range", "0.2 for a fifth off"),
        ("photo,sell,bread,-0.1,", "plan.offer_range", "0.2 for a fifth off"),
        ("photo,sell,bread,60%,", "plan.offer_range", "0.2 for a fifth off"),
        ("photo,sell,bread,nan,", "plan.bad_number", "0.2"),
        ('photo,sell,bread,"0,1",', "plan.decimal_comma", "write 0.1"),
        ('photo,sell,bread,,"1,5"', "plan.decimal_comma", "write 1.5"),
        ("photo,sell,bread,a fifth,", "plan.bad_number", "0.2"),
        ("photo,inform,bread,0.2,", "plan.offer_without_sale", "purpose sell"),
        ("photo,sell,bread,,-1", "plan.hours_range", "1.5"),
        ("photo,sell,bread,,25", "plan.hours_range", "1.5"),
        ("photo,sell,bread,,1e999", "plan.hours_range", "1.5"),
        ("photos,sell,bread,,", "plan.unknown_format", 'did you mean "photo"'),
        ("photo,sel,bread,,", "plan.unknown_purpose", 'did you mean "sell"'),
        ("Reels,sell,bread,,", "plan.unknown_format", 'did you mean "video"'),
        ("clip,sell,bread,,", "plan.unknown_format", 'did you mean "video"'),
        ("carousel,sell,bread,,", "plan.unknown_format", 'did you mean "photo"'),
        ("Images,sell,bread,,", "plan.unknown_format", 'did you mean "photo"'),
        ("stories,sell,bread,,", "plan.unknown_format", 'did you mean "photo" or "video"'),
        ("status,sell,bread,,", "plan.unknown_format", 'did you mean "text"'),
        ("article,sell,bread,,", "plan.unknown_format", 'did you mean "link"'),
        ("photo,promo,bread,,", "plan.unknown_purpose", 'did you mean "sell"'),
        ("photo,Sale,bread,,", "plan.unknown_purpose", 'did you mean "sell"'),
        ("photo,educate,bread,,", "plan.unknown_purpose", 'did you mean "inform"'),
        ("photo,fun,bread,,", "plan.unknown_purpose", 'did you mean "entertain"'),
        ("photo,question,bread,,", "plan.unknown_purpose", 'did you mean "talk"'),
        ("photo,story,bread,,", "plan.unknown_purpose", 'did you mean "entertain"'),
        ("photo,reel,bread,,", "plan.unknown_purpose", "choose one of: inform, entertain, talk, sell"),
        ("photo,sell,braed,,", "plan.unknown_topic", 'did you mean "bread"'),
        ("photo,sell,,,", "plan.empty_cell", "choose one of: bread, cakes, people"),
        ("photo,,bread,,", "plan.empty_cell", "choose one of: inform, entertain, talk, sell"),
        (",sell,bread,,", "plan.empty_cell", "choose one of: photo, video, link, text"),
        ("photo,sell,cupcakes,,", "plan.unknown_topic", 'did you mean "cakes"'),
        ("photo,sell,Our people,,", "plan.unknown_topic", 'did you mean "people"'),
        ("photo,sell,bread,ten percent,", "plan.offer_in_words", "write 0.1 or 10%"),
        ("photo,sell,bread,15 per cent off,", "plan.offer_in_words", "write 0.15 or 15%"),
        ("photo,sell,bread,asilimia kumi,", "plan.offer_in_words", "write 0.1 or 10%"),
        ("photo,sell,bread,70 percent,", "plan.offer_range", "0.2 for a fifth off"),
        ("photo,sell,bread,,2h", "plan.hours_in_words", "write 2"),
        ("photo,sell,bread,,90 min", "plan.hours_in_words", "write 1.5"),
        ("photo,sell,bread,,much", "plan.bad_hours", "1.5"),
        ("photo,sell,bread,,,,,", "plan.too_many_cells", "stands in quotes"),
        ("photo,sell", "plan.too_few_cells", "every column"),
    ],
)
def test_law_a_bad_cell_has_a_way_out(tmp_path: Path, cells: str, rule: str, way_out: str) -> None:
    """Each wrong cell is one error that says what to write; its row is left out of the plan."""
    header = "Posting Time,Text,Format,Purpose,Topic,Offer,Production Hours\n"
    if rule == "plan.too_many_cells":
        cells += "more"
    plan, problems = plan_of(tmp_path, header + row(rest=cells))
    assert rules(problems) == [(rule, 2)]
    assert way_out in problems[0].way_out
    assert plan.posts == ()


@pytest.mark.parametrize(
    ("separator", "offer", "share"),
    [
        (",", ".2", 0.2),
        (",", "20%", 0.2),
        (";", "0,2", 0.2),
        (";", "12,5 %", 0.125),
        (",", "", 0.0),
        ("\t", "0,3", 0.3),
    ],
)
def test_law_offers_as_people_write_them(tmp_path: Path, separator: str, offer: str, share: float) -> None:
    """Shares, percentages and decimal commas (where commas part no cells) are offers."""
    start = "2027-03-02 09:00,Warm loaves,photo,sell,bread,"
    content = ("Posting Time,Text,Format,Purpose,Topic,Offer\n" + start).replace(",", separator) + offer
    plan, problems = plan_of(tmp_path, content)
    assert problems == []
    assert plan.posts[0].offer == pytest.approx(share)


def test_law_a_comma_outside_quotes_is_one_error(tmp_path: Path) -> None:
    """A text cut in two by its comma says so once, also when the row ends in empty cells."""
    _, problems = plan_of(tmp_path, HEADER + row(text="Warm, loaves", rest="photo,sell,bread,,,,,"))
    assert rules(problems) == [("plan.too_many_cells", 2)]
    assert "the rest of this row was not checked" in problems[0].says
    plan, problems = plan_of(tmp_path, SHORT + row(rest="photo,sell,bread,,"))
    assert (len(plan.posts), problems) == (1, [])


def test_law_the_header(tmp_path: Path) -> None:
    """Unknown, missing and doubled columns are all named; a file without a header says so once."""
    _, problems = plan_of(
        tmp_path, "Posting Tme,Text,Format,Purpose,Topic,Topic\n" + row(rest="photo,sell,bread,bread")
    )
    assert [found.rule for found in problems] == [
        "plan.unknown_column", "plan.twice_column", "plan.missing_column",
    ]  # fmt: skip
    assert problems[0].way_out == 'delete it; or did you mean "Posting Time"?'
    _, problems = plan_of(tmp_path, row() + row())
    assert rules(problems) == [("plan.no_header", 1)]


def test_law_an_error_hides_no_other_problem_of_its_row(tmp_path: Path) -> None:
    """A time outside the month and a text that is empty or contradicts its row are told beside any error."""
    _, problems = plan_of(
        tmp_path,
        SHORT
        + row("2027-04-02 18:00", "", "foto,sell,bread")
        + row("2027-03-02 25:00", "Loaves at half price: buy two", "photo,inform,bread")
        + row("2027-03-03 09:00", "Icing on a cake", "photo,infrm,bread")
        + row("2027-03-04 09:00", "Icing on a cake", "photo,inform,braed"),
    )
    assert sorted(rules(problems), key=lambda one: (one[1] or 0, one[0])) == [
        ("plan.empty_text", 2), ("plan.outside_days", 2), ("plan.unknown_format", 2),
        ("plan.bad_hour", 3), ("plan.contradicts_purpose", 3),
        ("plan.contradicts_topic", 4), ("plan.unknown_purpose", 4),
        ("plan.unknown_topic", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "moment", "way_out"),
    [
        (28, "2027-03-30 09:00", "choose a day in it, or play more days: --days 30 of run or portfolio"),
        (7, "2027-03-08 09:00", "choose a day in it, or play more days: --days 8 of run or portfolio"),
        (28, "2027-02-27 09:00", "choose a day in it"),
        (28, "2029-03-30 09:00", "choose a day in it"),
    ],
)
def test_law_a_day_outside_the_run_names_the_option(
    tmp_path: Path, days: int, moment: str, way_out: str
) -> None:
    """Where a longer run would take the day in, the way out says how long; elsewhere it does not."""
    (tmp_path / "plan.csv").write_text(SHORT + row(moment))
    _, problems = read_plan(tmp_path / "plan.csv", client=CLIENT, days=days)
    assert [(found.rule, found.way_out) for found in problems] == [("plan.outside_days", way_out)]


def test_law_a_sale_that_promises_more_than_its_offer_is_asked_about(tmp_path: Path) -> None:
    """The warning stands at the offer of the row; a post that sells nothing has none."""
    header = "Posting Time,Text,Format,Purpose,Topic,Offer\n"
    rows = [
        row(text="Loaves: 30 per cent off. Order now", rest=f"photo,sell,bread,{offer}")
        for offer in ("0.3", "0.1", "")
    ]
    rows.append(row(text="Would 30 % off bring you to our loaves?", rest="photo,talk,bread,"))
    _, problems = plan_of(tmp_path, header + "".join(rows))
    assert [one for one in rules(problems) if "offer" in one[0] and "losing" not in one[0]] == [
        ("plan.other_offer", 3), ("plan.no_offer", 4),
    ]  # fmt: skip


def test_law_curly_quotes_hold_nothing_together(tmp_path: Path) -> None:
    """A text in curly quotes that its comma tore says so; curly quotes within straight ones are fine."""
    torn = row(text="\u201cWarm loaves, every morning\u201d")
    for header in (SHORT, HEADER):
        _, problems = plan_of(tmp_path, header + torn)
        assert [(found.rule, found.line, found.value) for found in problems] == [
            ("plan.curly_quotes", 2, "\u201cWarm loaves")
        ]
        assert "put straight quotes around it" in problems[0].way_out
    plan, problems = plan_of(tmp_path, SHORT + row(text='"\u201cWarm loaves, please\u201d, she said"'))
    assert (len(plan.posts), problems) == (1, [])


@pytest.mark.parametrize("start", [b"PK\x03\x04\x14\x00\xd4", b"\xd0\xcf\x11\xe0\xa1"])
def test_extreme_a_workbook_is_called_one(tmp_path: Path, start: bytes) -> None:
    """A spreadsheet program's own file under a name in .csv says what it is and how to save it."""
    _, problems = plan_of(tmp_path, start + bytes(range(256)))
    assert rules(problems) == [("playbook.workbook", None)]
    assert "save the sheet as CSV UTF-8" in problems[0].way_out


def test_law_a_text_about_nothing_of_the_clients_is_asked_about(tmp_path: Path) -> None:
    """Two telling words of which none speaks of a topic are asked about; one word may be anything."""
    _, problems = plan_of(tmp_path, SHORT + row(text="Pots and pans") + row("2027-03-03 09:00", "Pots"))
    assert rules(problems) == [("plan.unheard_topic", 2)]
    assert problems[0].severity == "warning"
    assert "words like loaf, loaves, sourdough" in problems[0].way_out
    (tmp_path / "plan.csv").write_text(SHORT + row(text="Pots and pans"))
    assert read_plan(tmp_path / "plan.csv")[1] == []


@pytest.mark.parametrize(
    ("text", "offer", "named"),
    [
        ("Box braids, 47 % off. Book now.", "0.47", "Box braids (margin 45%)"),
        ("Wash, treatment and blow-dry for less. Book now.", "0.47", None),
        (
            "Braids and more at half price. Book now.",
            "0.5",
            "Box braids (margin 45%), Wash, treatment and blow-dry",
        ),
        ("Braids and more for less. Book now.", "0.46", "Box braids (margin 45%)"),
        ("Braids and more for less. Book now.", "0.44", None),
    ],
)
def test_law_a_discount_that_eats_the_margin_names_the_product(
    tmp_path: Path, text: str, offer: str, named: str | None
) -> None:
    """What is sold at a loss is the product the text names, or what the topic sells, each with its margin."""
    (tmp_path / "plan.csv").write_text(
        "Posting Time,Text,Format,Purpose,Topic,Offer\n"
        + f'2027-03-02 09:00,"{text}",photo,sell,hair,{offer}\n'
    )
    _, problems = read_plan(tmp_path / "plan.csv", client=load_client("salon"))
    assert [found.rule for found in problems] == (["plan.losing_offer"] if named else [])
    assert not named or f"takes the whole margin of {named}" in problems[0].says


def test_law_all_errors_in_one_pass(tmp_path: Path) -> None:
    """Ten wrong rows give ten errors, each with the line of its row."""
    _, problems = plan_of(tmp_path, SHORT + row("2027-03-09 25:00") * 10)
    assert rules(problems) == [("plan.bad_hour", line) for line in range(2, 12)]


def test_extreme_files_that_are_hardly_there(tmp_path: Path) -> None:
    """Empty is an error, a header alone is a plan of nothing, a missing file or folder is named."""
    assert rules(plan_of(tmp_path, "")[1]) == [("plan.empty_file", None)]
    assert rules(plan_of(tmp_path, b"\xef\xbb\xbf \n\n")[1]) == [("plan.empty_file", None)]
    assert plan_of(tmp_path, SHORT) == (ContentPlan(), [])
    assert rules(read_plan(tmp_path / "none" / "plan.csv")[1]) == [("playbook.no_file", None)]
    (tmp_path / "folder.csv").mkdir()
    assert rules(read_plan(tmp_path / "folder.csv")[1]) == [("playbook.unreadable", None)]


def test_extreme_wrong_encoding_names_line_and_byte(tmp_path: Path) -> None:
    """A Latin-1 letter or a UTF-16 file is an error at its line, with the byte."""
    _, problems = plan_of(tmp_path, SHORT.encode() + row(text="Caf\xe9").encode("latin-1"))
    assert rules(problems) == [("playbook.not_utf8", 2)]
    assert "0xE9 at place 21" in problems[0].says
    _, problems = plan_of(tmp_path, (SHORT + row()).encode("utf-16"))
    assert rules(problems) == [("playbook.not_utf8", 1)]


def test_extreme_quotes_that_do_not_match(tmp_path: Path) -> None:
    """An open quote is an error on the line it starts, and the rows before are still checked."""
    _, problems = plan_of(tmp_path, SHORT + row("2027-03-09 25:00") + row(text='"Warm') + row())
    assert sorted(rules(problems)) == [("plan.bad_hour", 2), ("plan.broken_quotes", 3)]


@pytest.mark.parametrize(
    ("second", "moment", "rule"),
    [
        ("Warm loaves from our oven at six", "2027-03-05 09:00", "plan.same_text"),
        ("Warm LOAVES from the oven at six!", "2027-03-03 09:00", "plan.alike_text"),
        ("Warm loaves from our oven at six", "2027-03-05 09:01", None),
        ("Sourdough is slow and loaves are patient", "2027-03-03 09:00", None),
    ],
)
def test_law_the_same_again(tmp_path: Path, second: str, moment: str, rule: str | None) -> None:
    """The same or nearly the same text within three days is warned of, at the later post."""
    later, first = row(moment, second), row(text="Warm loaves from our oven at six")
    _, problems = plan_of(tmp_path, SHORT + later + first)
    assert rules(problems) == ([(rule, 2)] if rule else [])
    assert all("2027-03-02 09:00" in found.says for found in problems)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((2, 12), []),
        ((2, 3), [("plan.same_text", 3)]),
        ((2, 12, 22), [("plan.often_text", 2)]),
        ((2, 3, 4, 5), [("plan.often_text", 2)]),
    ],
)
def test_law_a_text_that_goes_out_often_is_told_once(
    tmp_path: Path, days: tuple[int, ...], told: list[tuple[str, int]]
) -> None:
    """Three times in a plan are told once with every line, however far apart, and nothing beside it."""
    _, problems = plan_of(tmp_path, SHORT + "".join(row(f"2027-03-{day:02} 09:00") for day in days))
    assert rules(problems) == told
    often = [one for one in problems if one.rule == "plan.often_text"]
    assert all(f"{len(days)} times (lines 2-{len(days) + 1})" in one.says for one in often)
    assert {one.severity for one in problems} <= {"warning"}


def test_law_what_people_take_for_one_text_is_counted_together(tmp_path: Path) -> None:
    """Capitals and signs make no new text; another text in between is told of by itself, or not at all."""
    said = (("02", "Warm loaves"), ("08", "Rye is slow"), ("14", "warm LOAVES!"), ("20", "Warm, loaves"))
    content = "".join(row(f"2027-03-{day} 09:00", f'"{text}"') for day, text in said)
    _, problems = plan_of(tmp_path, SHORT + content)
    [often] = [one for one in problems if one.rule == "plan.often_text"]
    assert (often.line, often.value) == (2, "Warm loaves")
    assert "3 times (lines 2, 4-5)" in often.says


def test_law_warnings_about_texts(tmp_path: Path) -> None:
    """Contradicted purposes and topics, empty and overlong texts; a photo without picture is fine."""
    content = SHORT + (
        row("2027-03-02 09:00", "Loaves at half price: buy two", "photo,inform,bread")
        + row("2027-03-03 09:00", "Icing on a cake", "text,inform,bread")
        + row("2027-03-04 09:00", "", "text,inform,bread")
        + row("2027-03-05 09:00", "loaf " * 500, "text,inform,bread")
    )
    plan, problems = plan_of(tmp_path, content)
    assert rules(problems) == [
        ("plan.contradicts_purpose", 2), ("plan.contradicts_topic", 3),
        ("plan.empty_text", 4), ("plan.long_text", 5),
    ]  # fmt: skip
    assert {found.severity for found in problems} == {"warning"}
    assert len(plan.posts) == 4


def test_law_crowded_days_and_overfull_weeks(tmp_path: Path) -> None:
    """Three posts a day and the paid hours are no warning; one more is, at the post that is too many."""
    texts = ["Rye", "Sourdough", "Corn", "Oats"]
    rows = [f"2027-03-09 {9 + k}:00,{text},text,sell,bread,,2.5\n" for k, text in enumerate(texts)]
    assert plan_of(tmp_path, HEADER + "".join(rows[:3]))[1] == []
    _, problems = plan_of(tmp_path, HEADER + "".join(rows))
    assert rules(problems) == [("plan.crowded_day", 5)]
    _, problems = plan_of(tmp_path, HEADER + "".join(rows).replace("2.5", "2.6"))
    assert rules(problems) == [("plan.crowded_day", 5), ("plan.week_hours", 5)]
    assert "week 2 (from 2027-03-08) ask for 10.4 hours of production, and 10 are paid" in problems[1].says
    assert "what they ask for shrinks to fit, and a post that names no hours gets 0.05" in problems[1].says
    assert "not made" not in str(problems[1])


def test_law_posts_that_get_next_to_no_work_are_named(tmp_path: Path) -> None:
    """Six hours on every third post leave minutes to the others: the warning says to which, and how many."""
    rows = [
        f"2027-03-0{1 + k} 09:00,Loaf {grain},text,sell,bread,,{'6' if k % 3 == 0 else ''}\n"
        for k, grain in enumerate(GRAINS[:6])
    ]
    _, problems = plan_of(tmp_path, HEADER + "".join(rows))
    assert rules(problems) == [("plan.week_hours", 5), ("plan.hasty_posts", 3)]
    assert str(problems[1]) == (
        'plan.csv line 3, "Production Hours": in week 1 (from 2027-03-01) some posts are made in less than a '
        "fifth of an hour: 2027-03-02 09:00 (3 min), 2027-03-03 09:00 (3 min), 2027-03-05 09:00 (3 min), "
        "2027-03-06 09:00 (3 min); ask for fewer hours on the others, or post less: what is made in minutes "
        "is hardly looked at"
    )
    enough = "".join(rows).replace(",6\n", ",4.6\n")
    assert plan_of(tmp_path, HEADER + enough)[1] == []
    thin = "2027-03-02 09:00,Loaf,text,sell,bread,,0.1\n"
    _, problems = plan_of(tmp_path, HEADER + thin)
    assert [(found.rule, found.value) for found in problems] == [("plan.hasty_posts", "0.1")]
    assert "2027-03-02 09:00 (6 min)" in problems[0].says


def test_law_of_many_hasty_posts_the_first_are_named(tmp_path: Path) -> None:
    """Eighty posts in ten hours are one warning, with five of them by name."""
    rows = [f"2027-03-0{1 + k % 7} {k % 24:02}:00,Rye {k},text,sell,bread\n" for k in range(80)]
    found = [p for p in plan_of(tmp_path, SHORT + "".join(rows))[1] if p.rule == "plan.hasty_posts"]
    assert len(found) == 1
    assert found[0].says.count("min)") == 5
    assert found[0].says.endswith(", and 75 more")


def test_law_more_posts_than_a_week_can_hold(tmp_path: Path) -> None:
    """Ten hours put up 200 posts at the least hours each: the 201st is warned of."""
    rows = [f"2027-03-0{1 + k % 7} {k % 24:02}:00,Rye {k},text,sell,bread\n" for k in range(201)]
    found = [p for p in plan_of(tmp_path, SHORT + "".join(rows))[1] if p.rule == "plan.week_posts"]
    assert len(found) == 1
    assert "200" in found[0].says
    assert found[0].way_out == "post less: the latest of the week do not go out"
    assert [p for p in plan_of(tmp_path, SHORT + "".join(rows[1:]))[1] if p.rule == "plan.week_posts"] == []


def test_invariant_without_a_client_any_topic_and_day_will_do(tmp_path: Path) -> None:
    """What only a client can tell is not checked without one."""
    (tmp_path / "plan.csv").write_text(SHORT + row("1999-01-01 09:00", "Rye", "text,sell,anything"))
    plan, problems = read_plan(tmp_path / "plan.csv")
    assert problems == []
    assert plan.posts[0].topic == "anything"


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"], exclude_characters=",;"), min_size=1
)
POSTS = st.builds(
    Post,
    posting_time=st.datetimes(datetime(2027, 3, 1), datetime(2027, 3, 28, 23, 59)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    text=st.text(st.characters(exclude_categories=["Cs"])),
    format=st.sampled_from(FORMATS),
    purpose=st.just("sell"),
    topic=st.sampled_from(CLIENT.topic_names),
    offer=st.floats(0, 0.5),
    production_hours=st.none() | st.floats(0, 24),
    link=WORDS | st.just(""),
    image_url=WORDS | st.just(""),
    tags=st.lists(WORDS, max_size=3).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(POSTS, max_size=4))
def test_invariant_a_plan_comes_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, posts: list[Post]
) -> None:
    """Writing and reading gives the same posts, to the last digit and line break, without errors."""
    path = tmp_path_factory.mktemp("plan") / "plan.csv"
    plan = ContentPlan(tuple(posts))
    write_plan(plan, path)
    again, problems = read_plan(path, client=CLIENT)
    assert again == plan
    assert [found for found in problems if found.severity == "error"] == []
    assert [entry.name for entry in path.parent.iterdir()] == ["plan.csv"]


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: (HEADER + text).encode("utf-8", "ignore"))
)
def test_extreme_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """Whatever stands in the file, there is a plan or a problem, and never a crash."""
    plan, problems = plan_of(tmp_path_factory.mktemp("plan"), content)
    assert plan.posts or problems or content.decode("utf-8-sig").strip()
    assert all(str(found) for found in problems)


@pytest.mark.parametrize("kinds", [12, 40, 5_000])
def test_extreme_ten_thousand_rows(tmp_path: Path, kinds: int) -> None:
    """A plan of 10,000 posts is read and checked, few or many different words."""
    first = datetime(2027, 3, 1)
    posts = tuple(
        Post(
            first + timedelta(minutes=4 * k),
            " ".join(f"w{(k * 7919 + j * j * 31 + k * j) % kinds}" for j in range(10)),
            "text", PURPOSES[k % 4], "bread",
        )
        for k in range(10_000)
    )  # fmt: skip
    write_plan(ContentPlan(posts), tmp_path / "plan.csv")
    plan, problems = read_plan(tmp_path / "plan.csv", client=CLIENT)
    assert len(plan.posts) == 10_000
    assert problems


@pytest.mark.parametrize("seed", range(6))
def test_invariant_near_repeats_are_those_of_comparing_all_pairs(tmp_path: Path, seed: int) -> None:
    """The quick search warns of exactly the posts that a comparison of all pairs would."""
    luck = random.Random(seed)
    texts = [" ".join(luck.sample(GRAINS, luck.randint(4, 10))) for _ in range(60)]
    moments = [datetime(2027, 3, 1) + timedelta(hours=11 * k) for k in range(len(texts))]
    posts = [Post(m, t, "text", "inform", "bread") for m, t in zip(moments, texts, strict=True)]
    write_plan(ContentPlan(tuple(posts)), tmp_path / "plan.csv")
    _, problems = read_plan(tmp_path / "plan.csv", client=CLIENT)
    warned = {p.line for p in problems if p.rule in ("plan.same_text", "plan.alike_text")}
    expected = {
        k + 2
        for k, post in enumerate(posts)
        for other in posts[:k]
        if post.posting_time - other.posting_time <= timedelta(days=3)
        and likeness(post.text.lower().split(), other.text.lower().split()) >= 0.8
    }
    assert warned == expected
    assert len(expected) < len(posts)


def test_golden_columns() -> None:
    """The columns are those of the trade's calendars and ours, in this order."""
    assert ",".join(COLUMNS) + "\n" == HEADER
