"""The research pack: what may be known of a client before acting.

The brief; three hundred of the page's people; when its followers are online; two months of
past insights; an empty playbook with headers. All of it is read off the page's own past (the
burn-in), nothing is invented for the pack: who is in the sample follows the page, what they
did is in the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.files import write_whole
from simulator.insights.month import past_insights
from simulator.insights.table_files import rounded
from simulator.insights.tables import WEEKDAYS
from simulator.network.month import day_one
from simulator.network.staging import DayOne
from simulator.playbook.beside import BRIEF_FILE
from simulator.playbook.blank import write_blank
from simulator.playbook.page import Page, completeness
from simulator.texts import say
from simulator.units import MINUTES_PER_HOUR, moment_at, money
from simulator.world.clients import DEFAULT_PEOPLE, Client
from simulator.world.interests import INTERESTS
from simulator.world.names import Gender, person_card
from simulator.world.people import LOG_BYTE
from simulator.world.places import Country, load_country
from simulator.world.rhythms import weekly_curves
from simulator.world.world import World

if TYPE_CHECKING:
    import pandas as pd

PACK_PARTS = ("sample", "online", "posts", "daily", "audience", "inbox", "places")
PLAYBOOK_WITHIN, PLAYBOOK_ABOVE = "playbook", "playbook_above"
"""How the brief says where the playbook is: in the pack, or in the folder the pack is in."""
NOT_TOLD = ("true_kind", "subject", "right", "satisfaction", "missed", "incident")
"""What nobody tells a manager of a message."""

SAMPLE_PEOPLE = 300
MOST_BUYERS = 100
INCOME_BANDS = ("lower", "middle", "upper")
SEEING_MINUTES = 10
"""Somebody counts as online for so long after opening the network."""


def write_pack(
    client: Client, folder: Path | str, *, seed: int = 1, people: int = DEFAULT_PEOPLE
) -> tuple[Path, ...]:
    """Write the research pack of ``client`` into ``folder``; returns the files written.

    ``brief.md``, ``places.csv``, ``audience_sample.csv``, ``online_hours.csv``, ``past/posts.csv``,
    ``past/daily.csv``, ``past/audience.csv``, ``past/inbox.csv`` and ``playbook/`` with ``page.toml`` as
    found and an empty ``plan.csv``, ``ads.csv``, ``replies.csv`` and ``shifts.csv``; a playbook that is there
    already is left alone. ``seed``: the world whose past is shown.
    """
    folder = Path(folder)
    files = _write_research(client, folder, PLAYBOOK_WITHIN, seed=seed, people=people)
    playbook = folder / "playbook"
    playbook.mkdir(parents=True, exist_ok=True)
    return (*files, *write_blank(client, playbook))


def write_page_research(
    client: Client, page_folder: Path | str, *, seed: int = 1, people: int = DEFAULT_PEOPLE
) -> tuple[Path, ...]:
    """Write the research of ``client`` into ``research/`` of its page in a portfolio; returns the files.

    They are those of :func:`write_pack`, but for the playbook: that is the page's folder itself.
    """
    folder = Path(page_folder) / "research"
    return _write_research(client, folder, PLAYBOOK_ABOVE, seed=seed, people=people)


def _write_research(
    client: Client, folder: Path, playbook: str, *, seed: int, people: int
) -> tuple[Path, ...]:
    """``playbook``: how the brief says where the playbook is."""
    start = day_one(client, seed=seed, people=people)
    past = past_insights(start)
    tables = {
        "places": places(start.world.country),
        "audience_sample": audience_sample(start),
        "online_hours": online_hours(start),
        "past/posts": past.posts,
        "past/daily": past.daily.drop(columns="expected_margin_cents"),
        "past/audience": past.audience,
        "past/inbox": past.messages.drop(columns=list(NOT_TOLD)),
    }
    brief = write_whole(folder / BRIEF_FILE, brief_text(client, seed=seed, playbook=playbook))
    return (brief, *(_write_csv(table, folder / f"{name}.csv") for name, table in tables.items()))


def audience_sample(start: DayOne) -> pd.DataFrame:
    """Three hundred of the page's people: first its buyers of the last two months, then followers by lot.

    ``chosen_as`` says which: for shares among all followers only those by lot may be counted.
    One row a person: name, handle, age, gender, city, district, nearest station and km to it,
    income band, main interests, whether they follow, purchases, reactions and the last post seen.
    """
    import pandas as pd

    return pd.DataFrame([_person_row(start, int(person)) for person in sampled_people(start)])


def sampled_people(start: DayOne) -> NDArray[np.int64]:
    """The people of the sample: buyers, then followers, each in order of their number."""
    lots = start.world.luck.stream("audience sample")
    buyers = np.unique(start.former.purchases.person)
    buyers = buyers[np.argsort(lots.uniform(buyers))][:MOST_BUYERS]
    followers = np.setdiff1d(start.former.followers_end, buyers)
    followers = followers[np.argsort(lots.uniform(followers))][: SAMPLE_PEOPLE - len(buyers)]
    return np.concatenate([np.sort(buyers), np.sort(followers)]).astype(np.int64)


def online_hours(start: DayOne) -> pd.DataFrame:
    """Followers online in an average week, by weekday (rows) and hour (columns): a count per hour.

    As a page's insights show it: who of the followers opened the network in that hour of the
    last week, and for how long, so with the luck of one week in it.
    """
    import pandas as pd

    world, followers = start.world, start.former.followers_end.astype(np.int64)
    activity = LOG_BYTE[world.people.activity[followers]].astype(np.float64)
    chronotype = world.people.chronotype[followers]
    curves = weekly_curves()
    sessions = np.bincount(chronotype, weights=activity, minlength=len(curves)) @ curves / 24
    generator = world.luck.stream("online hours").generator()
    opened = generator.poisson(sessions) * (1 + SEEING_MINUTES / MINUTES_PER_HOUR)
    table = np.rint(opened).astype(int).reshape(len(WEEKDAYS), 24)
    frame = pd.DataFrame(table, columns=[f"{hour:02d}:00" for hour in range(24)])
    frame.insert(0, "weekday", WEEKDAYS)
    return frame


def places(country: Country) -> pd.DataFrame:
    """The country's cities, districts and metro stations, a row each, km east and north."""
    import pandas as pd

    rows: list[tuple[str, str, str, float, float]] = []
    for city in country.cities:
        rows.append((city.name, "", "", city.x_km, city.y_km))
        rows += [(city.name, part.name, "", part.x_km, part.y_km) for part in city.districts]
        rows += [(city.name, "", stop.name, stop.x_km, stop.y_km) for stop in city.stations]
    return pd.DataFrame(rows, columns=["city", "district", "station", "km_east", "km_north"]).round(2)


def brief_text(client: Client, *, seed: int = 1, playbook: str = PLAYBOOK_WITHIN) -> str:
    """The brief as Markdown: what the client wrote, and the facts a manager asks for first.

    ``seed``: the world in which the client was studied. ``playbook``: how it says where the playbook is.
    """
    return "\n".join(_brief_lines(client, seed, playbook)) + "\n"


def _brief_lines(client: Client, seed: int, playbook: str) -> Iterator[str]:
    file = client.file
    yield f"# {file.title}"
    yield ""
    yield from file.brief.strip().splitlines()
    facts = {
        "client": say(
            "research.brief.label", label=f"`{client.label}`", client_seed=client.client_seed, seed=seed
        ),
        "kind": say(f"research.kinds.{file.kind.replace(' ', '_')}"),
        "month_start": f"{file.month_start:%Y-%m-%d}",
        "cities": ", ".join(file.cities),
        "outlets": ", ".join(file.outlets) or say("research.brief.no_outlets"),
        "currency": say("research.brief.shillings", country=load_country().name),
        "hours_per_week": f"{file.hours_per_week:g}",
        "hour_rate": money(file.hour_rate_cents),
        "budget": money(file.budget_cents),
        "opening_hours": "; ".join(f"{day} {hours}" for day, hours in file.opening_hours.items()),
        "completeness": f"{completeness(Page(**file.page), client.hidden.parameters):.0%}",
    }
    yield from ("", f"## {say('research.brief.facts')}", "")
    yield from (f"- {say(f'research.brief.{name}')}: {fact}" for name, fact in facts.items())
    yield from ("", f"## {say('research.brief.goals')}", "")
    yield from (f"- {say(f'research.goals.{_key(goal.name)}')}: {goal.weight:.0%}" for goal in file.goals)
    yield from ("", f"## {say('research.brief.topics')}", "")
    yield from (f"- `{topic.name}`: {topic.title}" for topic in file.topics)
    yield from ("", f"## {say('research.brief.products')}", "")
    for product in file.products:
        words = {"name": product.name, "price": money(product.price_cents), "topic": product.topic}
        yield f"- {say('research.brief.product', margin=f'{product.margin_share:.0%}', **words)}"
    yield from ("", f"## {say('research.brief.audience')}", "", file.audience.sketch.strip())
    yield from ("", f"## {say('research.brief.pack')}", "")
    yield from (f"- {say(f'research.pack.{name}')}" for name in (*PACK_PARTS, playbook))


def _key(name: str) -> str:
    return name.replace(" ", "_")


def _person_row(start: DayOne, person: int) -> dict[str, Any]:
    world, log = start.world, start.former
    people = world.people
    district = world.country.districts[int(people.district[person])]
    gender: Gender = "female" if people.female[person] else "male"
    interests = main_interests(world, person)
    age = int(people.age[person])
    card = person_card(world.luck, person, gender, age, district.city, interests)
    met = log.exposures.person == person
    seen = log.exposures.time[met]
    return {
        "chosen_as": "buyer" if (log.purchases.person == person).any() else "follower",
        "name": card.name,
        "handle": card.handle,
        "age": age,
        "gender": gender,
        "city": district.city,
        "district": district.name,
        "nearest_station": world.country.stations[int(people.station[person])].name,
        "km_to_station": round(float(people.metro_km(np.array([person]))[0]), 2),
        "income": INCOME_BANDS[int(people.income[person]) * len(INCOME_BANDS) // 256],
        "interests": " ".join(interests),
        "follows": bool(np.isin(person, log.followers_end)),
        "purchases": int((log.purchases.person == person).sum()),
        "posts_seen": int(met.sum()),
        "reactions": int((log.exposures.actions[met] & 1).sum()),
        "last_seen": f"{moment_at(log.begin, seen.max()):%Y-%m-%d %H:%M}" if len(seen) else "",
        "bio": card.bio,
    }


def main_interests(world: World, person: int) -> tuple[str, ...]:
    """What a profile shows of a person's interests: the strongest two, the stronger first."""
    order = np.argsort(-world.people.interests[person].astype(int), kind="stable")[:2]
    return tuple(INTERESTS[index] for index in order)


def _write_csv(frame: pd.DataFrame, path: Path) -> Path:
    return write_whole(path, rounded(frame).to_csv(index=False, lineterminator="\n"))
