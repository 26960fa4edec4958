"""The drawer: the client's own captions, taken in turn, so that none comes twice before all have come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from simulator.playbook.plan import ContentPlan
from simulator.playbook.posts import Post
from simulator.world.clients import ClientFile


class Drawer:
    """Captions by topic and purpose, each pile taken from the top and put back underneath.

    >>> from simulator.world.clients import load_client
    >>> drawer = Drawer(load_client("salon").file)
    >>> first, second = drawer.take("hair", "inform"), drawer.take("hair", "inform")
    >>> first == second
    False
    """

    def __init__(self, file: ClientFile) -> None:
        self._piles: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for caption in file.captions:
            self._piles[caption.topic, caption.purpose].append(caption.text)

    def take(self, topic: str, purpose: str) -> str:
        """The next caption about a topic for a purpose; "" if the client has none."""
        pile = self._piles[topic, purpose]
        if not pile:
            return ""
        text = pile.pop(0)
        pile.append(text)
        return text

    def post(
        self, moment: datetime, purpose: str, topic: str, form: str = "photo", *, offer: float = 0.0
    ) -> Post:
        """A post with the next caption of its kind; only what sells has an ``offer``."""
        return Post(
            moment, self.take(topic, purpose), form, purpose, topic, offer if purpose == "sell" else 0.0
        )


def planned(posts: Iterable[Post]) -> ContentPlan:
    """A plan of these posts in order of time."""
    return ContentPlan(tuple(sorted(posts, key=lambda post: post.posting_time)))


def moments(first: date, days: int, weekly: Iterable[tuple[int, int]]) -> Iterator[datetime]:
    """The moments of a weekly rhythm of (weekday, hour) in ``days`` days from ``first``, a Monday.

    >>> [f"{each:%d %H}" for each in moments(date(2027, 3, 1), 14, [(0, 9), (3, 18)])]
    ['01 09', '04 18', '08 09', '11 18']
    """
    rhythm = sorted(weekly)
    for week in range(-(-days // 7)):
        for weekday, hour in rhythm:
            if 7 * week + weekday < days:
                yield datetime.combine(first + timedelta(days=7 * week + weekday), time(hour))
