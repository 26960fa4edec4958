"""``msimamizi audience``: whom the ad sets of a playbook would reach."""

from __future__ import annotations

import json

import pytest

from tests.command_line import HEADER, call


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
