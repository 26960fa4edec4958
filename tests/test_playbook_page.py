"""A page is read, weighed and written without losing a character."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import Problem
from simulator.playbook.page import (
    DAYS,
    ITEMS,
    Page,
    completeness,
    missing_items,
    page_from,
    read_page,
    write_page,
)

ABOUT = "Bread and cakes, baked in Arusha every morning since 1998."
FULL = Page(
    name="Mkate", category="Bakery", about=ABOUT, avatar="a.png", cover="c.png", contact="+255 700 000 000",
    opening_hours={"monday": "07:00-18:00"}, link="https://mkate.co.tz", pinned_post="Welcome",
)  # fmt: skip
WEIGHTS = {f"page.{item}": float(k + 1) for k, item in enumerate(ITEMS)}


def page_of(folder: Path, content: str | bytes) -> tuple[Page, list[Problem]]:
    path = folder / "page.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_page(path)


def test_theory_completeness_is_the_weight_filled_in() -> None:
    """0 for an empty page, 1 for a full one, and the item's weight over all for one item."""
    assert completeness(Page(), WEIGHTS) == 0
    assert completeness(FULL, WEIGHTS) == 1
    assert completeness(Page(link="https://a.b"), WEIGHTS) == pytest.approx(8 / 45)
    assert completeness(FULL, {"feed.competition": 1.0}) == 0
    assert completeness(Page(name="Mkate"), {"page.name": 1.0, "page.visit_rate": 9.0}) == 1


def test_law_an_about_counts_only_if_it_says_something() -> None:
    """Forty characters, blanks apart, are needed; closed every day is no opening hour."""
    weights = {"page.about": 1.0}
    assert completeness(Page(about="x" * 39), weights) == 0
    assert completeness(Page(about="x" * 40), weights) == 1
    assert completeness(Page(about="x" + " " * 60), weights) == 0
    assert completeness(Page(opening_hours={"monday": "closed"}), {"page.opening_hours": 1.0}) == 0


TEXT = st.text(st.characters(exclude_categories=["Cs"]))
PAGES = st.builds(
    Page,
    **{item: TEXT for item in ITEMS if item != "opening_hours"},
    opening_hours=st.dictionaries(
        st.sampled_from(DAYS), st.sampled_from(["09:00-18:00", "18:00-02:00", "closed"])
    ),
)


@settings(deadline=None)
@given(PAGES)
def test_invariant_a_page_comes_back_as_written(tmp_path_factory: pytest.TempPathFactory, page: Page) -> None:
    """Writing and reading gives the same page, without an error, and completeness stays in 0-1."""
    path = tmp_path_factory.mktemp("page") / "page.toml"
    write_page(page, path)
    again, problems = read_page(path)
    assert again == page
    assert {found.rule for found in problems} <= {"page.short_about"}
    assert 0 <= completeness(page, WEIGHTS) <= 1


def test_law_every_problem_with_its_line(tmp_path: Path) -> None:
    """Unknown keys and days, wrong kinds and hours are all named at once; the rest is read."""
    page, problems = page_of(
        tmp_path,
        'name = "Mkate"\nabuot = "Bread"\nlink = 7\n\n[opening_hours]\nmon = "07:00-18:00"\n'
        'mondy = "07:00-18:00"\ntue = "7-18"\nWed = "Closed"\n',
    )
    assert [(found.rule, found.line) for found in problems] == [
        ("page.unknown_key", 2), ("page.not_text", 3), ("page.unknown_day", 7), ("page.bad_hours", 8),
    ]  # fmt: skip
    assert 'did you mean "about"' in problems[0].way_out
    assert 'did you mean "monday"' in problems[2].way_out
    assert page == Page(name="Mkate", opening_hours={"mon": "07:00-18:00", "wed": "Closed"})


def test_law_hours_of_a_day_at_the_top_level_are_told_where_they_belong(tmp_path: Path) -> None:
    """A day outside its table is an error with the line to write above it, not one more unknown item."""
    page, problems = page_of(tmp_path, 'name = "Mkate"\nMonday = "09:00-18:00"\nsun = "closed"\n')
    assert [(found.rule, found.line) for found in problems] == [
        ("page.day_outside", 2),
        ("page.day_outside", 3),
    ]
    assert "[opening_hours]" in problems[0].way_out
    assert page == Page(name="Mkate")


def test_law_hours_that_look_swapped_are_asked_about(tmp_path: Path) -> None:
    """Open from evening to morning for more than twelve hours is a warning; a bar's hours are none."""
    hours = ("18:00-09:00", "18:00-02:00", "09:00-09:00", "09:00-18:00", "00:00-24:00", "20:00-08:00")
    lines = [f'{day} = "{written}"' for day, written in zip(DAYS, hours, strict=False)]
    page, problems = page_of(tmp_path, "[opening_hours]\n" + "\n".join(lines))
    assert [(found.rule, found.line, found.severity) for found in problems] == [
        ("page.long_hours", 2, "warning"), ("page.long_hours", 4, "warning"),
    ]  # fmt: skip
    assert 'open for 15 hours, until the next day; are the two swapped? Then write "09:00-18:00"' in str(
        problems[0]
    )
    assert len(page.opening_hours) == len(hours)


@pytest.mark.parametrize(("letters", "warned"), [(0, False), (9, True), (39, True), (40, False)])
def test_law_an_about_too_short_to_count_is_asked_about(tmp_path: Path, letters: int, warned: bool) -> None:
    """Whoever writes an about wants it to count: one that is too short says from when on it does."""
    page, problems = page_of(tmp_path, f'about = "{"x" * letters}"\n')
    assert [(found.rule, found.column, found.severity) for found in problems] == (
        [("page.short_about", "about", "warning")] if warned else []
    )
    assert not warned or f"from 40 letters on, and this one has {letters}" in problems[0].says
    assert page.about == "x" * letters


def test_law_what_stands_below_the_hours_is_told_with_its_own_line(tmp_path: Path) -> None:
    """An item below [opening_hours] is named where it stands, though the same name is set above too."""
    _, problems = page_of(
        tmp_path,
        f'name = "Mkate"\nabout = "{ABOUT}"\n\n[opening_hours]\nmon = "07:00-18:00"\ntuesday = "closed"\n'
        f'about = "{ABOUT}"\nlink = "https://mkate.co.tz"\npinned_post = "Welcome"\nmondy = "closed"\n',
    )
    assert [(found.rule, found.line) for found in problems] == [
        ("page.below_hours", 7), ("page.below_hours", 8), ("page.below_hours", 9), ("page.unknown_day", 10),
    ]  # fmt: skip
    assert "move it above the line [opening_hours]" in problems[0].way_out
    assert "monday or mon" in problems[3].says


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("contact = 0700000214", 'contact = "0700000214"'),
        ("name = Saluni Maua", 'name = "Saluni Maua"'),
        ("name: Saluni Maua  # ours", 'name = "Saluni Maua"'),
        ("name = \u201cSaluni Maua\u201d", 'name = "Saluni Maua"'),
        ('name = "Saluni Maua', 'name = "Saluni Maua"'),
        ('name = "The "best" salon"', 'name = "The \\"best\\" salon"'),
        ('cover = "C:\\pictures\\a.png"', 'cover = "C:\\\\pictures\\\\a.png"'),
        ("pinned post = Welcome", 'pinned_post = "Welcome"'),
    ],
)
def test_law_a_line_that_is_no_toml_is_shown_mended(tmp_path: Path, line: str, meant: str) -> None:
    """The way out is the line itself, ready to be copied; written so, it is read."""
    _, problems = page_of(tmp_path, f'category = "Salon"\n{line}\n')
    assert [(found.rule, found.line, found.way_out) for found in problems] == [
        ("page.torn_line", 2, f"write {meant}")
    ]
    page, problems = page_of(tmp_path, f'category = "Salon"\n{meant}\n')
    assert problems == []
    assert page.category == "Salon"


def test_law_all_lines_that_are_no_toml_are_told_at_once(tmp_path: Path) -> None:
    """Three torn lines are three problems, and what is wrong in the others is told beside them."""
    text = "name = Mkate\nlink = 7\ncontact = 0700000214\n[opening hours]\nmon = 9-18\n"
    _, problems = page_of(tmp_path, text)
    assert [(found.rule, found.line) for found in problems] == [
        ("page.torn_line", 1), ("page.not_text", 2), ("page.torn_line", 3), ("page.torn_table", 4),
        ("page.torn_line", 5), ("page.bad_hours", 5),
    ]  # fmt: skip
    assert 'link = "7"' in problems[1].way_out


def test_theory_what_is_missing_is_what_completeness_lacks() -> None:
    """Weights of what is filled in and of what is missing add up to all; the weightiest is named first."""
    page = Page(name="Mkate", about="short", link="https://a.b")
    missing = missing_items(page, WEIGHTS)
    assert missing == ("pinned_post", "opening_hours", "contact", "cover", "avatar", "about", "category")
    lacking = sum(WEIGHTS[f"page.{item}"] for item in missing) / sum(WEIGHTS.values())
    assert completeness(page, WEIGHTS) == pytest.approx(1 - lacking)
    assert missing_items(FULL, WEIGHTS) == ()


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        ('name = "Mkate"\nabout = """Bread\n', "page.broken_toml", 2),
        ('name = "Mkate"\n[opening_hours', "page.torn_table", 2),
        ('name = "Mkate"\nname = "Keki"\n', "page.twice", 2),
        ('name = "Mkate"\nbread and cakes', "page.no_item", 2),
        ('opening_hours = "always"', "page.hours_not_table", 1),
        (b'name = "Mkate"\nabout = "Caf\xe9"', "playbook.not_utf8", 2),
    ],
)
def test_extreme_files_that_are_not_toml(tmp_path: Path, content: str | bytes, rule: str, line: int) -> None:
    """What is no TOML, or no text, is an error with its line."""
    page, problems = page_of(tmp_path, content)
    assert [(found.rule, found.line) for found in problems] == [(rule, line)]
    assert page == Page()
    assert str(problems[0])


def test_extreme_an_empty_file_is_an_empty_page(tmp_path: Path) -> None:
    """Nothing filled in is no error, with or without a byte-order mark."""
    assert page_of(tmp_path, "") == (Page(), [])
    assert page_of(tmp_path, b"\xef\xbb\xbf") == (Page(), [])


def test_golden_a_page_as_found() -> None:
    """A table of items, such as a client's, is a page too."""
    assert page_from({"name": "Mkate", "opening_hours": {"mon": "07:00-18:00"}}) == (
        Page(name="Mkate", opening_hours={"mon": "07:00-18:00"}),
        [],
    )
