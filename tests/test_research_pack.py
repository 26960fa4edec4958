"""The research pack: what may be known of a client before acting, and nothing hidden."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from simulator.insights.month import past_insights
from simulator.network.staging import DayOne
from simulator.playbook.ads import AdPlan
from simulator.playbook.beside import researched_client
from simulator.playbook.checks import check_playbook
from simulator.playbook.playbook import Playbook
from simulator.playbook.replies import ReplyRules
from simulator.playbook.shifts import ShiftPlan
from simulator.research.pack import (
    MOST_BUYERS,
    SAMPLE_PEOPLE,
    SEEING_MINUTES,
    audience_sample,
    brief_text,
    main_interests,
    online_hours,
    sampled_people,
    write_pack,
    write_page_research,
)
from simulator.units import MINUTES_PER_HOUR
from simulator.world.clients import client_names, load_client
from simulator.world.interests import INTERESTS
from simulator.world.people import LOG_BYTE
from simulator.world.places import load_country
from simulator.world.rhythms import weekly_curves
from tests.small_months import found, shop

PEOPLE = 5_000


@pytest.fixture(scope="module")
def start() -> DayOne:
    """An online shop as found in a town of five thousand."""
    return found(people=PEOPLE)


@pytest.fixture(scope="module")
def sample(start: DayOne) -> pd.DataFrame:
    """Its audience sample."""
    return audience_sample(start)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole pack on disk."""
    folder = tmp_path_factory.mktemp("pack")
    write_pack(shop(), folder, people=PEOPLE)
    return folder


def test_invariant_the_pack_is_whole(pack: Path) -> None:
    """Invariant: brief, sample, hours, three tables of the past and an empty playbook; each is returned and
    there.
    """
    names = {str(path.relative_to(pack)) for path in pack.rglob("*") if path.is_file()}
    assert names == {
        "brief.md",
        "audience_sample.csv",
        "online_hours.csv",
        "places.csv",
        "past/posts.csv",
        "past/daily.csv",
        "past/audience.csv",
        "past/inbox.csv",
        "playbook/ads.csv",
        "playbook/page.toml",
        "playbook/plan.csv",
        "playbook/replies.csv",
        "playbook/shifts.csv",
    }


def test_invariant_written_again_it_is_the_same(pack: Path, tmp_path: Path) -> None:
    """Invariant: the same client and seed give the same bytes, another world seed another sample."""
    again = write_pack(load_client("online-shop"), tmp_path / "a", people=PEOPLE)
    for path in again:
        assert path.read_bytes() == (pack / path.relative_to(tmp_path / "a")).read_bytes(), path.name
    write_pack(shop(), tmp_path / "b", people=PEOPLE, seed=2)
    samples = [(folder / "audience_sample.csv").read_bytes() for folder in (pack, tmp_path / "b")]
    assert samples[0] != samples[1]


def test_invariant_the_empty_playbook_can_be_checked(pack: Path) -> None:
    """Invariant: the playbook to fill in has no error, no post, ad, rule or shift, and the page as found."""
    problems = check_playbook(pack / "playbook", shop())
    assert [found for found in problems if found.severity == "error"] == []
    book = Playbook.read(pack / "playbook", shop())
    assert book.plan.posts == ()
    assert book.ads == AdPlan()
    assert (book.replies, book.shifts) == (ReplyRules(), ShiftPlan())
    as_found = shop().file.page
    assert book.page is not None
    assert book.page.name == as_found.get("name", "")
    assert tomllib.loads((pack / "playbook" / "page.toml").read_text("utf-8"))["name"] == book.page.name


def test_invariant_nothing_hidden_is_in_the_pack(pack: Path) -> None:
    """Invariant: no column tells expected margins, needs, sensitivities or rhythms of a person."""
    hidden = {
        "expected",
        "worth",
        "need",
        "nuisance",
        "proneness",
        "chronotype",
        "goodwill",
        "appeal",
        "quality",
    }
    for path in pack.rglob("*.csv"):
        header = path.read_text("utf-8").splitlines()[0].casefold()
        assert not {word for word in hidden if word in header}, path.name


def test_invariant_who_is_in_the_sample(start: DayOne, sample: pd.DataFrame) -> None:
    """Invariant: at most 300 different people: buyers of the past first, then followers, and nobody else."""
    persons = sampled_people(start)
    assert len(persons) == len(sample) <= SAMPLE_PEOPLE
    buyers = np.isin(persons, start.former.purchases.person)
    assert (np.diff(buyers.astype(int)) <= 0).all()
    assert (np.diff(persons[buyers]) > 0).all()
    assert (np.diff(persons[~buyers]) > 0).all()
    assert (sample["chosen_as"] == np.where(buyers, "buyer", "follower")).all()
    assert buyers.sum() == min(MOST_BUYERS, len(np.unique(start.former.purchases.person)))
    assert np.isin(persons[~buyers], start.former.followers_end).all()
    assert len(sample) == SAMPLE_PEOPLE


def test_invariant_the_sample_agrees_with_the_log(start: DayOne, sample: pd.DataFrame) -> None:
    """Invariant: each row's purchases, posts seen and reactions are those of its person's past."""
    log, persons = start.former, sampled_people(start)
    for person, row in zip(persons.tolist(), sample.to_dict("records"), strict=True):
        met = log.exposures.person == person
        assert row["posts_seen"] == met.sum()
        assert row["reactions"] == ((log.exposures.actions[met] & 1) > 0).sum()
        assert row["purchases"] == (log.purchases.person == person).sum()
        assert row["follows"] == (person in log.followers_end)
        assert bool(row["last_seen"]) == bool(met.any())
        assert row["age"] == start.world.people.age[person]


def test_invariant_cards_are_of_people(sample: pd.DataFrame) -> None:
    """Invariant: everybody has a name, a handle of their own, a gender, a city and a short bio."""
    assert sample["handle"].is_unique
    assert (sample["name"].str.len() > 3).all()
    assert set(sample["gender"]) == {"female", "male"}
    assert set(sample["income"]) <= {"lower", "middle", "upper"}
    assert sample["bio"].str.len().between(5, 200).all()
    assert all(set(cell.split()) <= set(INTERESTS) for cell in sample["interests"])


def test_theory_main_interests_are_the_strongest_two(start: DayOne) -> None:
    """Theory: the strongest interest stands first, the next after it."""
    weights = start.world.people.interests
    for person in range(0, 200, 7):
        first, second = (INTERESTS.index(name) for name in main_interests(start.world, person))
        row = weights[person].astype(int)
        assert row[first] == row.max()
        assert row[second] == np.delete(row, first).max()


def test_theory_online_hours_are_the_followers_rhythm(start: DayOne) -> None:
    """Theory: counts by hour are Poisson about followers' sessions, seen for ten minutes each."""
    table = online_hours(start).drop(columns="weekday").to_numpy()
    assert table.shape == (7, 24)
    followers, people = start.former.followers_end.astype(int), start.world.people
    activity = LOG_BYTE[people.activity[followers]].astype(float)
    curves = weekly_curves()[people.chronotype[followers]].astype(float)
    seen = 1 + SEEING_MINUTES / MINUTES_PER_HOUR
    expected = (activity[:, None] * curves).sum(axis=0).reshape(7, 24) / 24 * seen
    # 168 Poisson hours: the sum of squared standard scores is about 168 +- 18.
    scores = (table - expected) ** 2 / (expected * seen)
    assert scores.sum() == pytest.approx(168, abs=4 * np.sqrt(2 * 168))


def test_invariant_the_past_is_two_months(start: DayOne) -> None:
    """Invariant: past insights tell of 56 days that end when the month begins."""
    past = past_insights(start)
    assert len(past.daily) == 56 == start.former.days
    last = pd.to_datetime(past.daily["date"]).max()
    assert (pd.Timestamp(shop().file.month_start) - last).days == 1
    weeks = shop().file.former_habits.posts_per_week
    assert len(past.posts) == 8 * weeks


@pytest.mark.parametrize("name", client_names())
def test_invariant_the_brief_has_what_a_manager_asks_for(name: str) -> None:
    """Invariant: title, goals, topics, products, hours, cities and which client it is stand in the brief;
    nothing drawn by the seed does.
    """
    text, file = brief_text(shop(name)), shop(name).file
    assert text.startswith(f"# {file.title}\n")
    assert all(city in text for city in file.cities)
    assert all(topic.title in text and f"`{topic.name}`" in text for topic in file.topics)
    assert all(product.name in text for product in file.products)
    assert f"{file.hours_per_week:g}" in text
    assert "sums are written without a sign" in text
    line = f"- Client: `{name}:1`, of client seed 1, studied in world 1\n"
    assert text.count(line) == 1
    seventh = f"- Client: `{name}:7`, of client seed 7, studied in world 4\n"
    assert brief_text(load_client(f"{name}:7"), seed=4) == text.replace(line, seventh)


def test_invariant_the_brief_says_whose_it_is(pack: Path) -> None:
    """Invariant: the client seed can be read off the pack, so that a playbook finds its client again."""
    assert researched_client(pack) == shop().label
    assert researched_client(pack / "past") == ""


def test_theory_places_are_the_countrys(pack: Path) -> None:
    """Theory: each city, district and station stands in one row, where the country has it."""
    country = load_country()
    table = pd.read_csv(pack / "places.csv", keep_default_na=False)
    assert list(table.columns) == ["city", "district", "station", "km_east", "km_north"]
    known = [*country.cities, *country.districts, *country.stations]
    assert len(table) == len(known)
    for kind, parts in (("district", country.districts), ("station", country.stations)):
        rows = table[table[kind] != ""]
        assert [(r[kind], r["city"], r["km_east"], r["km_north"]) for r in rows.to_dict("records")] == [
            (place.name, place.city, round(place.x_km, 2), round(place.y_km, 2)) for place in parts
        ]
    assert list(table[(table["district"] == "") & (table["station"] == "")]["city"]) == [
        city.name for city in country.cities
    ]


def test_extreme_a_page_hardly_anybody_follows(tmp_path: Path) -> None:
    """Extreme: in a hamlet the sample is everybody there is, and the pack can be written all the same."""
    write_pack(shop("salon"), tmp_path, people=60)
    assert 1 <= len(pd.read_csv(tmp_path / "audience_sample.csv")) <= 60


def test_law_the_past_inbox_holds_messages_and_not_what_they_are(pack: Path) -> None:
    """Law: what was written and what was done stands in the pack; of what kind it was does not."""
    past = pd.read_csv(pack / "past" / "inbox.csv")
    assert len(past) > 20
    assert {"time", "sender", "text", "action", "reply_time"} <= set(past.columns)
    assert not {"true_kind", "subject", "satisfaction", "missed"} & set(past.columns)
    assert past["text"].str.len().min() > 0


def test_invariant_no_rate_of_the_past_has_more_than_six_decimals(pack: Path) -> None:
    """Invariant: two thirds stand as 0.666667."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(pack.rglob("*.csv"))]
    assert any(re.search(r"[,\n]0\.\d{6}[,\n]", text) for text in texts)
    assert not [found for text in texts for found in re.findall(r"[,\n]-?\d+\.\d{7,}[,\n]", text)]


def test_golden_research_of_a_page_in_a_portfolio(pack: Path, tmp_path: Path) -> None:
    """Golden: the same files as a pack's, without a playbook; the brief says where that is."""
    files = write_page_research(shop(), tmp_path / "online-shop", people=PEOPLE)
    names = [path.relative_to(tmp_path / "online-shop" / "research").as_posix() for path in files]
    assert names[0] == "brief.md"
    for name in names[1:]:
        there = (tmp_path / "online-shop" / "research" / name).read_text(encoding="utf-8")
        assert there == (pack / name).read_text(encoding="utf-8")
    assert not list(tmp_path.rglob("plan.csv"))
    briefs = [folder.joinpath("brief.md").read_text(encoding="utf-8") for folder in (pack, files[0].parent)]
    assert ["`playbook/`:" in brief for brief in briefs] == [True, False]
    assert ["In the folder above" in brief for brief in briefs] == [False, True]
