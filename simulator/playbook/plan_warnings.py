"""Warnings of a plan: what a careful colleague would ask about before it goes out."""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from simulator.errors import Problem, problem
from simulator.playbook.captions import CaptionReading, likeness, read_caption
from simulator.playbook.posts import Post
from simulator.playbook.trade_files import written_moment
from simulator.world.clients import Client

MOST_POSTS_A_DAY = 3
LONGEST_TEXT = 2_200
ALIKE = 0.8
ALIKE_WITHIN = timedelta(days=3)
_FINGERPRINT_BITS = 256


def warnings_of(posts: Sequence[Post], file: str, client: Client | None) -> Iterator[Problem]:
    """What a careful colleague would ask about, post by post and over the whole plan."""
    warning = partial(problem, file=file, severity="warning")
    readings = [_reading(post, client) for post in posts]
    for post, reading in zip(posts, readings, strict=True):
        yield from _text_warnings(post, reading, warning)
    yield from _repeats(posts, readings, warning)
    yield from _crowded_days(posts, warning)
    if client:
        yield from _overfull_weeks(posts, client, warning)
        yield from _losing_offers(posts, client, warning)


def _reading(post: Post, client: Client | None) -> CaptionReading:
    return read_caption(post.text, client=client, purpose=post.purpose, topic=post.topic, tags=post.tags)


def _text_warnings(post: Post, reading: CaptionReading, warning: Callable[..., Problem]) -> Iterator[Problem]:
    words: dict[str, Any]
    if not post.text.strip():
        yield warning("plan.empty_text", line=post.line, column="Text")
    if reading.characters > LONGEST_TEXT:
        words = {"count": reading.characters, "most": LONGEST_TEXT}
        yield warning("plan.long_text", line=post.line, column="Text", value=post.text, **words)
    if reading.contradicts_purpose:
        words = {"value": post.purpose, "read": reading.purpose}
        yield warning("plan.contradicts_purpose", line=post.line, column="Purpose", **words)
    if reading.contradicts_topic:
        words = {"value": post.topic, "read": reading.topic}
        yield warning("plan.contradicts_topic", line=post.line, column="Topic", **words)


def _repeats(
    posts: Sequence[Post], readings: Sequence[CaptionReading], warning: Callable[..., Problem]
) -> Iterator[Problem]:
    """A warning for each post whose text, or nearly the same, went out shortly before."""
    spread = _Spread(Counter(word for reading in readings for word in reading.content_words))
    for at in sorted(range(len(posts)), key=lambda i: posts[i].posting_time):
        post = posts[at]
        if not post.text.strip():
            continue
        twin = spread.met_before(post, readings[at].content_words)
        if twin:
            rule = "plan.same_text" if twin.text.strip() == post.text.strip() else "plan.alike_text"
            when = written_moment(twin.posting_time)
            words = {"value": post.text, "when": when, "days": ALIKE_WITHIN.days}
            yield warning(rule, line=post.line, column="Text", **words)


class _Spread:
    """The texts met so far, findable by themselves, by their words and by their rarest words.

    Two sets of words with a likeness of at least ``ALIKE`` share one of the rarest words of
    each (prefix filtering: Chaudhuri, Ganti and Kaushik 2006), and their fingerprints (a bit
    for each word) differ in few bits, so few texts are compared word by word.
    """

    def __init__(self, frequency: Mapping[str, int]) -> None:
        self._rank = {word: at for at, word in enumerate(sorted(frequency, key=lambda w: (frequency[w], w)))}
        self._once = {word for word, count in frequency.items() if count == 1}
        self._by_text: dict[str, Post] = {}
        self._by_words: dict[frozenset[str], Post] = {}
        self._by_word: defaultdict[str, deque[_Met]] = defaultdict(deque)

    def met_before(self, post: Post, content_words: Sequence[str]) -> Post | None:
        """A recent post with the same or nearly the same text, if any; then remembers this one.

        Posts must come in the order of their times.
        """
        since, text, words = post.posting_time - ALIKE_WITHIN, post.text.strip(), frozenset(content_words)
        met = _Met(self._fingerprint(words), words, post)
        rare = self._rarest(content_words)
        twin = _recent(self._by_text.get(text), since) or _recent(self._by_words.get(words), since)
        twin = twin or self._nearly(met, rare, since)
        self._by_text[text] = post
        if words:
            self._by_words[words] = post
        for word in rare:
            self._by_word[word].append(met)
        return twin

    def _fingerprint(self, words: Iterable[str]) -> int:
        bits = 0
        for word in words:
            bits |= 1 << (self._rank[word] % _FINGERPRINT_BITS)
        return bits

    def _rarest(self, content_words: Sequence[str]) -> list[str]:
        """The words of which a text like this one has at least one, without those nobody shares."""
        must_share = math.ceil(ALIKE * len(content_words) - 1e-9)
        ranked = sorted(content_words, key=self._rank.__getitem__)
        return [word for word in ranked[: len(ranked) - must_share + 1] if word not in self._once]

    def _nearly(self, met: _Met, rare: Iterable[str], since: datetime) -> Post | None:
        bits = met.fingerprint
        apart = int(len(met.words) * (1 - ALIKE) / ALIKE + 1e-9)
        for word in rare:
            recent = self._by_word[word]
            while recent and recent[0].post.posting_time < since:
                recent.popleft()
            near = [other for other in recent if (bits ^ other.fingerprint).bit_count() <= apart]
            for other in reversed(near):
                if likeness(met.words, other.words) >= ALIKE:
                    return other.post
        return None


class _Met(NamedTuple):
    fingerprint: int
    words: frozenset[str]
    post: Post


def _recent(post: Post | None, since: datetime) -> Post | None:
    return post if post and post.posting_time >= since else None


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
    posts: Iterable[Post], client: Client, warning: Callable[..., Problem]
) -> Iterator[Problem]:
    """A warning for each week that asks for more hours, or more posts, than are paid."""
    paid = client.file.hours_per_week
    least = client.hidden.parameters["production.least_hours"]
    weeks: defaultdict[int, list[Post]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: post.posting_time):
        weeks[(post.posting_time.date() - client.file.month_start).days // 7].append(post)
    for week, busy in sorted(weeks.items()):
        start = client.file.month_start + timedelta(weeks=week)
        words = {"week": week + 1, "start": start, "paid": f"{paid:g}"}
        asked = [post.production_hours or 0.0 for post in busy]
        over = _first_over(asked, paid)
        if over is not None:
            place = {"line": busy[over].line, "column": "Production Hours"}
            yield warning("plan.week_hours", asked=f"{math.fsum(asked):g}", **place, **words)
        over = _first_over([least] * len(busy), paid)
        if over is not None:
            most = {"count": len(busy), "most": over, "least": f"{least:g}"}
            yield warning("plan.week_posts", line=busy[over].line, column="Posting Time", **most, **words)


def _losing_offers(
    posts: Iterable[Post], client: Client, warning: Callable[..., Problem]
) -> Iterator[Problem]:
    """A warning for each offer as deep as the margin of what its topic sells, or deeper."""
    margins: defaultdict[str, list[float]] = defaultdict(list)
    for product in client.file.products:
        margins[product.topic].append(product.margin_share)
    everything = [product.margin_share for product in client.file.products]
    for post in posts:
        margin = max(margins.get(post.topic, everything))
        if post.offer >= margin:
            words = {"value": f"{post.offer:g}", "margin": f"{margin:.0%}", "topic": post.topic}
            yield warning("plan.losing_offer", line=post.line, column="Offer", **words)


def _first_over(hours: Collection[float], paid: float) -> int | None:
    """Which post is the first that no longer fits into the paid hours."""
    total = 0.0
    for at, each in enumerate(hours):
        total += each
        if total > paid * (1 + 1e-9):
            return at
    return None
