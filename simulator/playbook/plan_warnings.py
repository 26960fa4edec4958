"""Warnings of a plan: what a careful colleague would ask about before it goes out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from simulator.errors import Problem, problem
from simulator.playbook.ads import Ad
from simulator.playbook.captions import CaptionReading, read_caption
from simulator.playbook.moments import written_moment
from simulator.playbook.offers import losing_offer, unlike_text
from simulator.playbook.posts import PURPOSES, Post
from simulator.playbook.production_hours import hours_of_posts, most_in_a_week, posts_by_week
from simulator.playbook.repeats import repeat_warnings
from simulator.texts import say
from simulator.world.clients import Client

MOST_POSTS_A_DAY = 3
LONGEST_TEXT = 2_200
HASTY_HOURS = 0.2
"""A post made in less than a fifth of an hour is hardly worth seeing."""

MOST_NAMED = 5
"""So many posts are named in a sentence; of more only their number."""

FEWEST_WORDS = 2
"""A text of fewer telling words may be about anything."""

EXAMPLES = 3
"""So many words of a topic are shown."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A row with an error in it: its line, and those of its fields that can be read."""

    line: int
    values: Mapping[str, Any]


def warnings_of(
    posts: Sequence[Post], file: str, client: Client | None, unfinished: Iterable[Unfinished] = ()
) -> Iterator[Problem]:
    """What a careful colleague would ask about, post by post and over the whole plan.

    Of ``unfinished`` rows the texts are asked about too, so that mending one thing brings up no other.
    """
    warning = partial(problem, file=file, severity="warning")
    readings = [_reading(post, client) for post in posts]
    for post, reading in zip(posts, readings, strict=True):
        yield from _text_warnings(post, reading, client, warning)
    for row in unfinished:
        yield from _unfinished_warnings(row, client, warning)
    yield from repeat_warnings(posts, readings, warning)
    yield from _crowded_days(posts, warning)
    for post in posts:
        unlike = unlike_text(post.offer, post.text, file=file, line=post.line)
        yield from [unlike] if unlike and post.purpose == "sell" else []
    if client:
        yield from _overfull_weeks(posts, client, warning)
        yield from _hasty_posts(posts, client, warning)
        for post in posts:
            lost = losing_offer(post.offer, post.text, post.topic, client, file=file, line=post.line)
            yield from [lost] if lost else []


def _reading(post: Post, client: Client | None) -> CaptionReading:
    return read_caption(post.text, client=client, purpose=post.purpose, topic=post.topic, tags=post.tags)


def _text_warnings(
    post: Post, reading: CaptionReading, client: Client | None, warning: Callable[..., Problem]
) -> Iterator[Problem]:
    words: dict[str, Any]
    if not post.text.strip():
        yield warning("plan.empty_text", line=post.line, column="Text")
    if reading.characters > LONGEST_TEXT:
        words = {"count": reading.characters, "most": LONGEST_TEXT}
        yield warning("plan.long_text", line=post.line, column="Text", value=post.text, **words)
    yield from reading_warnings(reading, post, client, warning)


def reading_warnings(
    reading: CaptionReading, said: Post | Ad, client: Client | None, warning: Callable[..., Problem]
) -> Iterator[Problem]:
    """Warnings of a text that people will read as something else than its row says."""
    if reading.contradicts_purpose:
        words: dict[str, Any] = {"value": said.purpose, "read": reading.purpose}
        yield warning("plan.contradicts_purpose", line=said.line, column="Purpose", **words)
    if reading.contradicts_topic:
        words = {"value": said.topic, "read": reading.topic}
        yield warning("plan.contradicts_topic", line=said.line, column="Topic", **words)
    topic = next((one for one in client.file.topics if one.name == said.topic), None) if client else None
    if topic and not reading.names_a_topic and len(reading.content_words) >= FEWEST_WORDS:
        words = {"value": said.topic, "words": ", ".join(topic.words_en[:EXAMPLES])}
        yield warning("plan.unheard_topic", line=said.line, column="Topic", **words)


def _unfinished_warnings(
    row: Unfinished, client: Client | None, warning: Callable[..., Problem]
) -> Iterator[Problem]:
    """The warnings of a text whose row has an error elsewhere; of purpose and topic if they can be read."""
    said = row.values
    if "text" not in said:
        return
    purpose, topic = said.get("purpose", PURPOSES[0]), said.get("topic", "")
    post = Post(datetime.min, said["text"], "", purpose, topic, tags=said.get("tags", ()), line=row.line)
    known = {"Text", *(name.capitalize() for name in ("purpose", "topic") if name in said)}
    found = _text_warnings(post, _reading(post, client), client, warning)
    yield from (one for one in found if one.column in known)


def _crowded_days(posts: Iterable[Post], warning: Callable[..., Problem]) -> Iterator[Problem]:
    by_day: defaultdict[date, list[Post]] = defaultdict(list)
    for post in posts:
        by_day[post.posting_time.date()].append(post)
    for day, crowd in by_day.items():
        if len(crowd) > MOST_POSTS_A_DAY:
            place = {"line": crowd[MOST_POSTS_A_DAY].line, "column": "Posting Time"}
            words = {"value": str(day), "count": len(crowd), "most": MOST_POSTS_A_DAY}
            yield warning("plan.crowded_day", **place, **words)


def _overfull_weeks(
    posts: Sequence[Post], client: Client, warning: Callable[..., Problem]
) -> Iterator[Problem]:
    """A warning for each week that asks for more hours, or more posts, than are paid."""
    paid = client.file.hours_per_week
    least = client.hidden.parameters["production.least_hours"]
    for week, busy in posts_by_week(posts, client).items():
        words = {**_week_words(week, client), "paid": f"{paid:g}", "least": f"{least:g}"}
        asked = [posts[at].production_hours or 0.0 for at in busy]
        over = _first_over(asked, paid)
        if over is not None:
            place = {"line": posts[busy[over]].line, "column": "Production Hours"}
            yield warning("plan.week_hours", asked=f"{math.fsum(asked):g}", **place, **words)
        over = most_in_a_week(paid, least)
        if over < len(busy):
            most = {"count": len(busy), "most": over}
            yield warning(
                "plan.week_posts", line=posts[busy[over]].line, column="Posting Time", **most, **words
            )


def _hasty_posts(posts: Sequence[Post], client: Client, warning: Callable[..., Problem]) -> Iterator[Problem]:
    """A warning for each week in which posts get next to no work, naming them."""
    hours = hours_of_posts(posts, client)
    for week, busy in posts_by_week(posts, client).items():
        given = [(posts[at], share) for at in busy if (share := hours[at]) is not None]
        hasty = [(post, share) for post, share in given if share < HASTY_HOURS]
        if hasty:
            first = hasty[0][0]
            written = "" if first.production_hours is None else f"{first.production_hours:g}"
            place = {"line": first.line, "column": "Production Hours", "value": written}
            words = {**_week_words(week, client), "posts": _in_minutes(hasty)}
            yield warning("plan.hasty_posts", **place, **words)


def _week_words(week: int, client: Client) -> dict[str, Any]:
    return {"week": week + 1, "start": client.file.month_start + timedelta(weeks=week)}


def _in_minutes(hasty: Sequence[tuple[Post, float]]) -> str:
    """The posts with the minutes of work that each gets; of many the first ones."""
    named = [
        say("problems.hasty_post", when=written_moment(post.posting_time), minutes=f"{60 * hours:.0f}")
        for post, hours in hasty[:MOST_NAMED]
    ]
    more = len(hasty) - MOST_NAMED
    return ", ".join([*named, *([say("problems.and_more", more=more)] if more > 0 else [])])


def _first_over(hours: Collection[float], paid: float) -> int | None:
    """Which post is the first that no longer fits into the paid hours."""
    total = 0.0
    for at, each in enumerate(hours):
        total += each
        if total > paid * (1 + 1e-9):
            return at
    return None
