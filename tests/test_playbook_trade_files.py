"""Calendars of the trade's tools are read and written as those tools do."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from simulator.files import write_whole
from simulator.playbook.calendars import calendar_tool, write_buffer, write_metricool
from simulator.playbook.plan import read_plan
from simulator.playbook.posts import Post
from tests.playbook_client import bakery

CLIENT = bakery()
POSTS = (
    Post(datetime(2027, 3, 2, 9), "Which cake do you prefer,\n\"icing\" or plain?", "photo", "talk", "cakes",
         image_url="cake.jpg", tags=("cake", "poll")),
    Post(datetime(2027, 3, 3, 9, 30), "How to keep a loaf fresh: https://mkate.co.tz/tips",
         "link", "inform", "bread", link="https://mkate.co.tz/tips"),
    Post(datetime(2027, 3, 4, 18), "Loaves at half price, buy two", "text", "sell", "bread"),
)  # fmt: skip


WRAPPED = (
    '"Posting Time,Text,Format,Purpose,Topic"\n'
    '"2027-03-02 18:00,""Where do you keep a loaf: in a box, or outside?"",photo,talk,bread"\n'
    '"2027-03-03 18:00,Warm loaves,photo,inform,bread"\n'
)


@pytest.mark.parametrize(
    "content",
    [
        WRAPPED,
        WRAPPED.replace('"Posting Time,Text,Format,Purpose,Topic"', "Posting Time,Text,Format,Purpose,Topic"),
        WRAPPED.replace(
            '"2027-03-03 18:00,Warm loaves,photo,inform,bread"',
            "2027-03-03 18:00,Warm loaves,photo,inform,bread",
        ),
        "sep=,\n" + WRAPPED,
        "sep=;\nPosting Time;Text;Format;Purpose;Topic\n"
        "2027-03-02 18:00;Where do you keep a loaf: in a box, or outside?;photo;talk;bread\n"
        "2027-03-03 18:00;Warm loaves;photo;inform;bread\n",
        '\ufeff"sep=;"\r\nPosting Time;Text;Format;Purpose;Topic\r\n'
        "2027-03-02 18:00;Where do you keep a loaf: in a box, or outside?;photo;talk;bread\r\n"
        "2027-03-03 18:00;Warm loaves;photo;inform;bread\r\n",
    ],
    ids=["all rows", "not the header", "some rows", "with sep", "sep", "sep in quotes"],
)
def test_law_what_a_spreadsheet_program_wraps_around_a_sheet_is_read(tmp_path: Path, content: str) -> None:
    """A first line sep=; is passed over and rows quoted as a whole are opened; lines stay true."""
    path = tmp_path / "plan.csv"
    path.write_bytes(content.encode())
    plan, problems = read_plan(path, client=CLIENT)
    first = 3 if "sep=" in content else 2
    assert problems == []
    assert [(post.text, post.line) for post in plan.posts] == [
        ("Where do you keep a loaf: in a box, or outside?", first), ("Warm loaves", first + 1),
    ]  # fmt: skip


def test_extreme_a_sheet_of_a_separator_line_alone(tmp_path: Path) -> None:
    """Nothing but sep=; is a file without rows, and no fall."""
    (tmp_path / "plan.csv").write_text("sep=;\n", encoding="utf-8")
    assert [found.rule for found in read_plan(tmp_path / "plan.csv")[1]] == ["plan.empty_file"]


def test_invariant_buffer_gives_the_same_posts(tmp_path: Path) -> None:
    """Posts that say what they are for come back through a Buffer file as they were."""
    write_buffer(POSTS, tmp_path / "plan.csv")
    assert (tmp_path / "plan.csv").read_text().startswith("Text,Image URL,Tags,Posting Time\n")
    plan, problems = read_plan(tmp_path / "plan.csv", client=CLIENT)
    assert plan.posts == POSTS
    assert [(found.rule, found.severity) for found in problems] == [("plan.read_from_captions", "warning")]
    assert [post.line for post in plan.posts] == [2, 4, 5]


def test_invariant_metricool_gives_the_same_posts_without_tags(tmp_path: Path) -> None:
    """Metricool's calendar has no tags; everything else comes back."""
    write_metricool(POSTS, tmp_path / "plan.csv")
    header = (tmp_path / "plan.csv").read_text().splitlines()[0]
    assert header == "Text,Date,Time,Draft,Facebook,Instagram,Picture Url 1"
    plan, problems = read_plan(tmp_path / "plan.csv", client=CLIENT)
    assert [
        (p.posting_time, p.text, p.format, p.purpose, p.topic, p.link, p.image_url) for p in plan.posts
    ] == [(p.posting_time, p.text, p.format, p.purpose, p.topic, p.link, p.image_url) for p in POSTS]
    assert "Metricool" in problems[0].says


def test_law_drafts_are_not_posted_and_bad_times_are_errors(tmp_path: Path) -> None:
    """A draft is left out with a warning; a wrong hour or day is an error as in our own files."""
    (tmp_path / "plan.csv").write_text(
        "Text,Date,Time,Draft,Facebook,Twitter/X,Picture Url 1,Picture Url 2\n"
        "Warm loaves,2027-03-02,09:00:00,TRUE,TRUE,FALSE,,\n"
        "Warm loaves,2027-03-02,24:00:00,FALSE,TRUE,FALSE,,\n"
        "Warm loaves,2027-04-02,09:00:00,FALSE,TRUE,FALSE,,\n"
        "Warm loaves,2027-03-02,,FALSE,TRUE,FALSE,,\n"
        "Warm, loaves,2027-03-02,09:00:00,FALSE,TRUE,FALSE,,p.jpg\n"
        "Warm loaves\n"
        "Warm loaves,2027-03-02,9,FALSE,TRUE,FALSE,,\n"
    )
    plan, problems = read_plan(tmp_path / "plan.csv", client=CLIENT)
    assert [(found.rule, found.line, found.severity) for found in problems[1:]] == [
        ("plan.draft", 2, "warning"), ("plan.bad_hour", 3, "error"), ("plan.no_hour", 5, "error"),
        ("plan.too_many_cells", 6, "error"), ("plan.bad_date", 7, "error"),
        ("shifts.morning_or_evening", 8, "error"), ("plan.outside_days", 4, "error"),
    ]  # fmt: skip
    assert len(plan.posts) == 1


@pytest.mark.parametrize(
    ("header", "tool"),
    [
        ("posting time,TEXT,tags,image url", "Buffer"),
        ("Text,Date,Time,Draft", "Metricool"),
        ("Text,Date,Time", None),
        ("Posting Time,Text", None),
        ("Posting Time,Text,Tags,Image URL,Format,Purpose,Topic", None),
    ],
)
def test_law_a_calendar_is_known_by_its_header(header: str, tool: str | None) -> None:
    """Only the tools' own headers are taken for theirs: ours with a column missing is ours."""
    assert calendar_tool(header.split(",")) == tool


def test_extreme_a_failed_write_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """Text that cannot be written changes nothing and leaves nothing behind."""
    path = tmp_path / "plan.csv"
    write_whole(path, "before")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "\ud800")
    assert path.read_text() == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.csv"]
