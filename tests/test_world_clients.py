"""The shipped clients: their files, their drawers of captions and their example playbooks."""

from __future__ import annotations

import csv
import itertools
import re
import tomllib
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from simulator.errors import ClientError
from simulator.playbook.captions import likeness, read_caption
from simulator.playbook.checks import check_playbook
from simulator.playbook.page import completeness, page_from
from simulator.playbook.posts import FORMATS, PURPOSES
from simulator.world import clients
from simulator.world.clients import (
    KINDS,
    AudienceSketch,
    Caption,
    Client,
    ClientFile,
    FormerHabits,
    Goal,
    Product,
    Topic,
    client_names,
    load_client,
)
from simulator.world.interests import INTERESTS
from simulator.world.places import load_country

NAMES = ("academy", "newsroom", "online-shop", "salon", "supermarket")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PAGE_ITEMS = ("name", "category", "about", "avatar", "cover", "contact", "link", "pinned_post")
GUIDE = Path(__file__).parents[1] / "docs" / "clients.md"
DATA = Path(clients.__file__).parents[1] / "data"
SWAHILI = {"ya", "wa", "na", "kwa", "la", "za", "cha", "vya", "ni", "je", "wako", "yako", "kwenye", "gani"}


@pytest.fixture(params=NAMES)
def client(request: pytest.FixtureRequest) -> Client:
    return load_client(request.param)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+(?:['-][^\W\d_]+)*", text.lower()))


def plan_rows(name: str) -> list[dict[str, str]]:
    with (DATA / "examples" / name / "plan.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def content_words(client: Client, text: str) -> set[str]:
    return set(read_caption(text, client=client, purpose="inform", topic="").content_words)


# ------------------------------------------------------------------ invariant


def test_the_five_clients_are_found_and_are_of_five_kinds() -> None:
    """Listing the folder finds every client, one of each kind."""
    assert client_names() == NAMES
    assert {load_client(name).file.kind for name in NAMES} == set(KINDS)


def test_a_file_is_named_like_its_client(client: Client) -> None:
    """``load_client(name).name`` is the name asked for, and labels lead back to the client."""
    assert client.name in NAMES
    assert load_client(client.label).label == client.label


def test_brief_is_what_a_client_would_write(client: Client) -> None:
    """A brief has 120-200 words."""
    assert 120 <= len(client.file.brief.split()) <= 200


def test_cities_and_outlets_exist(client: Client) -> None:
    """Every city served is of the country, and every outlet is a district of a city served."""
    cities = {city.name: {district.name for district in city.districts} for city in load_country().cities}
    assert set(client.file.cities) <= set(cities)
    served = set().union(*(cities[city] for city in client.file.cities))
    assert set(client.file.outlets) <= served
    assert client.file.served_online or client.file.outlets


def test_every_topic_has_a_product_and_a_main_interest(client: Client) -> None:
    """Topics speak of something sold; one interest of a topic weighs .6-.9, another the rest."""
    topics = {topic.name for topic in client.file.topics}
    assert {product.topic for product in client.file.products} == topics
    for topic in client.file.topics:
        assert len(topic.interests) >= 2
        assert 0.6 <= max(topic.interests.values()) <= 0.9


def test_buyers_are_looked_for_among_the_interests_of_the_topics(client: Client) -> None:
    """Five to seven candidates, each an interest that some topic serves."""
    served = {interest for topic in client.file.topics for interest in topic.interests}
    assert 5 <= len(client.file.buyer_interests) <= 7
    assert set(client.file.buyer_interests) <= served


def test_goals_differ_between_clients() -> None:
    """No two clients weigh their goals alike."""
    weights = [tuple((goal.name, goal.weight) for goal in load_client(name).file.goals) for name in NAMES]
    assert len(set(weights)) == len(NAMES)


def test_page_is_found_half_empty(client: Client) -> None:
    """Between a quarter and three quarters of the page's items are filled in, without an error."""
    page, problems = page_from(client.file.page)
    weights = dict.fromkeys((f"page.{item}" for item in (*PAGE_ITEMS, "opening_hours")), 1.0)
    assert [found for found in problems if found.severity == "error"] == []
    assert 0.25 <= completeness(page, weights) <= 0.75


def test_former_habits_are_those_of_an_untrained_owner(client: Client) -> None:
    """Three to five posts a week at few hours, on known topics."""
    habits = client.file.former_habits
    assert 3 <= habits.posts_per_week <= 5
    assert len(habits.hours) <= 3
    assert set(habits.topics) == set(client.topic_names)
    assert habits.hours_per_week < client.file.hours_per_week


def test_words_of_topics_are_apart_and_in_use(client: Client) -> None:
    """No word tells two topics; three in four of a topic's words occur in the client's texts."""
    texts = [caption.text for caption in client.file.captions]
    texts += [row["Text"] for row in plan_rows(client.name)]
    written = set().union(*map(words_of, texts))
    tells = [word for topic in client.file.topics for word in {*topic.words_en, *topic.words_sw}]
    assert [word for word, times in Counter(tells).items() if times > 1] == []
    for topic in client.file.topics:
        assert 15 <= len(topic.words_en) <= 25
        assert 12 <= len(topic.words_sw) <= 20
        for words in (topic.words_en, topic.words_sw):
            assert all(word == word.lower() for word in words)
            assert len(written & set(words)) >= 0.75 * len(words), topic.name


# ------------------------------------------------------------------ the drawer of captions


def test_drawer_has_four_captions_of_every_topic_and_purpose(client: Client) -> None:
    """At least four captions for each pair of topic and purpose."""
    have: Counter[tuple[str, str]] = Counter((c.topic, c.purpose) for c in client.file.captions)
    assert all(have[pair] >= 4 for pair in itertools.product(client.topic_names, PURPOSES))


def test_captions_are_of_a_length_people_read(client: Client) -> None:
    """40-300 characters, no shouting, hardly an exclamation mark."""
    for caption in client.file.captions:
        reading = read_caption(caption.text, client=client, purpose=caption.purpose, topic=caption.topic)
        assert 40 <= len(caption.text) <= 300, caption.text
        assert reading.shouting < 0.2
        assert reading.exclamations <= 1


def test_one_caption_in_five_is_swahili(client: Client) -> None:
    """Between 15 and 25 % of the drawer is in Swahili."""
    swahili = [c for c in client.file.captions if len(words_of(c.text) & SWAHILI) >= 2]
    assert 0.15 <= len(swahili) / len(client.file.captions) <= 0.25


def test_captions_read_as_what_they_declare(client: Client) -> None:
    """Readers take every caption to be of its own purpose and topic, and feel no pressure."""
    for caption in client.file.captions:
        reading = read_caption(caption.text, client=client, purpose=caption.purpose, topic=caption.topic)
        assert (reading.purpose, reading.topic) == (caption.purpose, caption.topic), caption.text
        assert reading.pressure_words == 0, caption.text


def test_captions_name_their_topic(client: Client) -> None:
    """A caption has more words of its own topic than of any other."""
    tells = {topic.name: {*topic.words_en, *topic.words_sw} for topic in client.file.topics}
    for caption in client.file.captions:
        found = {name: len(words & words_of(caption.text)) for name, words in tells.items()}
        own = found.pop(caption.topic)
        assert own > max(found.values()), caption.text


def test_talking_captions_ask(client: Client) -> None:
    """Every caption meant for talk has a question."""
    assert all("?" in c.text for c in client.file.captions if c.purpose == "talk")


def test_no_two_captions_are_alike() -> None:
    """Of all captions of all clients, none shares 60 % of its content words with another."""
    everyone = [load_client(name) for name in NAMES]
    drawer = {c.text: content_words(client, c.text) for client in everyone for c in client.file.captions}
    assert len(drawer) == sum(len(client.file.captions) for client in everyone)
    pairs = itertools.combinations(drawer.items(), 2)
    assert [(a, b) for (a, one), (b, two) in pairs if len(one & two) >= 0.6 * min(len(one), len(two))] == []


# ------------------------------------------------------------------ example playbooks


def test_example_has_no_problem(client: Client) -> None:
    """The shipped playbook is read for its client without an error or a warning."""
    assert [str(found) for found in check_playbook(DATA / "examples" / client.name, client)] == []


def test_example_is_a_sensible_month(client: Client) -> None:
    """20-24 posts within 28 days at 7-21 h; a quarter to a third sells, never twice running."""
    rows = plan_rows(client.name)
    times = [datetime.strptime(row["Posting Time"], "%Y-%m-%d %H:%M") for row in rows]
    start = datetime.combine(client.file.month_start, datetime.min.time())
    selling = [row["Purpose"] == "sell" for row in rows]
    assert 20 <= len(rows) <= 24
    assert times == sorted(times)
    assert all(start <= time < start + timedelta(days=28) and 7 <= time.hour <= 21 for time in times)
    assert len({time.hour for time in times}) >= 6
    assert 0.25 <= sum(selling) / len(rows) <= 1 / 3
    assert not any(a and b for a, b in itertools.pairwise(selling))


def test_example_speaks_of_every_topic_in_several_formats(client: Client) -> None:
    """Every topic and purpose occurs, with at least three formats."""
    rows = plan_rows(client.name)
    assert {row["Topic"] for row in rows} == set(client.topic_names)
    assert {row["Purpose"] for row in rows} == set(PURPOSES)
    assert {row["Format"] for row in rows} <= set(FORMATS)
    assert len({row["Format"] for row in rows}) >= 3


def test_example_offers_stand_on_selling_posts(client: Client) -> None:
    """Discounts are 10-20 %, on selling posts only."""
    for row in plan_rows(client.name):
        assert not row["Offer"] or (row["Purpose"] == "sell" and 0.1 <= float(row["Offer"]) <= 0.2)


def test_example_fits_the_hours_paid(client: Client) -> None:
    """No week's production takes more than the hours the client pays for."""
    weeks: dict[int, float] = {}
    for row in plan_rows(client.name):
        day = datetime.fromisoformat(row["Posting Time"]).date()
        week = (day - client.file.month_start).days // 7
        weeks[week] = weeks.get(week, 0.0) + float(row["Production Hours"])
    assert sorted(weeks) == [0, 1, 2, 3]
    assert max(weeks.values()) <= client.file.hours_per_week


def test_example_texts_are_new(client: Client) -> None:
    """Every text of the plan is its own: less than half alike with any of the drawer or the plan."""
    plan = {row["Text"]: content_words(client, row["Text"]) for row in plan_rows(client.name)}
    drawer = {caption.text: content_words(client, caption.text) for caption in client.file.captions}
    pairs = [*itertools.combinations(plan.items(), 2), *itertools.product(plan.items(), drawer.items())]
    assert [(a, b) for (a, one), (b, two) in pairs if likeness(one, two) >= 0.5] == []


@pytest.mark.parametrize("name", NAMES)
def test_example_page_is_complete(name: str) -> None:
    """Every item of the page and every day's hours are filled in."""
    page = tomllib.loads((DATA / "examples" / name / "page.toml").read_text(encoding="utf-8"))
    assert set(page) == {*PAGE_ITEMS, "opening_hours"}
    assert all(page[item].strip() for item in PAGE_ITEMS)
    assert tuple(page["opening_hours"]) == DAYS
    assert page["opening_hours"] == dict(load_client(name).file.opening_hours)


# ------------------------------------------------------------------ golden and dirty input


def test_the_client_seed_draws_the_hidden_and_nothing_else() -> None:
    """The same seed draws the same buyers, another seed others; the file stays."""
    one, again, other = load_client("salon:3"), load_client("salon:3"), load_client("salon:4")
    assert np.array_equal(one.hidden.buyer_weights, again.hidden.buyer_weights)
    assert not np.array_equal(one.hidden.buyer_weights, other.hidden.buyer_weights)
    assert one.file == other.file


@pytest.mark.parametrize("seed", range(1, 21))
def test_buyers_have_two_to_four_of_the_interests_named(seed: int) -> None:
    """Buyer weights sum to 1 over two to four of the file's buyer interests."""
    client = load_client(f"newsroom:{seed}")
    drawn = {INTERESTS[i] for i in np.flatnonzero(client.hidden.buyer_weights)}
    assert client.hidden.buyer_weights.sum() == pytest.approx(1)
    assert 2 <= len(drawn) <= 4
    assert drawn <= set(client.file.buyer_interests)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("weight = 0.45", "weight = 0.55"), "goals must sum to 1"),
        (('topic = "recipes"', 'topic = "ofers"'), "ofers"),
        (('"cooking", "home", "parenting"', '"cooking", "homes", "parenting"'), "homes"),
        (("2027-03-01", "2027-03-02"), "Monday"),
        (('kind = "online shop"', 'kind = "bakery"'), "kind"),
        (("hours_per_week = 8", "hours_a_week = 8"), "hours_a_week"),
    ],
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    """A client file of one's own with a mistake raises ClientError that names it."""
    text = (DATA / "clients" / "online-shop.toml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ClientError, match=told):
        load_client(mine)


def test_the_client_in_the_guide_loads(tmp_path: Path) -> None:
    """The whole file shown in docs/clients.md is a client."""
    guide = GUIDE.read_text(encoding="utf-8")
    mine = tmp_path / "bakery.toml"
    mine.write_text(guide.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    assert load_client(f"{mine}:5").label == "bakery:5"


def test_the_guide_explains_every_field() -> None:
    """Each field of a client's file is named in docs/clients.md."""
    guide = GUIDE.read_text(encoding="utf-8")
    parts = (ClientFile, Goal, Product, Topic, Caption, FormerHabits, AudienceSketch)
    fields = {field for part in parts for field in part.model_fields}
    assert [field for field in sorted(fields) if field not in guide.split("## Every field")[1]] == []


def test_an_unknown_client_gets_the_nearest_name() -> None:
    """A slip in a client's name is answered with the name meant."""
    with pytest.raises(ClientError, match='did you mean "salon"'):
        load_client("saloon")
