"""An ad sheet is read whole: every problem at once, each with its way out; and written back the same."""

from __future__ import annotations

import csv
import doctest
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import PlaybookError, Problem
from simulator.parameters import model_parameters
from simulator.playbook.ads import ALL_DAY, GOALS, SPECIAL_CATEGORIES, Ad, AdPlan, AdSet
from simulator.playbook.ads_sheet import read_ads
from simulator.playbook.ads_written import COLUMNS, write_ads
from simulator.playbook.audiences import GENDERS, TERMS, Audience
from simulator.playbook.checks import check_playbook
from simulator.playbook.pins import Pin
from simulator.playbook.plan import ContentPlan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import FORMATS, PURPOSES, Post
from simulator.texts import DEFAULT_LANGUAGE, catalogue
from simulator.world.clients import Client, ClientFile, client_names, load_client
from simulator.world.places import load_country
from simulator.world.world import draw_world
from tests.bad_ads import BAD_CELLS

SHOP = load_client("online-shop")
SALON = load_client("salon")
WORLD = draw_world(SHOP, 1, 5_000)
GUIDE = Path(__file__).parents[1] / "docs" / "ads.md"
POSTS = (
    Post(datetime(2027, 3, 1, 18), "Where do you hang your pans?", "photo", "talk", "cookware", link="a.b"),
    Post(datetime(2027, 3, 9, 15), "Six clamp jars: 702, order now.", "video", "sell", "storage", 0.1),
    Post(datetime(2027, 3, 9, 15), "Beans for a Monday.", "photo", "inform", "recipes"),
)
GOOD = {
    "Campaign Name": "March",
    "Ad Set Name": "Cooks",
    "Ad Set Daily Budget": "10",
    "Optimization Goal": "REACH",
    "Cities": "Bandariva",
    "Ad Name": "One",
    "Format": "photo",
    "Body": "A frying pan is bought for ten years. Price 1,450, order now.",
    "Link": "https://shop.example/pan",
    "Topic": "cookware",
}
Rows = list[dict[str, str]]


def sheet_of(rows: Rows, separator: str = ",", end: str = "\n") -> str:
    """A sheet of these rows with the columns they have."""
    names = [name for name in COLUMNS if any(name in row for row in rows)]
    names += [name for row in rows for name in row if name not in COLUMNS]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read(
    folder: Path,
    rows: Rows | str | bytes,
    client: Client | None = SHOP,
    posts: tuple[Post, ...] | None = POSTS,
) -> tuple[AdPlan, list[Problem]]:
    path = folder / "ads.csv"
    content = sheet_of(rows) if isinstance(rows, list) else rows
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_ads(path, client=client, posts=posts, world=WORLD)


def rules(problems: list[Problem]) -> list[str]:
    return [found.rule for found in problems]


@pytest.mark.parametrize(
    ("ads", "hours", "told"),
    [
        (2, None, None),
        (9, None, None),
        (10, None, "an ad gets 47 minutes, a post 3 at the least"),
        (12, 1.0, "an ad gets 33 minutes, a post 41 at the least"),
    ],
)
def test_law_a_week_too_short_for_its_ads_is_asked_about(
    tmp_path: Path, ads: int, hours: float | None, told: str | None
) -> None:
    """Law: where a week's paid hours do not hold its ads, or leave a post next to nothing, the first ad of
    the week is asked about, with what each gets.
    """
    rows = [{**GOOD, "Ad Name": f"{k}", "Ad Set Time Start": "2027-03-09 10:00"} for k in range(ads)]
    posts = tuple(replace(post, production_hours=hours) for post in POSTS)
    found = [one for one in read(tmp_path, rows, posts=posts)[1] if one.rule == "ads.week_hours"]
    assert [(one.line, one.value, one.severity) for one in found] == ([(2, "0", "warning")] if told else [])
    assert told is None or told in found[0].says
    assert told is None or "week 2 (from 2027-03-08)" in found[0].says


def test_golden_a_full_row(tmp_path: Path) -> None:
    """Golden: every column is read into its field, money into cents, times into points on the clock."""
    row = {
        "Campaign Name": "March", "Campaign Status": "active", "Special Ad Category": "none",
        "Ad Set Name": "Cooks", "Ad Set Run Status": "PAUSED", "Ad Set Lifetime Budget": "200.50",
        "Ad Set Time Start": "2027-03-02 08:00", "Ad Set Time Stop": "2027-03-12 20:00",
        "Optimization Goal": "link clicks", "Billing Event": "IMPRESSIONS", "Bid Amount": "2.5",
        "Countries": "Maziwara", "Cities": "bandariva; Milimaro | !Ziwandu", "Districts": "-Kilimajua",
        "Stations": "Maktaba|Kilelejo Saa|!Kivuko", "Within Km": "2.5",
        "Addresses": "0 2.5 +3km; (-310, 140) +5 km",
        "Gender": "Women", "Age Min": "25", "Age Max": "65+",
        "Flexible Inclusions": "Cooking|home & parenting, Look-alike 2 %",
        "Flexible Exclusions": "followers; games",
        "Frequency Cap": "3", "Hours": "8-12, 22-2", "Ad Name": "One", "Ad Status": "ACTIVE",
        "Format": "Photo",
        "Purpose": "sell", "Title": "Pans", "Body": "Price 1,450, order now.", "Link": " https://a.b ",
        "Topic": "Cookware", "Offer": "10%", "Boost Post": "",
    }  # fmt: skip
    plan, problems = read(tmp_path, [row])
    assert problems == []
    audience = Audience(
        25, 65, "women", ("Bandariva", "Milimaro"), ("Ziwandu",), (), ("Kilimajua",),
        ("Maktaba", "Kilelejo Saa"), ("Kivuko",), 2.5, (Pin(0, 2.5, 3), Pin(-310, 140, 5)),
        (("cooking", "home"), ("parenting", "lookalike 2%")), ("followers", "games"),
    )  # fmt: skip
    hours = tuple(hour in (8, 9, 10, 11, 22, 23, 0, 1) for hour in range(24))
    ad = Ad("One", "photo", "sell", "Pans", "Price 1,450, order now.", "cookware", "https://a.b", 0.1)
    expected = AdSet(
        "March", "Cooks", "LINK_CLICKS", audience, None, 20_050, datetime(2027, 3, 2, 8),
        datetime(2027, 3, 12, 20), 250, 3, hours, "", (ad,), active=False,
    )  # fmt: skip
    assert plan.ad_sets == (expected,)
    assert plan.ad_sets[0].line == plan.ad_sets[0].ads[0].line == 2
    assert plan.running == ()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_invariant_what_programs_write_is_simply_read(
    tmp_path: Path, separator: str, end: str, mark: bytes
) -> None:
    """Invariant: separators, line ends, byte-order marks, blank rows and the header's case change nothing."""
    text = sheet_of([GOOD, dict.fromkeys(GOOD, ""), {**GOOD, "Ad Name": "Two"}], separator, end)
    header, _, rest = text.partition(end)
    messy = separator.join(f" {name.lower()}  " for name in header.split(separator))
    plan, problems = read(tmp_path, mark + (messy + end + rest).encode())
    assert problems == []
    assert [ad.name for ad in plan.ad_sets[0].ads] == ["One", "Two"]
    assert [ad.line for ad in plan.ad_sets[0].ads] == [2, 4]


def test_law_rows_of_a_set_share_its_fields(tmp_path: Path) -> None:
    """Law: a set's field stands in any of its rows, once or again the same; other sets have their own."""
    rows: Rows = [
        {**GOOD, "Ad Set Daily Budget": "", "Age Min": "30"},
        {"Campaign Name": "March", "Ad Set Name": "Cooks", "Ad Set Daily Budget": "12", "Ad Name": "Two",
         "Format": "text", "Body": "Recipes: order now.", "Topic": "recipes"},
        {**GOOD, "Ad Set Name": "Others", "Ad Name": "One", "Cities": "Ziwandu"},
        {**GOOD, "Ad Set Daily Budget": "12.00", "Age Min": "30.0", "Ad Name": "Three"},
    ]  # fmt: skip
    plan, problems = read(tmp_path, rows)
    assert problems == []
    assert [(s.name, len(s.ads), s.daily_budget_cents) for s in plan.ad_sets] == [
        ("Cooks", 3, 1_200), ("Others", 1, 1_000),
    ]  # fmt: skip
    assert plan.ad_sets[0].audience == Audience(age_min=30, cities=("Bandariva",))


def test_law_rows_that_disagree_name_both_lines(tmp_path: Path) -> None:
    """Law: two values for one field of a set are an error with both lines and values."""
    _, problems = read(tmp_path, [GOOD, {**GOOD, "Ad Name": "Two", "Ad Set Daily Budget": "20"}])
    assert rules(problems) == ["ads.contradiction"]
    assert [str(found) for found in problems] == [
        'ads.csv line 3, "Ad Set Daily Budget": "20" - line 2 says 10 for the same ad set; say the same, '
        "leave this cell empty, or give the ad set another name"
    ]


@pytest.mark.parametrize(
    ("changes", "rule", "column", "phrase"), [case[1:] for case in BAD_CELLS], ids=[c[0] for c in BAD_CELLS]
)
def test_law_a_bad_cell_names_line_column_rule_and_way_out(
    tmp_path: Path, changes: Mapping[str, str], rule: str, column: str, phrase: str
) -> None:
    """Law: each mistake gives one error, in its place, with its own sentence, and the ads are left out."""
    plan, problems = read(tmp_path, [{**GOOD, "Ad Set Name": "Fine"}, {**GOOD, **changes}])
    errors = [found for found in problems if found.severity == "error"]
    assert [(found.rule, found.line, found.column) for found in errors] == [(rule, 3, column)]
    assert phrase in str(errors[0])
    assert plan.ad_sets[0].name == "Fine"


BAD_SHEETS: list[tuple[str, str, str]] = [
    ("", "ads.empty_file", "the file is empty"),
    ("a,b\n1,2\n", "ads.no_header", "start the file with the columns Campaign Name,Ad Set Name,Ad Name"),
    ("Campaign Name,Ad Set Name,Ad Name\n", "ads.missing_column", '"Optimization Goal"'),
    (sheet_of([{**GOOD, "Frequncy Cap": "3"}]), "ads.unknown_column", 'did you mean "Frequency Cap"'),
    (sheet_of([GOOD]).replace("\n", ",x\n", 2).replace(",x\n", "\n", 1), "plan.too_many_cells", "more cells"),
    (sheet_of([GOOD]) + '"open', "plan.broken_quotes", "quotes"),
    (sheet_of([GOOD, GOOD]), "ads.twice_named", "line 2 has an ad of this name"),
    (sheet_of([{**GOOD, "Ad Name": str(k)} for k in range(52)]), "ads.most_in_set", "52 ads"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "phrase"), BAD_SHEETS, ids=[case[1] for case in BAD_SHEETS])
def test_law_a_bad_sheet_says_what_is_wrong(tmp_path: Path, text: str, rule: str, phrase: str) -> None:
    """Law: what is wrong with header, rows or the set as a whole has its sentence too."""
    _, problems = read(tmp_path, text)
    errors = [found for found in problems if found.severity == "error" and found.rule != "ads.unknown_column"]
    errors += [found for found in problems if found.rule == "ads.unknown_column" and rule == found.rule]
    assert [found.rule for found in errors] == [rule] or rule == "ads.no_header"
    assert any(phrase in str(found) for found in problems if found.rule == rule)


def test_law_all_problems_at_once(tmp_path: Path) -> None:
    """Law: every mistake of a row and of a list in one cell is named in one reading."""
    bad = {
        **GOOD, "Cities": "Bandarivo|Sokoleni|Ziwandu", "Age Min": "70", "Age Max": "20", "Hours": "x",
        "Flexible Inclusions": "baking|cooking", "Flexible Exclusions": "cooking",
        "Ad Set Daily Budget": "$5", "Format": "foto", "Body": "", "Topic": "xyz", "Frequency Cap": "0",
    }  # fmt: skip
    _, problems = read(tmp_path, [bad])
    assert sorted(rules(problems)) == [
        "ads.age_order", "ads.bad_hours", "ads.both_ways",
        "ads.cap_zero", "ads.money_sign", "ads.no_body", "ads.other_kind",
        "ads.unknown_name", "ads.unknown_name", "ads.unknown_name", "plan.unknown_format",
    ]  # fmt: skip
    assert not [found for found in problems if "{" in str(found)]


def test_law_a_bad_cell_repeated_is_named_once(tmp_path: Path) -> None:
    """Law: fifty rows of one set with the same slip give one error."""
    rows = [{**GOOD, "Ad Name": str(k), "Hours": "8-30"} for k in range(50)]
    _, problems = read(tmp_path, rows)
    assert [(found.rule, found.line) for found in problems] == [("ads.bad_hours", 2)]


def test_extreme_too_many_ads_are_refused_before_anything_else(tmp_path: Path) -> None:
    """Extreme: fifty thousand rows, all of them wrong, give one error with the count; 5,000 are read."""
    plan, problems = read(tmp_path, sheet_of([GOOD]) + ",".join("x" * len(GOOD)) * 1 + "\nx,y\n" * 50_000)
    assert rules(problems) == ["ads.too_many_rows"]
    assert "the sheet has 50,002 ads, and an account holds 5,000" in str(problems[0])
    assert plan == AdPlan()
    most = int(model_parameters()["ads.most_rows"])
    rows = [{**GOOD, "Ad Set Name": str(k // 50), "Ad Name": str(k)} for k in range(most)]
    plan, problems = read(tmp_path, rows)
    assert sum(len(ad_set.ads) for ad_set in plan.ad_sets) == most
    assert {found.severity for found in problems} == {"warning"}


def test_extreme_a_header_alone_advertises_nothing(tmp_path: Path) -> None:
    """Extreme: the sheet of the research pack has no ads and no problem."""
    write_ads(AdPlan(), tmp_path / "ads.csv")
    assert (tmp_path / "ads.csv").read_text() == ",".join(COLUMNS) + "\n"
    assert read_ads(tmp_path / "ads.csv", client=SHOP) == (AdPlan(), [])


def test_law_semicolons_bring_decimal_commas(tmp_path: Path) -> None:
    """Law: where semicolons part the cells, 2,50 is two and a half; elsewhere it is asked about."""
    rows: Rows = [{**GOOD, "Bid Amount": "2,50"}]
    plan, problems = read(tmp_path, sheet_of(rows, ";"))
    assert problems == []
    assert plan.ad_sets[0].bid_cents == 250
    _, problems = read(tmp_path, rows)
    assert [str(found) for found in problems] == [
        'ads.csv line 2, "Bid Amount": "2,50" - where commas part the cells, a number has a decimal point '
        "and not a comma; write 2.50"
    ]


# ------------------------------------------------------------------ boosted posts


@pytest.mark.parametrize(("which", "at"), [("2027-03-01 18:00", 0), ("2", 1), ("Beans for a Monday.", 2)])
def test_law_a_boosted_post_says_what_the_post_says(tmp_path: Path, which: str, at: int) -> None:
    """Law: by time, row or text the post is found, and the ad takes its words, topic, link and offer."""
    row = {name: cell for name, cell in GOOD.items() if name not in ("Format", "Body", "Link", "Topic")}
    plan, problems = read(tmp_path, [{**row, "Boost Post": which}])
    assert problems == []
    post, ad = POSTS[at], plan.ad_sets[0].ads[0]
    assert ad == Ad.boosting("One", post)
    assert (ad.text, ad.format, ad.purpose, ad.topic) == (post.text, post.format, post.purpose, post.topic)
    assert (ad.link, ad.offer, ad.boosted_post) == (post.link, post.offer, post)


def test_law_a_post_is_boosted_while_it_is_out(tmp_path: Path) -> None:
    """Law: a post that goes out when the set has stopped can never be shown."""
    row = {name: cell for name, cell in GOOD.items() if name not in ("Format", "Body", "Link", "Topic")}
    _, problems = read(tmp_path, [{**row, "Boost Post": "2", "Ad Set Time Stop": "2027-03-09 15:00"}])
    assert [(found.rule, found.line) for found in problems] == [("ads.boost_too_late", 2)]
    assert read(tmp_path, [{**row, "Boost Post": "2", "Ad Set Time Stop": "2027-03-09 15:01"}])[1] == []


def test_law_boosted_posts_wait_for_a_plan_that_can_be_read(tmp_path: Path) -> None:
    """Law: while the plan has errors its rows cannot be counted, so only the plan is complained of."""
    row = {name: cell for name, cell in GOOD.items() if name not in ("Format", "Body", "Link", "Topic")}
    (tmp_path / "ads.csv").write_text(sheet_of([{**row, "Boost Post": "7"}]))
    head = "Posting Time,Text,Format,Purpose,Topic\n"
    (tmp_path / "plan.csv").write_text(head + "2027-03-09 25:00,Jars,photo,inform,storage\n")
    assert rules(check_playbook(tmp_path, SHOP, world=WORLD)) == ["plan.bad_hour"]
    (tmp_path / "plan.csv").write_text(head + "2027-03-09 15:00,Jars,photo,inform,storage\n")
    assert rules(check_playbook(tmp_path, SHOP, world=WORLD)) == ["ads.boost_no_row"]


# ------------------------------------------------------------------ audiences and the law


def test_law_a_small_audience_is_refused_when_the_town_is_known(tmp_path: Path) -> None:
    """Law: with a client, an audience the platform would not sell is an error with its size."""
    few = {**GOOD, "Districts": "Mitendera", "Gender": "men", "Age Min": "60"}
    _, problems = read(tmp_path, [few, {**few, "Ad Name": "Two"}])
    assert [(found.rule, found.line, found.severity) for found in problems] == [
        ("audience.too_small", 2, "error")
    ]
    assert "of 5,000 people, and the platform sells none below 100" in str(problems[0])
    assert read(tmp_path, [few], client=None)[1] == []


def test_invariant_clients_and_ads_know_the_same_special_categories() -> None:
    """Invariant: what a client's file may say is what a row may say."""
    known = get_args(ClientFile.model_fields["special_ad_category"].annotation)
    assert known == ("", *SPECIAL_CATEGORIES)


@pytest.mark.parametrize("category", SPECIAL_CATEGORIES)
def test_law_special_ads_may_not_choose_people(tmp_path: Path, category: str) -> None:
    """Law: housing, credit and job ads choose no age, gender, likeness or neighbourhood."""
    narrow = {
        **GOOD,
        "Age Min": "25",
        "Age Max": "44",
        "Gender": "men",
        "Districts": "Sokoleni",
        "Stations": "Maktaba",
        "Within Km": "20",
        "Addresses": "0 0 +24km",
        "Flexible Inclusions": "home|lookalike 1%",
        "Flexible Exclusions": "lookalike 2%",
        "Special Ad Category": category.upper(),
    }
    problems = [found for found in read(tmp_path, [narrow])[1] if found.severity == "error"]
    assert {found.rule for found in problems} == {"ads.special"}
    assert {found.column for found in problems} == {
        "Age Min", "Age Max", "Gender", "Districts", "Stations", "Addresses", "Flexible Inclusions",
        "Flexible Exclusions",
    }  # fmt: skip
    assert "the law forbids keeping some from seeing it" in str(problems[0])
    wide = {**GOOD, "Special Ad Category": category, "Flexible Inclusions": "home", "Addresses": "0 0 +25km"}
    assert read(tmp_path, [wide])[1] == []
    free = {**narrow, "Age Min": "", "Age Max": "", "Districts": "!Sokoleni"}
    free.update({"Special Ad Category": "", "Flexible Exclusions": ""})
    assert rules(read(tmp_path, [free])[1]) == ["ads.uncounted_likeness"]


def test_law_a_client_may_be_special_as_a_whole(tmp_path: Path) -> None:
    """Law: an agent for flats need not say so in every row."""
    agent = replace(SHOP, file=SHOP.file.model_copy(update={"special_ad_category": "housing"}))
    _, problems = read(tmp_path, [{**GOOD, "Gender": "women"}], client=agent)
    assert [(found.rule, found.column) for found in problems] == [("ads.special", "Gender")]
    assert "an ad for housing" in str(problems[0])


# ------------------------------------------------------------------ warnings


def test_law_a_careful_colleague_asks(tmp_path: Path) -> None:
    """Law: each thing that costs money in vain is asked about once, and none stops the run."""
    lost = {
        **GOOD, "Ad Set Name": "Lost", "Cities": "", "Optimization Goal": "LINK_CLICKS", "Link": "",
        "Ad Set Daily Budget": "20", "Topic": "hair", "Body": "Cut and colour, price 900. Book now.",
    }  # fmt: skip
    wrong = {**lost, "Ad Set Name": "Rivals", "Purpose": "inform", "Ad Set Daily Budget": "35", "Link": "a.b"}
    away = {**lost, "Ad Set Name": "Away", "Cities": "Ziwandu", "Ad Set Daily Budget": "1", "Link": "a.b"}
    salon = SALON
    topic = salon.topic_names[0]
    rows = [{**row, "Topic": topic} for row in (lost, wrong, away)]
    path = tmp_path / "ads.csv"
    path.write_text(sheet_of(rows))
    plan, problems = read_ads(path, client=salon)
    assert {found.severity for found in problems} == {"warning"}
    found = {(one.rule, one.line) for one in problems}
    assert {
        ("ads.no_link", 2), ("plan.contradicts_purpose", 3), ("ads.rivals", 3), ("ads.no_city", 2),
        ("ads.no_city", 3), ("ads.not_served", 4),
    } <= found  # fmt: skip
    spent = sum(s.most_cents(salon.file.month_start, 28) for s in plan.running)
    assert (spent > salon.file.budget_cents) == ("ads.over_budget" in {rule for rule, _ in found})


def test_law_spending_more_than_there_is_is_asked_about(tmp_path: Path) -> None:
    """Law: all sets together are held against the client's budget; what is paused spends nothing."""
    rows = [{**GOOD, "Ad Set Name": name, "Ad Set Daily Budget": "60", "Gender": who}
            for name, who in (("A", "women"), ("B", "men"))]  # fmt: skip
    _, problems = read(tmp_path, rows)
    assert [(found.rule, found.line) for found in problems] == [("ads.over_budget", 3)]
    assert "may spend 3,360.00, and the client has 3,000.00" in str(problems[0])
    rows[1]["Ad Set Run Status"] = "PAUSED"
    rows[0]["Ad Set Run Status"] = ""
    assert read(tmp_path, rows)[1] == []


def test_law_sets_at_other_times_are_no_rivals(tmp_path: Path) -> None:
    """Law: two sets for the same people bid against each other only when they run together."""
    first, second = {**GOOD, "Ad Set Name": "A"}, {**GOOD, "Ad Set Name": "B"}
    assert rules(read(tmp_path, [first, second])[1]) == ["ads.rivals"]
    later = {"Ad Set Time Start": "2027-03-09 00:00", "Ad Set Time Stop": ""}
    sooner = {"Ad Set Time Start": "", "Ad Set Time Stop": "2027-03-09 00:00"}
    assert read(tmp_path, [{**first, **sooner}, {**second, **later}])[1] == []
    assert read(tmp_path, [{**first, "Hours": "0-12"}, {**second, "Hours": "12-24"}])[1] == []
    long, third = {**first, "Ad Set Time Stop": "2027-03-20 00:00"}, {**second, "Ad Set Name": "C"}
    middle = {**second, "Ad Set Time Start": "2027-03-02 00:00", "Ad Set Time Stop": "2027-03-03 00:00"}
    _, problems = read(tmp_path, [{**third, **later}, middle, long])
    assert [(found.rule, found.line) for found in problems] == [("ads.rivals", 4)]
    assert 'runs "C" (line 2; 100% are in both), "B" (line 3; 100% are in both)' in str(problems[0])


@pytest.mark.parametrize(
    ("one", "other", "are_rivals"),
    [
        ({"Age Min": "20", "Age Max": "40"}, {"Age Min": "21", "Age Max": "40"}, True),
        ({"Age Max": "50"}, {}, True),
        ({"Gender": "women"}, {"Gender": "men"}, False),
        ({"Age Max": "30"}, {"Age Min": "31"}, False),
        ({"Cities": "Bandariva"}, {"Cities": "Ziwandu"}, False),
        ({"Flexible Inclusions": "cooking"}, {"Flexible Inclusions": "cooking|games"}, True),
        ({"Flexible Inclusions": "parenting & cooking"}, {"Flexible Inclusions": "cooking"}, False),
        ({"Flexible Inclusions": "visitors"}, {"Flexible Exclusions": "visitors"}, False),
        ({"Flexible Inclusions": "visitors"}, {"Flexible Inclusions": "engaged"}, False),
        ({"Flexible Inclusions": "visitors"}, {"Flexible Inclusions": "visitors", "Age Min": "20"}, True),
        ({}, {"Flexible Exclusions": "followers"}, True),
    ],
)
def test_law_sets_for_mostly_the_same_people_are_rivals(
    tmp_path: Path, one: dict[str, str], other: dict[str, str], are_rivals: bool
) -> None:
    """Law: what counts is how many people two sets share, not whether their rows are alike."""
    rows = [{**GOOD, "Ad Set Name": "A", **one}, {**GOOD, "Ad Set Name": "B", **other}]
    found = [p for p in read(tmp_path, rows)[1] if p.rule == "ads.rivals"]
    assert [(p.line, p.value) for p in found] == ([(3, "B")] if are_rivals else [])


def test_extreme_a_thousand_sets_for_as_many_audiences_are_compared(tmp_path: Path) -> None:
    """Extreme: many different audiences are compared, and of many rivals the first are named."""
    rows = [
        {**GOOD, "Ad Set Name": str(k), "Ad Set Daily Budget": "0.05", "Age Min": str(18 + k % 40),
         "Age Max": str(60 + k // 40 % 5), "Hours": f"{k % 23}-24"}
        for k in range(1_000)
    ]  # fmt: skip
    found = [p for p in read(tmp_path, rows)[1] if p.rule == "ads.rivals"]
    assert len(found) > 900
    assert "and 9" in found[-1].says


def test_law_a_text_about_something_else_is_asked_about(tmp_path: Path) -> None:
    """Law: what people will read the text as is held against what the row says."""
    _, problems = read(tmp_path, [{**GOOD, "Topic": "children"}])
    assert [(found.rule, found.column, found.severity) for found in problems] == [
        ("plan.contradicts_topic", "Topic", "warning")
    ]


def test_law_a_title_alone_is_asked_about_and_nothing_at_all_is_refused(tmp_path: Path) -> None:
    """Law: an ad may be a picture with a headline, as a post may be a picture alone."""
    plan, problems = read(tmp_path, [{**GOOD, "Title": "A frying pan", "Body": ""}])
    assert [(found.rule, found.column, found.severity) for found in problems] == [
        ("ads.title_alone", "Body", "warning")
    ]
    assert plan.ad_sets[0].ads[0].text == ""


def test_law_a_text_about_nothing_of_the_clients_is_asked_about(tmp_path: Path) -> None:
    """Law: a text in which no word speaks of any topic is asked about, with words that would."""
    _, problems = read(tmp_path, [{**GOOD, "Body": "Braids and curls. Price 900, order now."}])
    assert [(found.rule, found.column, found.severity) for found in problems] == [
        ("plan.unheard_topic", "Topic", "warning")
    ]
    assert "no word of this text speaks of cookware" in problems[0].says
    assert "pan" in problems[0].way_out


def test_law_an_ad_that_sells_at_a_loss_names_the_product(tmp_path: Path) -> None:
    """Law: an ad's offer is held against the margin of what its text names."""
    row = {**GOOD, "Cities": "Bandariva", "Topic": "hair", "Offer": "0.47"}
    text = "Box braids at 47 per cent off. Book by message."
    path = tmp_path / "ads.csv"
    path.write_text(sheet_of([{**row, "Body": text}]))
    _, problems = read_ads(path, client=SALON, world=WORLD)
    assert [(found.rule, found.column, found.value) for found in problems] == [
        ("plan.losing_offer", "Offer", "0.47")
    ]
    assert "Box braids (margin 45%)" in problems[0].says


def test_law_a_likeness_nobody_has_counted_is_asked_about(tmp_path: Path) -> None:
    """Law: without the page's record the check cannot know the buyers, and says what is needed."""
    _, problems = read(tmp_path, [{**GOOD, "Flexible Inclusions": "lookalike 2%"}])
    assert [(found.rule, found.column, found.value) for found in problems] == [
        ("ads.uncounted_likeness", "Flexible Inclusions", "lookalike 2%")
    ]
    assert "100 people who have bought from the page" in problems[0].says


def test_law_a_slip_in_a_budget_is_told_once(tmp_path: Path) -> None:
    """Law: a set that alone asks for twenty times the budget is an error and no warning besides."""
    rows = [{**GOOD, "Ad Set Daily Budget": "2200"}, {**GOOD, "Ad Set Name": "B", "Gender": "men"}]
    rows[0]["Gender"] = "women"
    assert rules(read(tmp_path, rows)[1]) == ["ads.budget_absurd"]


def test_law_a_problem_quotes_the_cell_it_names(tmp_path: Path) -> None:
    """Law: what stands between the quotes is what stands in that column, and the set is named in words."""
    wide = {**GOOD, "Ad Set Name": "S", "Ad Set Daily Budget": "200", "Cities": "", "Topic": "hair",
            "Body": "Hair is washed and cut, price 450. Book now."}  # fmt: skip
    _, problems = read(tmp_path, [wide], client=SALON)
    assert [str(found).split(";")[0] for found in problems] == [
        'ads.csv line 2, "Cities": the ad set "S" names no place: 55% of those who may see it live where the '
        "client serves nobody",
        'ads.csv line 2, "Ad Set Daily Budget": "200" - with the ad set "S" it is too much: all together may '
        "spend 5,600.00, and the client has 1,000.00",
    ]
    away = {**wide, "Cities": "Ziwandu", "Ad Set Daily Budget": "", "Ad Set Lifetime Budget": "1000.01"}
    _, problems = read(tmp_path, [away], client=SALON)
    assert [(found.rule, found.column, found.value) for found in problems] == [
        ("ads.not_served", "Cities", "Ziwandu"),
        ("ads.over_budget", "Ad Set Lifetime Budget", "1000.01"),
    ]


def test_law_start_and_stop_are_told_together(tmp_path: Path) -> None:
    """Law: a start before the run does not hide a stop after it."""
    row = {**GOOD, "Ad Set Time Start": "2027-02-01 10:00", "Ad Set Time Stop": "2027-05-10 10:00"}
    _, problems = read(tmp_path, [row])
    assert [(found.rule, found.column, found.severity) for found in problems] == [
        ("ads.outside_days", "Ad Set Time Start", "error"),
        ("ads.stops_later", "Ad Set Time Stop", "warning"),
    ]
    assert "the run ends on 2027-03-28: the ad set stops then" in str(problems[1])
    row |= {"Ad Set Time Start": "", "Ad Set Time Stop": "2027-03-29 00:00"}
    assert read(tmp_path, [row])[1] == []


def test_law_sets_with_an_error_are_asked_about_too(tmp_path: Path) -> None:
    """Law: mending one cell brings up no warning that could have been told before."""
    row = {**GOOD, "Hours": "x", "Cities": "", "Optimization Goal": "LINK_CLICKS", "Link": "",
           "Topic": "hair", "Body": "A facial for tired skin, price 700. Book now."}  # fmt: skip
    _, problems = read(tmp_path, [row], client=SALON)
    assert sorted(rules(problems)) == [
        "ads.bad_hours", "ads.no_city", "ads.no_link", "plan.contradicts_topic",
    ]  # fmt: skip


def test_law_a_day_outside_the_run_names_the_option(tmp_path: Path) -> None:
    """Law: who plays a few days only is told how many days would take the date in."""
    path = tmp_path / "ads.csv"
    for start, way_out in (
        ("2027-03-08 08:00", "choose a day in it, or play more days: --days 8 of run or portfolio"),
        ("2027-02-08 08:00", "choose a day in it"),
        ("2029-03-08 08:00", "choose a day in it"),
    ):
        path.write_text(sheet_of([{**GOOD, "Ad Set Time Start": start}]))
        _, problems = read_ads(path, client=SHOP, days=7, world=WORLD)
        assert [(found.rule, found.way_out) for found in problems] == [("ads.outside_days", way_out)]


def test_law_curly_quotes_are_named(tmp_path: Path) -> None:
    """Law: a text in curly quotes that its comma tore is one error that says so."""
    torn = (
        sheet_of([GOOD])
        .replace('"', "")
        .replace(
            "A frying pan is bought for ten years. Price 1,450, order now.", "\u201cA pan, order now.\u201d"
        )
    )
    _, problems = read(tmp_path, torn)
    assert [(found.rule, found.value) for found in problems] == [("plan.curly_quotes", "\u201cA pan")]


def test_law_a_plan_without_posts_can_boost_none(tmp_path: Path) -> None:
    """Law: where nothing is planned no time is offered."""
    row = {name: cell for name, cell in GOOD.items() if name not in ("Format", "Body", "Link", "Topic")}
    for which in ("2027-03-01 18:00", "1"):
        _, problems = read(tmp_path, [{**row, "Boost Post": which}], posts=())
        assert rules(problems) == ["ads.boost_no_posts"]


def test_law_of_many_posts_the_nearest_times_are_offered(tmp_path: Path) -> None:
    """Law: the times offered are the plan's own, those nearest to what is written, in order."""
    posts = tuple(replace(POSTS[2], posting_time=datetime(2027, 3, day, 9)) for day in range(1, 21))
    row = {name: cell for name, cell in GOOD.items() if name not in ("Format", "Body", "Link", "Topic")}
    _, problems = read(tmp_path, [{**row, "Boost Post": "2027-03-15 10:00"}], posts=posts)
    days = ", ".join(f"2027-03-{day} 09:00" for day in range(13, 19))
    assert problems[0].way_out == f"write the time of one ({days}, and 14 more), or its row (1 to 20)"


# ------------------------------------------------------------------ what a run reads


@pytest.mark.parametrize(
    ("changes", "window", "cents"),
    [
        ({}, (0, 40_320), 28_000),
        ({"start": datetime(2027, 3, 2, 23, 59), "stop": datetime(2027, 3, 3, 0, 1)}, (2_879, 2_881), 2_000),
        ({"start": datetime(2027, 3, 2), "stop": datetime(2027, 3, 3)}, (1_440, 2_880), 1_000),
        ({"start": datetime(2027, 2, 1), "stop": datetime(2027, 5, 1)}, (0, 40_320), 28_000),
        ({"stop": datetime(2027, 2, 1)}, (0, -40_320), 0),
        ({"daily_budget_cents": None, "lifetime_budget_cents": 700}, (0, 40_320), 700),
    ],
)
def test_theory_when_a_set_runs_and_what_it_may_spend(
    changes: dict[str, object], window: tuple[int, int], cents: int
) -> None:
    """Theory: times are minutes of the month within the run; a daily budget counts each day it touches."""
    ad_set = replace(AdSet("c", "s", "REACH", daily_budget_cents=1_000), **changes)  # type: ignore[arg-type]
    assert ad_set.window_minutes(date(2027, 3, 1), 28) == window
    assert ad_set.most_cents(date(2027, 3, 1), 28) == cents


@given(st.integers(0, 40_000), st.integers(1, 3_000), st.lists(st.booleans(), min_size=24, max_size=24))
@settings(max_examples=200, deadline=None)
def test_invariant_an_hour_comes_or_not(start: int, length: int, hours: list[bool]) -> None:
    """Invariant: places are sold as an hour strikes; going through every minute says whether one does."""
    first = datetime(2027, 3, 1)
    stop = start + length
    ad_set = AdSet(
        "c", "s", "REACH", start=first + timedelta(minutes=start), stop=first + timedelta(minutes=stop),
        hours=tuple(hours),
    )  # fmt: skip
    comes = any(
        hours[minute // 60 % 24] for minute in range(start, min(stop, 28 * 1_440)) if minute % 60 == 0
    )
    assert ad_set.has_an_hour(first.date(), 28) == comes


def test_law_only_what_is_active_runs() -> None:
    """Law: a pause of campaign, set or ad takes out exactly what it stands for."""
    on, off = Ad("a", "text", "sell", "", "x", "t"), Ad("b", "text", "sell", "", "y", "t", active=False)
    sets = (
        AdSet("c", "both", "REACH", ads=(on, off)),
        AdSet("c", "none", "REACH", ads=(off,)),
        AdSet("c", "set", "REACH", ads=(on,), active=False),
        AdSet("d", "campaign", "REACH", ads=(on,), campaign_active=False),
    )
    assert [(s.name, s.ads) for s in AdPlan(sets).running] == [("both", (on,))]


# ------------------------------------------------------------------ written and read again

_COUNTRY = load_country()
_NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)
_TIMES = st.datetimes(datetime(2027, 3, 1), datetime(2027, 3, 28)).map(lambda t: t.replace(microsecond=0))
_CENTS = st.integers(1_000, 10_000)
_KM = st.floats(0.01, 80)


@st.composite
def named(draw: st.DrawFn, names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    chosen = draw(st.lists(st.sampled_from(names), unique=True, max_size=5))
    cut = draw(st.integers(0, len(chosen)))
    return tuple(chosen[:cut]), tuple(chosen[cut:])


@st.composite
def audiences(draw: st.DrawFn) -> Audience:
    places = [draw(named(tuple(p.name for p in kind)))
              for kind in (_COUNTRY.cities, _COUNTRY.districts, _COUNTRY.stations)]  # fmt: skip
    terms, barred = draw(named(TERMS))
    cut = draw(st.integers(0, len(terms)))
    low = draw(st.integers(13, 65))
    return Audience(
        low,
        draw(st.integers(low, 80)),
        draw(st.sampled_from(GENDERS)),
        *(names for pair in places for names in pair),
        within_km=draw(_KM) if any(places[2]) else 1.0,
        points=tuple(
            draw(st.lists(st.builds(Pin, st.floats(-600, 600), st.floats(-600, 600), _KM), max_size=2))
        ),
        inclusions=tuple(group for group in (terms[:cut], terms[cut:]) if group),
        exclusions=barred,
    )


@st.composite
def ads(draw: st.DrawFn) -> Ad:
    name, active = draw(_NAMES), draw(st.booleans())
    if draw(st.booleans()):
        return Ad.boosting(name, draw(st.sampled_from(POSTS)), active=active)
    purpose = draw(st.sampled_from(PURPOSES))
    return Ad(
        name, draw(st.sampled_from(FORMATS)), purpose, draw(_NAMES | st.just("")), draw(_WORDS),
        draw(st.sampled_from(SHOP.topic_names)), draw(_NAMES | st.just("")),
        draw(st.floats(0, 0.5)) if purpose == "sell" else 0.0, active=active,
    )  # fmt: skip


@st.composite
def ad_sets(draw: st.DrawFn) -> AdSet:
    daily = draw(st.booleans())
    budget = draw(_CENTS)
    start = draw(st.none() | _TIMES)
    hours = tuple(draw(st.lists(st.booleans(), min_size=24, max_size=24)))
    return AdSet(
        draw(_NAMES), draw(_NAMES), draw(st.sampled_from(GOALS)), draw(audiences()),
        budget if daily else None, None if daily else budget, start,
        start + timedelta(days=20) if start and draw(st.booleans()) else None,
        draw(st.none() | st.integers(1, 1_000)), draw(st.none() | st.integers(1, 50)),
        hours if any(hours) else ALL_DAY, draw(st.sampled_from(["", *SPECIAL_CATEGORIES])),
        tuple(draw(st.lists(ads(), min_size=1, max_size=3))), draw(st.booleans()), draw(st.booleans()),
    )  # fmt: skip


@given(sets=st.lists(ad_sets(), max_size=3, unique_by=lambda s: (s.campaign, s.name)))
@settings(max_examples=150, deadline=None)
def test_invariant_a_sheet_comes_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, sets: list[AdSet]
) -> None:
    """Invariant: whatever is written reads back field by field; only rules about whole sets may object."""
    folder = tmp_path_factory.mktemp("sheet")
    plan = AdPlan(tuple(sets))
    write_ads(plan, folder / "ads.csv", POSTS)
    found, problems = read_ads(folder / "ads.csv", posts=POSTS)
    assert found == plan
    about_sets = {
        "ads.nobody", "ads.special", "ads.twice_named", "ads.boost_too_late", "ads.no_link", "ads.rivals",
        "plan.contradicts_purpose", "plan.contradicts_topic", "ads.uncounted_likeness",
    }  # fmt: skip
    assert set(rules(problems)) <= about_sets


_CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["9" * 5_000, "1e999", "-0", "0 1e99 +1e9km", "lookalike 1e9%", "Bandariva|!Bandariva", "& & &",
         "0-24", "=1+1", "\u0661\u0662", "2027-03-01 00:00",
         "25", "cooking & home | buyers", "\x00", "!!-", "ACTIVE"]
    ),
)  # fmt: skip


@given(rows=st.lists(st.dictionaries(st.sampled_from(COLUMNS), _CELLS), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_extreme_whatever_stands_in_the_cells(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Extreme: any cells at all are read or refused in words, never with a crash."""
    folder = tmp_path_factory.mktemp("any")
    _, problems = read(folder, [{**GOOD, **row} for row in rows])
    assert all(found.says and found.way_out and found.file == "ads.csv" for found in problems)


def test_invariant_a_playbook_with_ads_comes_back(tmp_path: Path) -> None:
    """Invariant: ads are written and read with the rest, and posts at the same time told apart."""
    boosted = tuple(Ad.boosting(str(at), post) for at, post in enumerate(POSTS))
    plan = AdPlan((AdSet("c", "s", "REACH", Audience(cities=("Bandariva",)), 1_000, ads=boosted),))
    book = Playbook(None, ContentPlan(POSTS), plan)
    book.write(tmp_path)
    assert Playbook.read(tmp_path, SHOP, world=WORLD) == book
    assert Playbook.read(tmp_path) == book
    replace(book, ads=None).write(tmp_path)
    assert not (tmp_path / "ads.csv").exists()
    assert Playbook.read(tmp_path, SHOP).ads is None


def test_law_nothing_is_run_on_an_error(tmp_path: Path) -> None:
    """Law: a playbook with one wrong ad is refused whole."""
    (tmp_path / "ads.csv").write_text(sheet_of([GOOD, {**GOOD, "Ad Name": "Two", "Ad Status": "maybe"}]))
    with pytest.raises(PlaybookError, match="this is not a status"):
        Playbook.read(tmp_path, SHOP)


# ------------------------------------------------------------------ what is shipped


def test_golden_the_worked_example_of_the_guide(tmp_path: Path) -> None:
    """Golden: the guide's sheet has no problem and is what the guide says of it."""
    text = GUIDE.read_text(encoding="utf-8").split("```csv\n", 1)[1].split("```", 1)[0]
    first = replace(POSTS[0], posting_time=datetime(2027, 3, 2, 18))
    plan, problems = read(tmp_path, text, posts=(first, *POSTS[1:]))
    assert problems == []
    cooks, back = plan.running
    assert cooks.most_cents(SHOP.file.month_start, 28) == 110_000
    assert cooks.audience.describe() == (
        "everybody aged 22 to 60 in Bandariva or Ziwandu, listed for cooking or home; without followers"
    )
    assert (cooks.goal, cooks.frequency_cap, cooks.ads) == ("FOLLOWS", 4, (Ad.boosting("Pans", first),))
    assert back.most_cents(SHOP.file.month_start, 28) == 60_000
    assert back.audience.describe() == "everybody aged 18 and over, among visitors or engaged; without buyers"
    assert [(ad.name, ad.purpose, ad.offer) for ad in back.ads] == [
        ("Jars", "sell", 0.1),
        ("Box", "sell", 0.0),
    ]
    assert back.window_minutes(SHOP.file.month_start, 28) == (7 * 1_440 + 480, 28 * 1_440)


def test_law_the_guides_sheet_fits_the_readmes_month(tmp_path: Path) -> None:
    """Law: who follows README and then copies the guide's sheet has nothing to mend."""
    guide = GUIDE.read_text(encoding="utf-8").split("```csv\n", 1)[1].split("```", 1)[0]
    readme = (GUIDE.parents[1] / "README.md").read_text(encoding="utf-8")
    for name in ("plan.csv", "shifts.csv"):
        written = readme.rsplit(f"playbook/{name} -->\n```csv\n", 1)[1].split("```", 1)[0]
        (tmp_path / name).write_text(written, encoding="utf-8")
    (tmp_path / "ads.csv").write_text(guide, encoding="utf-8")
    assert check_playbook(tmp_path, load_client("online-shop:7")) == []


def test_golden_the_guide_runs() -> None:
    """Golden: what the guide types gives what it shows."""
    failed, tried = doctest.testfile(str(GUIDE), module_relative=False, encoding="utf-8")
    assert (failed, tried > 3) == (0, True)


def test_invariant_the_guide_names_every_column() -> None:
    """Invariant: no column of a sheet is left unexplained."""
    text = GUIDE.read_text(encoding="utf-8")
    assert not [name for name in COLUMNS if f"`{name}`" not in text]


@pytest.mark.parametrize("name", client_names())
def test_law_shipped_ads_have_no_problem(name: str) -> None:
    """Law: an example is a sheet nobody needs to ask about."""
    with resources.as_file(resources.files("simulator") / "data" / "examples" / name) as folder:
        problems = [found for found in check_playbook(folder, load_client(name)) if found.file == "ads.csv"]
    assert problems == []


def test_invariant_every_rule_of_ads_is_met_here() -> None:
    """Invariant: each sentence about ads is the answer to a mistake that a test makes."""
    folder = Path(__file__).parent
    written = "".join((folder / name).read_text("utf-8") for name in ("bad_ads.py", "test_playbook_ads.py"))
    keys = [
        key for key in catalogue(DEFAULT_LANGUAGE) if key.startswith(("problems.ads.", "problems.audience."))
    ]
    named = {key.removeprefix("problems.").rpartition(".")[0] for key in keys}
    on_day_one = {"audience.few_buyers", "audience.small_on_day_one"}
    assert not {rule for rule in named if f'"{rule}"' not in written} - on_day_one
