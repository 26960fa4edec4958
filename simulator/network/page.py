"""A live page: what happens between it and the people around it.

The clock (:mod:`simulator.network.clock`) tells it when a post goes out, when a round of the feed
ends; what happens once a day stands in :mod:`simulator.network.day`. Effects on a person are
applied in order of time, whatever posts they come from.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy

import numpy as np
from numpy.typing import NDArray

from simulator.network import growth, purchases, response
from simulator.network.feed import Window, crowding, impressions, open_window
from simulator.network.known import KnownPeople, Mind
from simulator.network.log import NO_POST, SOURCES
from simulator.network.post_table import SELL, PostTable
from simulator.network.record import Record
from simulator.network.sights import Sights
from simulator.playbook.page import Page, completeness
from simulator.units import MINUTES_PER_HOUR
from simulator.world.world import World

FOLLOWER, FRIEND, RECOMMENDED, SEARCH = range(len(SOURCES))
SHARE_BIT = 1 << 2
HIDE_BIT = 1 << response.HIDE
ROUND_MINUTES = 6 * MINUTES_PER_HOUR
"""How often the feed takes stock: shares surface with friends from the next round on."""

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]


class LivePage:
    """One page, everybody it is known to, and what is still to be seen by whom."""

    def __init__(self, world: World, page: Page, table: PostTable, followers: Ids, start: float) -> None:
        self.world = world
        self.page = page
        self.table = table
        self.p = world.client.hidden.parameters
        self.luck = world.luck
        self.known = KnownPeople(world)
        self.prices = purchases.price_list(world.client)
        self.pending: dict[int, list[tuple[NDArray[np.float64], Ids, int, int]]] = defaultdict(list)
        self.sights = Sights(table.creative)
        self.out: list[int] = []
        self.record = Record()
        self._welcome_first(followers, start)

    def played_on(self, table: PostTable, seen_posts: Ids, seen_persons: Ids) -> LivePage:
        """An independent copy with an empty record, for a ``table`` that begins with this one's posts.

        ``seen_posts``, ``seen_persons``: every sight so far.
        """
        twin = copy(self)
        twin.table = table
        twin.known = self.known.copy()
        twin.pending = defaultdict(list, {key: list(waiting) for key, waiting in self.pending.items()})
        rows = self.known.row_of[seen_persons].astype(np.int64)
        twin.sights = self.sights.copy_for(table.creative, seen_posts.astype(np.int64), rows)
        twin.out = list(self.out)
        twin.record = Record()
        return twin

    # ------------------------------------------------------------------ a post goes out

    def publish(self, post: int, now: float) -> None:
        """Put a post out: find who will see it, among followers and strangers, and when."""
        table, known = self.table, self.known
        window = open_window(now, self.p)
        rows = known.followers()
        u = self._feed_score(post, rows, now)
        chances = window.chances(known.chronotype[rows], known.activity[rows], u)
        sees = self._luck("exposure", post, known.person[rows]) < chances
        self._schedule(post, rows[sees], u[sees], FOLLOWER, window)
        self._recommend(post, float(chances.sum()), float(u.mean()) if len(u) else 0.0, window, now)
        self.out.append(post)
        self.sights.forget(table.post_time, now)

    def _feed_score(self, post: int, rows: Ids, now: float) -> Floats:
        """u of model 2.1: predicted engagement and affinity against the page's own crowd."""
        table, known, p = self.table, self.known, self.p
        topic, purpose = table.topic[post], table.purpose[post]
        lean = response.leaning(
            p,
            known.match[rows, topic],
            float(table.quality[post]),
            known.faded("goodwill", rows, now),
            known.faded("by_purpose", rows, now)[:, purpose],
            known.faded("by_topic", rows, now)[:, topic],
        )
        lean += response.wear_out(p, self.sights.times(np.full(len(rows), post), rows))
        engagement = lean + (table.engagement[post] + table.response[post])
        engagement -= np.float32(np.log(p["feed.engagement_reference"]))
        affinity = np.log1p(known.faded("affinity", rows, now))
        others = table.post_time[self.out] if self.out else table.post_time[:0]
        shift = float(table.feed[post]) - crowding(others, now, p)
        score: Floats = (
            np.float32(p["feed.engagement_weight"]) * engagement
            + np.float32(2 * p["feed.affinity_weight"]) * affinity
            + np.float32(shift)
        )
        return score

    def _schedule(self, post: int, rows: Ids, u: Floats, source: int, window: Window) -> None:
        """Give each of these people their moment of first seeing the post."""
        self.sights.schedule(post, rows)
        known = self.known
        luck = self._luck("moment", post, known.person[rows])
        times = window.first_views(known.chronotype[rows], u, luck)
        rounds = (times // ROUND_MINUTES).astype(np.int64)
        order = np.argsort(rounds, kind="stable")
        rounds, times, rows = rounds[order], times[order], rows[order]
        numbers, starts = np.unique(rounds, return_index=True)
        for number, start, stop in zip(numbers, starts, [*starts[1:], len(rounds)], strict=False):
            self.pending[int(number)].append((times[start:stop], rows[start:stop], post, source))

    def _recommend(self, post: int, reached: float, u: float, window: Window, now: float) -> None:
        """Show the post to strangers with the interest, the more the better it engages."""
        p, topic = self.p, self.table.topic[post]
        excess = (
            self.table.engagement[post] + self.table.response[post] - np.log(p["feed.engagement_reference"])
        )
        wanted = (
            p["feed.recommended_rate"] * reached * float(np.exp(p["feed.recommended_engagement"] * excess))
        )
        power = np.float32(p["feed.recommended_topic_power"])
        found = growth.strangers(
            self.world,
            self.known,
            self.luck,
            ("recommended", int(self.table.salt[post])),
            wanted,
            np.ones_like if self.table.giveaway[post] else lambda match: match**power,
            topic=int(topic),
        )
        rows = self.known.rows(found, now)
        self._schedule(post, rows, np.full(len(rows), u, np.float32), RECOMMENDED, window)

    # ------------------------------------------------------------------ people see posts

    def settle(self, until: float) -> None:
        """Let everything that was to be seen before ``until`` (a round's end) happen."""
        waiting = self.pending.pop(int(until // ROUND_MINUTES) - 1, [])
        if not waiting:
            return
        times = np.concatenate([times for times, _, _, _ in waiting])
        rows = np.concatenate([rows for _, rows, _, _ in waiting])
        sizes = [len(rows) for _, rows, _, _ in waiting]
        posts = np.repeat([post for _, _, post, _ in waiting], sizes)
        sources = np.repeat(np.array([source for _, _, _, source in waiting], np.uint8), sizes)
        order = np.lexsort((times, rows))
        times, rows, posts, sources = times[order], rows[order], posts[order], sources[order]
        turn = _turns(rows)
        for k in range(int(turn.max()) + 1):
            now = turn == k
            self._meet(times[now], rows[now], posts[now], sources[now])

    def _meet(
        self, times: NDArray[np.float64], rows: Ids, posts: NDArray[np.int64], sources: NDArray[np.uint8]
    ) -> None:
        """These people, each once, see these posts: they act, feel, learn, leave, come and buy."""
        known, table, p = self.known, self.table, self.p
        mind = known.mind(rows, times)
        by_purpose = known.faded("by_purpose", rows, times)
        by_topic = known.faded("by_topic", rows, times)
        at = np.arange(len(rows))
        purpose, topic = table.purpose[posts], table.topic[posts]
        met = response.Encounter(
            sells=purpose == SELL,
            match=known.match[rows, topic],
            quality=table.quality[posts],
            offer=table.offer[posts],
            taste=known.taste[rows, purpose],
            nuisance=known.nuisance[rows],
            deal_proneness=known.deal_proneness[rows],
            satiation=by_purpose[at, purpose],
            topic_satiation=by_topic[at, topic],
            commercials=mind.commercials,
            times_seen=self.sights.times(posts, rows),
        )
        lean = response.leaning(p, met.match, met.quality, mind.goodwill, met.satiation, met.topic_satiation)
        lean += table.response[posts] + response.wear_out(p, met.times_seen)
        keys = known.person[rows].astype(np.uint64) ^ table.salt[posts]
        actions = response.act(table.base[posts], lean, self.uniform("act", keys), self.uniform("open", keys))
        self.record.exposures.add(
            time=times,
            person=known.person[rows],
            post=posts,
            source=sources,
            impressions=impressions(table.impressions[posts], self.uniform("impressions", keys)),
            actions=actions,
        )
        self._impulse(times, rows, posts, met, mind, keys)
        worth = response.utility(p, met, mind.load)
        response.learn(p, met, mind, worth, actions)
        known.utility[rows] += np.float32(p["following.learning"]) * (worth - known.utility[rows])
        known.deal[rows] = np.where(met.sells, met.offer, known.deal[rows])
        by_purpose[at, purpose] += 1
        by_topic[at, topic] += 1
        known.keep(rows, times, mind, by_purpose, by_topic)
        self.sights.count(posts, rows)
        self._leave(times, rows, posts, actions, keys)
        self._come(times, rows, posts, sources, keys, lean)
        self._pass_on(times, rows, posts, actions)

    def _impulse(
        self,
        times: NDArray[np.float64],
        rows: Ids,
        posts: NDArray[np.int64],
        met: response.Encounter,
        mind: Mind,
        keys: NDArray[np.uint64],
    ) -> None:
        sells = met.sells
        if not sells.any():
            return
        known = self.known
        chances = purchases.impulse_chances(
            self.p, mind, met.deal_proneness, met.offer, met.match, response.attention(self.p, met)
        )
        chances = np.minimum(chances * known.need[rows] / np.float32(self.world.stranger_need), 1) * sells
        self.record.expect(times, chances * self.prices.expected_margin(met.offer))
        buys = self.uniform("impulse", keys) < chances
        self.sell(times[buys], rows[buys], posts[buys], met.offer[buys], self.uniform("product", keys[buys]))
        mind.loyalty[buys] = np.minimum(1, mind.loyalty[buys] + self.p["purchase.loyalty_gain"])

    def sell(
        self, times: NDArray[np.float64], rows: Ids, posts: NDArray[np.int64], discount: Floats, luck: Floats
    ) -> None:
        """Enter sales to these people at a discount (share of the price)."""
        product = self.prices.pick(luck)
        price, off = self.prices.price[product], self.prices.price[product] * discount
        self.record.purchases.add(
            time=times,
            person=self.known.person[rows],
            product=product,
            post=posts,
            price_cents=np.rint(price - off).astype(np.int64),
            margin_cents=np.rint(self.prices.margin[product] - off).astype(np.int64),
            follower=self.known.follower[rows],
        )

    def _leave(
        self,
        times: NDArray[np.float64],
        rows: Ids,
        posts: NDArray[np.int64],
        actions: NDArray[np.uint8],
        keys: NDArray[np.uint64],
    ) -> None:
        known = self.known
        chances = response.leave_chances(self.p, known.utility[rows], (actions & HIDE_BIT) > 0)
        leaves = (self.uniform("leave", keys) < chances) & known.follower[rows]
        known.follower[rows[leaves]] = False
        self.record.unfollows.add(time=times[leaves], person=known.person[rows[leaves]], post=posts[leaves])

    def _come(
        self,
        times: NDArray[np.float64],
        rows: Ids,
        posts: NDArray[np.int64],
        sources: NDArray[np.uint8],
        keys: NDArray[np.uint64],
        lean: Floats,
    ) -> None:
        """Strangers whom a post makes curious visit the page."""
        odds = self.table.visit[posts] + lean
        curious = (sources != FOLLOWER) & (self.uniform("visit", keys) < 1 / (1 + np.exp(-odds)))
        curious &= ~self.known.follower[rows]
        if curious.any():
            self.visit(times[curious], rows[curious], posts[curious], sources[curious], keys[curious])

    def visit(
        self,
        times: NDArray[np.float64],
        rows: Ids,
        posts: NDArray[np.int64],
        sources: NDArray[np.uint8],
        keys: NDArray[np.uint64],
    ) -> None:
        """These people, who do not follow, look at the page; some stay."""
        known, p = self.known, self.p
        made = [self.table.published[post] for post in self.out]
        chances = growth.follow_chances(
            p, completeness(self.page, p), growth.recent_quality(made, p), known.match[rows].max(axis=1)
        )
        follows = self.uniform("follow", keys) < chances
        self.record.visits.add(
            time=times, person=known.person[rows], source=sources, post=posts, followed=follows
        )
        won = rows[follows]
        known.follower[won] = True
        prize = (posts[follows] != NO_POST) & self.table.giveaway[posts[follows]]
        known.utility[won] = np.where(prize, p["giveaway.start_utility"], p["following.start_utility"])
        known.came_for_prize[won] = prize
        known.affinity[won] = np.maximum(known.affinity[won], p["feed.start_affinity"])
        self.record.follows.add(
            time=times[follows], person=known.person[won], source=sources[follows], post=posts[follows]
        )

    def _pass_on(
        self, times: NDArray[np.float64], rows: Ids, posts: NDArray[np.int64], actions: NDArray[np.uint8]
    ) -> None:
        """Friends of those who shared get the post into their feed from the next round on."""
        shared = np.flatnonzero(actions & SHARE_BIT)
        for post in np.unique(posts[shared]):
            sharers = shared[posts[shared] == post]
            _, friends = self.world.friends.of(self.known.person[rows[sharers]].astype(np.int64))
            friends = np.unique(friends)
            friends = friends[self._luck("friend", int(post), friends) < self.p["growth.friend_sees"]]
            now = (times[sharers].max() // ROUND_MINUTES + 1) * ROUND_MINUTES
            friend_rows = self.known.rows(friends, now)
            friend_rows = self.sights.unseen(int(post), friend_rows)
            u = np.zeros(len(friend_rows), np.float32)
            self._schedule(int(post), friend_rows, u, FRIEND, open_window(now, self.p))

    # ------------------------------------------------------------------ book-keeping

    def _welcome_first(self, followers: Ids, start: float) -> None:
        known, p = self.known, self.p
        rows = known.rows(followers, start)
        known.follower[rows] = True
        known.goodwill[rows] = p["goodwill.start"]
        known.offers[rows] = p["offers.start"]
        known.affinity[rows] = p["feed.start_affinity"]
        known.utility[rows] = p["following.start_utility"]

    def _luck(self, name: str, post: int, persons: NDArray[np.integer]) -> Floats:
        return self.uniform(name, persons.astype(np.uint64) ^ self.table.salt[post])

    def uniform(self, name: str, keys: NDArray[np.uint64]) -> Floats:
        """Luck by that name in [0, 1), one number a key."""
        return self.luck.stream(name).uniform(keys)


def _turns(rows: Ids) -> NDArray[np.int64]:
    """For sorted rows, the how-maniest of its person each entry is: 0, 1, ..."""
    places = np.arange(len(rows))
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    return places - np.repeat(starts, np.diff([*starts, len(rows)]))
