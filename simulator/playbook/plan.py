"""The content plan: the month's posts, read from and written to ``plan.csv``.

Every problem of a file is collected in one pass. An error is what cannot be placed; a
warning is what a careful colleague would ask about.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from simulator.errors import Problem, did_you_mean, problem
from simulator.playbook.captions import CaptionReading, likeness, read_caption
from simulator.playbook.posts import DEEPEST_OFFER, FORMATS, PURPOSES, Post
from simulator.playbook.trade_files import (
    CellError,
    Row,
    Sheet,
    calendar_tool,
    folded,
    read_calendar,
    read_moment,
    read_number,
    read_sheet,
    read_tags,
    write_sheet,
    written_moment,
)
from simulator.units import DAYS_PER_MONTH
from simulator.world.clients import Client

COLUMNS: tuple[str, ...] = (
    "Posting Time",
    "Text",
    "Format",
    "Purpose",
    "Topic",
    "Offer",
    "Production Hours",
    "Link",
    "Image URL",
    "Tags",
)
REQUIRED = COLUMNS[:5]
MOST_HOURS = 24.0
MOST_POSTS_A_DAY = 3
LONGEST_TEXT = 2_200
ALIKE = 0.8
ALIKE_WITHIN = timedelta(days=3)

_FINGERPRINT_BITS = 256
_FIELDS = {name: name.lower().replace(" ", "_") for name in COLUMNS}
_PLAIN_NAMES = {folded(name): name for name in COLUMNS}
_hint = lru_cache(maxsize=4096)(did_you_mean)


@dataclass(frozen=True, slots=True)
class ContentPlan:
    """The month's posts, in the order of their file."""

    posts: tuple[Post, ...] = ()


def read_plan(
    path: Path | str, *, client: Client | None = None, days: int = DAYS_PER_MONTH
) -> tuple[ContentPlan, list[Problem]]:
    """The plan in a CSV file (ours, Buffer's or Metricool's) and every problem found in it.

    Rows with an error are left out of the plan. Without a client, topics, the run's dates
    and the paid hours are not checked.
    """
    sheet, problems = read_sheet(Path(path))
    if sheet is None:
        return ContentPlan(), problems
    if calendar_tool(sheet.header.cells):
        posts, found = read_calendar(sheet, client)
    else:
        posts, found = _our_posts(sheet, client)
    problems += found
    problems += _outside_the_run(posts, sheet.file, client, days)
    problems += _unwise(posts, sheet.file, client)
    return ContentPlan(tuple(posts)), problems


def write_plan(plan: ContentPlan, path: Path | str) -> None:
    """Write the plan to a CSV file in one step; reading it gives the same posts."""
    write_sheet(Path(path), COLUMNS, map(_cells, plan.posts))


def _cells(post: Post) -> tuple[str, ...]:
    offer = repr(float(post.offer)) if post.offer else ""
    hours = "" if post.production_hours is None else repr(float(post.production_hours))
    start = (written_moment(post.posting_time), post.text, post.format, post.purpose, post.topic)
    return (*start, offer, hours, post.link, post.image_url, " ".join(post.tags))


# ------------------------------------------------------------------ rows into posts


def _our_posts(sheet: Sheet, client: Client | None) -> tuple[list[Post], list[Problem]]:
    columns, problems = _columns(sheet)
    readers = _readers(client, decimal_comma=sheet.delimiter != ",")
    posts: list[Post] = []
    width = len(sheet.header.cells)
    for row in sheet.rows if columns else ():
        shape = _row_shape(row, width, columns, sheet.file)
        problems += shape
        if not shape:
            values, wrong = _values(row, columns, readers, sheet.file)
            problems += _too_many(row, width, sheet.file) if wrong and len(row.cells) > width else wrong
            if not wrong and len(values) == len(COLUMNS):
                posts.append(Post(**values, line=row.line))
    return posts, problems


def _columns(sheet: Sheet) -> tuple[dict[str, int], list[Problem]]:
    """Where each known column stands, and what is wrong with the header; {} if it is none."""
    place: dict[str, Any] = {"file": sheet.file, "line": sheet.header.line}
    columns: dict[str, int] = {}
    problems: list[Problem] = []
    for at, cell in enumerate(sheet.header.cells):
        name = _PLAIN_NAMES.get(folded(cell))
        if name in columns:
            problems.append(problem("plan.twice_column", column=name, **place))
        elif name:
            columns[name] = at
        elif cell.strip():
            hint = did_you_mean(cell, [known for known in COLUMNS if known not in columns] or COLUMNS)
            problems.append(problem("plan.unknown_column", value=cell, hint=hint, **place))
    if not columns:
        return {}, [problem("plan.no_header", value=sheet.header.cells[0], names=",".join(REQUIRED), **place)]
    missing = [name for name in REQUIRED if name not in columns]
    return columns, problems + [problem("plan.missing_column", column=name, **place) for name in missing]


def _row_shape(row: Row, width: int, columns: Mapping[str, int], file: str) -> list[Problem]:
    if any(cell.strip() for cell in row.cells[width:]):
        return _too_many(row, width, file)
    cut_off = [name for name in REQUIRED if columns.get(name, 0) >= len(row.cells)]
    if cut_off:
        return [
            problem("plan.too_few_cells", file=file, line=row.line, column=cut_off[0], count=len(row.cells))
        ]
    return []


def _too_many(row: Row, width: int, file: str) -> list[Problem]:
    """A text with a comma outside quotes shifts all that follows, so this stands for the row."""
    return [problem("plan.too_many_cells", file=file, line=row.line, most=width)]


def _values(
    row: Row, columns: Mapping[str, int], readers: Mapping[str, Callable[[str], Any]], file: str
) -> tuple[dict[str, Any], list[Problem]]:
    """The row's fields that can be read, with a problem for every one that cannot."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, read in readers.items():
        at = columns.get(name, -1)
        if at < 0 and name in REQUIRED:
            continue
        cell = row.cells[at] if 0 <= at < len(row.cells) else ""
        try:
            values[_FIELDS[name]] = read(cell)
        except CellError as wrong:
            problems.append(_cell_problem(wrong, file, row.line, name, cell))
    if values.get("offer") and values.get("purpose", "sell") != "sell":
        broken = CellError("plan.offer_without_sale", purpose=values["purpose"])
        problems.append(_cell_problem(broken, file, row.line, "Offer", row.cells[columns["Offer"]]))
    return values, problems


def _cell_problem(wrong: CellError, file: str, line: int, column: str, value: str) -> Problem:
    return problem(wrong.rule, file=file, line=line, column=column, value=value, **wrong.words)


def _readers(client: Client | None, *, decimal_comma: bool) -> dict[str, Callable[[str], Any]]:
    """How the cells of each column are read."""
    topic = partial(_one_of, rule="plan.unknown_topic", known=client.topic_names) if client else str.strip
    return {
        "Posting Time": read_moment,
        "Text": str,
        "Format": partial(_one_of, rule="plan.unknown_format", known=FORMATS),
        "Purpose": partial(_one_of, rule="plan.unknown_purpose", known=PURPOSES),
        "Topic": topic,
        "Offer": partial(_offer, decimal_comma=decimal_comma),
        "Production Hours": partial(_hours, decimal_comma=decimal_comma),
        "Link": str.strip,
        "Image URL": str.strip,
        "Tags": read_tags,
    }


def _one_of(value: str, *, rule: str, known: tuple[str, ...]) -> str:
    wanted = value.strip()
    if wanted in known:
        return wanted
    for name in known:
        if name.casefold() == wanted.casefold():
            return name
    raise CellError(rule, hint=_hint(wanted, known))


def _offer(value: str, *, decimal_comma: bool) -> float:
    """A discount as a share, 0-0.5; "20%" is 0.2, and a bare 20 is asked about."""
    if not value.strip():
        return 0.0
    percent = value.strip().endswith("%")
    number = read_number(value.strip().removesuffix("%"), decimal_comma=decimal_comma)
    share = number / 100 if percent else number
    if 0 <= share <= DEEPEST_OFFER:
        return share
    if not percent and 1 <= number <= 100 * DEEPEST_OFFER:
        raise CellError("plan.offer_percent", share=f"{number / 100:g}")
    raise CellError("plan.offer_range", deepest=DEEPEST_OFFER)


def _hours(value: str, *, decimal_comma: bool) -> float | None:
    if not value.strip():
        return None
    hours = read_number(value, decimal_comma=decimal_comma)
    if not 0 <= hours <= MOST_HOURS:
        raise CellError("plan.hours_range", most=f"{MOST_HOURS:g}")
    return hours


def _outside_the_run(posts: Iterable[Post], file: str, client: Client | None, days: int) -> Iterator[Problem]:
    if client is None:
        return
    first = client.file.month_start
    last = first + timedelta(days=days - 1)
    for post in posts:
        if not first <= post.posting_time.date() <= last:
            place: dict[str, Any] = {"file": file, "line": post.line, "column": "Posting Time"}
            value = written_moment(post.posting_time)
            yield problem("plan.outside_days", value=value, first=first, last=last, **place)


# ------------------------------------------------------------------ warnings


def _unwise(posts: Sequence[Post], file: str, client: Client | None) -> Iterator[Problem]:
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
