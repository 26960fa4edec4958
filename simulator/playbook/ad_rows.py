"""The part of an ad sheet's row that is the ad: its text, or the post of the plan that it boosts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from simulator.errors import Problem
from simulator.playbook.ad_cells import read_status
from simulator.playbook.ad_lists import known_name, names_of
from simulator.playbook.ads import Ad
from simulator.playbook.captions import read_caption, topics_heard
from simulator.playbook.columns import cell_of, cell_problem
from simulator.playbook.moments import read_moment, written_moment
from simulator.playbook.plan import read_format, read_offer, read_purpose
from simulator.playbook.posts import Post
from simulator.playbook.topic_hints import topic_hint
from simulator.playbook.trade_files import CellError, Row
from simulator.texts import say
from simulator.world.clients import Client

AD_COLUMNS: tuple[str, ...] = (
    "Ad Status",
    "Format",
    "Purpose",
    "Title",
    "Body",
    "Link",
    "Topic",
    "Offer",
    "Boost Post",
)
SAYS = ("Format", "Purpose", "Title", "Body", "Link", "Topic", "Offer")
"""What a boosted ad takes from its post."""

MOST_TIMES = 6
"""So many times of posts are offered to choose from."""


def _topic(value: str, *, client: Client) -> str:
    """A topic of the client's; a word that one of them has is asked about by that topic's name."""
    try:
        return known_name(value, "topic", names_of(client))
    except CellError as wrong:
        if not value:
            raise CellError("plan.empty_cell", **wrong.words) from None
        if wrong.rule == "ads.unknown_name" and topics_heard(value, client):
            raise CellError(wrong.rule, **wrong.words | {"hint": topic_hint(value, client)}) from None
        raise


class AdReader:
    """Reads the ad of a row, with every problem in it."""

    def __init__(
        self, file: str, client: Client | None, posts: Sequence[Post] | None, *, decimal_comma: bool
    ) -> None:
        self._file = file
        self._client = client
        self._posts = posts
        self._by_time: defaultdict[str, list[Post]] = defaultdict(list)
        self._by_text: defaultdict[str, list[Post]] = defaultdict(list)
        for post in posts or ():
            self._by_time[written_moment(post.posting_time)].append(post)
            self._by_text[post.text.strip()].append(post)
        topic = partial(_topic, client=client) if client else str
        self._readers: dict[str, Callable[[str], Any]] = {
            "Ad Status": lambda cell: read_status(cell) if cell else True,
            "Format": read_format,
            "Purpose": lambda cell: read_purpose(cell) if cell else "",
            "Title": str,
            "Body": str,
            "Link": str,
            "Topic": topic,
            "Offer": partial(read_offer, decimal_comma=decimal_comma),
        }

    def __call__(self, name: str, row: Row, columns: Mapping[str, int]) -> tuple[Ad | None, list[Problem]]:
        """The ad, or None and why not."""
        cells = {column: cell_of(row, columns, column) for column in AD_COLUMNS}
        boosts = bool(cells["Boost Post"].strip())
        values: dict[str, Any] = {}
        problems: list[Problem] = []

        def note(wrong: CellError, column: str) -> None:
            problems.append(cell_problem(wrong, self._file, row.line, column, cells[column]))

        for column, read in self._readers.items():
            cell = cells[column] if column == "Body" else cells[column].strip()
            if column in SAYS and boosts and not cell.strip():
                continue
            try:
                values[column] = read(cell)
            except CellError as wrong:
                note(wrong, column)
        if not boosts and not (cells["Title"].strip() or cells["Body"].strip()):
            note(CellError("ads.no_body"), "Body")
        ad = None
        if boosts:
            try:
                ad = self._boosted(name, cells["Boost Post"].strip(), values, row.line)
            except CellError as wrong:
                note(wrong, wrong.words.pop("column", "Boost Post"))
        elif not problems:
            try:
                ad = self._written(name, values, row.line)
            except CellError as wrong:
                note(wrong, "Offer")
        return (None if problems else ad), problems

    def _written(self, name: str, values: Mapping[str, Any], line: int) -> Ad:
        """The ad of the row's own text; it sells unless the text says otherwise."""
        title, text, topic = values["Title"], values["Body"], values["Topic"]
        said = f"{title}\n{text}"
        purpose = (
            values["Purpose"] or read_caption(said, client=self._client, purpose="sell", topic=topic).purpose
        )
        if values["Offer"] and purpose != "sell":
            raise CellError("ads.offer_without_sale", purpose=purpose)
        return Ad(
            name,
            values["Format"],
            purpose,
            title,
            text,
            topic,
            values["Link"],
            values["Offer"],
            active=values["Ad Status"],
            line=line,
        )

    def _boosted(self, name: str, which: str, values: Mapping[str, Any], line: int) -> Ad | None:
        """The ad of a post; None while the plan cannot be read."""
        if self._posts is None:
            return None
        post = self._found(which)
        said = {
            "Format": post.format,
            "Purpose": post.purpose,
            "Title": "",
            "Body": post.text,
            "Link": post.link,
            "Topic": post.topic,
            "Offer": post.offer,
        }
        for column in SAYS:
            if column in values and values[column] != said[column]:
                raise CellError("ads.boost_says", column=column)
        return Ad.boosting(name, post, active=values.get("Ad Status", True), line=line)

    def _found(self, which: str) -> Post:
        """The post a cell names: by its time, by its row or by its text."""
        posts = self._posts or ()
        if posts and re.fullmatch(r"[0-9]{1,6}", which):
            if not 1 <= int(which) <= len(posts):
                raise CellError("ads.boost_no_row", count=len(posts))
            return posts[int(which) - 1]
        found = self._by_text[which]
        if not found:
            try:
                found = self._by_time[written_moment(read_moment(which))]
            except CellError:
                found = []
        if not found and not posts:
            raise CellError("ads.boost_no_posts")
        if not found:
            raise CellError("ads.boost_nothing", times=_times_near(which, posts), count=len(posts))
        if len(found) > 1:
            raise CellError("ads.boost_several", count=len(found))
        return found[0]


def _times_near(which: str, posts: Sequence[Post]) -> str:
    """The times of the plan's posts, in order; of many those nearest to what is written."""
    times = sorted({post.posting_time for post in posts})
    try:
        wanted = read_moment(which)
    except CellError:
        wanted = times[0]
    near = sorted(times, key=lambda time: abs(time - wanted))[:MOST_TIMES]
    more = len(times) - len(near)
    listed = [*map(written_moment, sorted(near)), *([say("problems.and_more", more=more)] if more else [])]
    return ", ".join(listed)


def ad_cells(ad: Ad, posts: Sequence[Post]) -> dict[str, str]:
    """The row's cells of an ad; a boosted post is named by its time, or by its row if others share it."""
    cells = {"Ad Name": ad.name, "Ad Status": "ACTIVE" if ad.active else "PAUSED"}
    if ad.boosted_post is not None:
        return {**cells, "Boost Post": _reference(ad.boosted_post, posts)}
    return {
        **cells,
        "Format": ad.format,
        "Purpose": ad.purpose,
        "Title": ad.title,
        "Body": ad.text,
        "Link": ad.link,
        "Topic": ad.topic,
        "Offer": repr(float(ad.offer)) if ad.offer else "",
    }


def _reference(post: Post, posts: Sequence[Post]) -> str:
    rows = [at for at, other in enumerate(posts, start=1) if other.posting_time == post.posting_time]
    if len(rows) > 1 and post in posts:
        return str(posts.index(post) + 1)
    return written_moment(post.posting_time)
