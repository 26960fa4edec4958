"""A live page: what happens between it and the people around it.

The clock (:mod:`simulator.network.clock`) tells it when a post goes out, when a round of the feed
ends; what happens once a day stands in :mod:`simulator.network.day`. Effects on a person are
applied in order of time, whatever posts they come from.
"""

from __future__ import annotations

from collections import defaultdict
from copy import copy
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from simulator.network import growth, landing, purchases, response, writers
from simulator.network.ad_tally import AdTally
from simulator.network.feed import Window, crowding, impressions, open_window
from simulator.network.impressions import Impressions
from simulator.network.inbox import Inbox
from simulator.network.known import KnownPeople, Mind, Tiredness
from simulator.network.log import ACTIONS, NO_POST, SOURCES
from simulator.network.post_table import SELL, PostTable
from simulator.network.production import quality
from simulator.network.record import Record
from simulator.network.sights import Sights
from simulator.network.views import Views, no_views
from simulator.playbook.page import Page, completeness
from simulator.units import MINUTES_PER_HOUR
from simulator.world.world import World

FOLLOWER, FRIEND, RECOMMENDED, SEARCH, AD = range(len(SOURCES))
SHARE_BIT = 1 << 2
HIDE_BIT = 1 << response.HIDE
COMMENT = ACTIONS.index("comment")
ROUND_MINUTES = 6 * MINUTES_PER_HOUR
"""How often the feed takes stock: shares surface with friends from the next round on."""

_PER_SIGHT = 1 << 32
"""Apart from any person's number, so that every sight of an ad has luck of its own."""

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
        self.pending: dict[int, list[Views]] = defaultdict(list)
        self.sights = Sights(table.creative, table.ad)
        self.tally = AdTally(0, 1)
        self.published = list(table.published)
        self.out: list[int] = []
        self.overdue = 0
        self.record = Record()
        self._welcome_first(followers, start)
        self.inbox = Inbox(self)

    def played_on(self, table: PostTable, days: int, seen_posts: Ids, seen_persons: Ids) -> LivePage:
        """An independent copy with an empty record, for a ``table`` that begins with this one's posts.

        ``days``: how long it is to be played; ``seen_posts``, ``seen_persons``: every sight so far. Its inbox
        is empty, without rules and unattended.
        """
        twin = copy(self)
        twin.table = table
        twin.published = list(table.published)
        twin.known = self.known.copy()
        twin.pending = defaultdict(list, {key: list(waiting) for key, waiting in self.pending.items()})
        rows = self.known.row_of[seen_persons].astype(np.int64)
        twin.sights = self.sights.copy_for(table.creative, table.ad, seen_posts.astype(np.int64), rows)
        twin.tally = AdTally(int(table.ad.sum()), days)
        twin.out = list(self.out)
        twin.record = Record()
        twin.inbox = self.inbox.for_month(twin)
        return twin

    # ------------------------------------------------------------------ a post goes out

    def make(self, post: int, now: float, hours: float, *, made: bool) -> None:
        """What the workshop has made of a post by ``now``, or that it was not made in time."""
        planned = self.published[post]
        worth = quality(planned.post, planned.reading, hours, self.p) if made else 0.0
        self.table.quality[post] = worth
        self.published[post] = replace(planned, post_time=int(now), quality=worth, hours=hours, made=made)

    @property
    def last_post(self) -> int:
        """The post that stands on top of the page, or NO_POST."""
        return self.out[-1] if self.out else NO_POST

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
            known.faded_column("by_purpose", int(purpose), rows, now),
            known.faded_column("by_topic", int(topic), rows, now),
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
            part, count = slice(start, stop), stop - start
            posts, sources = np.full(count, post), np.full(count, source, np.uint8)
            keys = known.person[rows[part]].astype(np.uint64) ^ self.table.salt[post]
            free = np.zeros(count, np.int32)
            self.pending[int(number)].append(Views(times[part], rows[part], posts, sources, keys, free))

    # ------------------------------------------------------------------ an ad is shown

    def show_ads(self, won: Impressions, now: float) -> None:
        """Have people see the ads that won a place in the hour that begins at ``now``."""
        rows = self.known.rows(won.person, now)
        keys = (won.person + won.nth * _PER_SIGHT).astype(np.uint64) ^ self.table.salt[won.ad]
        sources = np.full(len(rows), AD, np.uint8)
        views = Views(won.time, rows, won.ad, sources, keys, won.micros.astype(np.int32))
        self.pending[int(now // ROUND_MINUTES)].append(views)

    def ad_of(self, posts: Ids) -> Ids:
        """Which ad, counted from 0, each of these rows of the table is; below 0 for a post."""
        return posts - (len(self.table) - int(self.table.ad.sum()))

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

    def settle(self, now: float, until: float) -> None:
        """Let everything that is to be seen from ``now`` to ``until``, both of one round, happen.

        In order of time for every person: first everybody's first view, then the second ones.
        """
        views = self._waiting(int(now // ROUND_MINUTES), until)
        turns = views.turns()
        for turn in range(int(turns.max(initial=-1)) + 1):
            self._meet(views.only(turns == turn))

    def _waiting(self, number: int, until: float) -> Views:
        """The views of one round that come before ``until``, by person and then by time."""
        views = Views.joined([no_views(), *self.pending.pop(number, [])])
        later = views.time >= until
        if later.any():
            self.pending[number] = [views.only(later)]
            views = views.only(~later)
        return views.only(np.lexsort((views.time, views.row)))

    def _meet(self, views: Views) -> None:
        """These people, each once, see these posts: they act, feel, learn, leave, come and buy."""
        known, table, p = self.known, self.table, self.p
        row, post = views.row, views.post
        mind = known.mind(row, views.time)
        tired = Tiredness(
            known.faded("by_purpose", row, views.time), known.faded("by_topic", row, views.time)
        )
        climate = self.inbox.climate
        mind.goodwill *= np.float32((1 + p["climate.goodwill"]) ** climate.grief)
        met = self._encounter(views, mind, tired)
        lean = response.leaning(p, met.match, met.quality, mind.goodwill, met.satiation, met.topic_satiation)
        lean += table.response[post] + response.wear_out(p, met.times_seen)
        luck = self.uniform("act", views.key), self.uniform("open", views.key)
        ad = table.ad[post]
        wanted = landing.intent(self, views, met) if ad.any() else None
        if wanted is not None:
            lean += ad * landing.draw(p, met.match)
        base = table.base[post]
        base[:, COMMENT] += np.float32(p["climate.comments"] * climate.bad)
        actions = response.act(base, lean, *luck, wanted)
        self._write_down(views, actions)
        self.inbox.hear(writers.commenters(self, views, actions))
        self.inbox.hear(writers.askers(self, views, met))
        if wanted is not None:
            odds = response.main_odds(base, lean, wanted)
            landing.land(self, views, met, mind, odds, wanted, actions)
        self._impulse(views, met, mind)
        worth = response.utility(p, met, mind.load) + np.float32(p["climate.utility"] * climate.bad)
        response.learn(p, met, mind, worth, actions)
        learning = np.float32(p["following.learning"]) * self._heed(views, met)
        known.utility[row] += learning * (worth - known.utility[row])
        known.deal[row] = np.where(met.sells, met.offer, known.deal[row])
        tired.add(table.purpose[post], table.topic[post], met.felt)
        known.keep(row, views.time, mind, tired)
        self.sights.count(post, row)
        self._leave(views, actions)
        self._come(views, lean, actions)
        self._pass_on(views, actions)

    def _encounter(self, views: Views, mind: Mind, tired: Tiredness) -> response.Encounter:
        known, table = self.known, self.table
        row, post = views.row, views.post
        purpose, topic, ad = table.purpose[post], table.topic[post], table.ad[post]
        return response.Encounter(
            sells=purpose == SELL,
            match=known.match[row, topic],
            quality=table.quality[post],
            offer=table.offer[post],
            taste=known.taste[row, purpose],
            nuisance=known.nuisance[row],
            deal_proneness=known.deal_proneness[row],
            satiation=tired.of_purpose(purpose),
            topic_satiation=tired.of_topic(topic),
            commercials=mind.commercials,
            times_seen=self.sights.times(post, row),
            felt=np.where(ad, np.float32(self.p["ads.felt"]), np.float32(1)) if ad.any() else 1.0,
        )

    def _write_down(self, views: Views, actions: NDArray[np.uint8]) -> None:
        did = actions > 0
        self.known.engaged_at[views.row[did]] = views.time[did]
        ad = self.table.ad[views.post]
        if ad.any():
            paid = views.only(ad)
            self.record.ad_views.add(
                time=paid.time,
                person=self.known.person[paid.row],
                post=paid.post,
                actions=actions[ad],
                micros=paid.micros,
            )
            views, actions = views.only(~ad), actions[~ad]
        extra = self.table.impressions[views.post]
        self.record.exposures.add(
            time=views.time,
            person=self.known.person[views.row],
            post=views.post,
            source=views.source,
            impressions=impressions(extra, self.uniform("impressions", views.key)),
            actions=actions,
        )

    def _impulse(self, views: Views, met: response.Encounter, mind: Mind) -> None:
        """Some buy on the spot on seeing a post; an ad has to be clicked on first."""
        sells = met.sells & ~self.table.ad[views.post]
        if not sells.any():
            return
        attention = response.attention(self.p, met)
        chances = purchases.impulse_chances(self.p, mind, met.deal_proneness, met.offer, met.match, attention)
        need = self.known.need[views.row] / np.float32(self.world.stranger_need)
        chances = np.minimum(chances * need, 1) * sells
        self.record.expect(views.time, chances * self.prices.expected_margin(met.offer), "post")
        buys = self.uniform("impulse", views.key) < chances
        bought = views.only(buys)
        self.sell(bought.time, bought.row, bought.post, met.offer[buys], self.uniform("product", bought.key))
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
        self.known.bought_at[rows] = times
        self.inbox.hear(writers.buyers(self, times, rows))

    def _heed(self, views: Views, met: response.Encounter) -> Floats | float:
        """How far this tells them what following is worth: an ad only those who follow, and little."""
        if isinstance(met.felt, float):
            return met.felt
        follows = self.known.follower[views.row]
        heed: Floats = np.where(self.table.ad[views.post] & ~follows, np.float32(0), met.felt)
        return heed

    def _leave(self, views: Views, actions: NDArray[np.uint8]) -> None:
        """Followers for whom this was one too many; an ad is blamed on the page by who hides it."""
        known = self.known
        hid, ad = (actions & HIDE_BIT) > 0, self.table.ad[views.post]
        chances = response.leave_chances(self.p, known.utility[views.row], hid)
        chances[ad & ~hid] = 0
        lost = views.only((self.uniform("leave", views.key) < chances) & known.follower[views.row])
        known.follower[lost.row] = False
        service = np.zeros(len(lost.time), bool)
        self.record.unfollows.add(
            time=lost.time, person=known.person[lost.row], post=lost.post, service=service
        )

    def lose(self, rows: Ids, now: float, *, over_service: bool) -> None:
        """These followers leave over how they were answered, or over nothing the page did."""
        self.known.follower[rows] = False
        self.record.unfollows.add(
            time=np.full(len(rows), now),
            person=self.known.person[rows],
            post=np.full(len(rows), NO_POST),
            service=np.full(len(rows), over_service),
        )

    def _come(self, views: Views, lean: Floats, actions: NDArray[np.uint8]) -> None:
        """Strangers whom a post makes curious visit the page, and those who click on an ad."""
        odds = self.table.visit[views.post] + lean
        curious = (views.source != FOLLOWER) & (self.uniform("visit", views.key) < 1 / (1 + np.exp(-odds)))
        curious = np.where(views.source == AD, (actions & landing.CLICK_BIT) > 0, curious)
        self.visit(views.only(curious & ~self.known.follower[views.row]))

    def visit(self, views: Views) -> None:
        """These people, who do not follow, look at the page; some stay."""
        known, p = self.known, self.p
        made = [self.published[post] for post in self.out]
        match = known.match[views.row].max(axis=1)
        chances = growth.follow_chances(
            p,
            completeness(self.page, p),
            growth.recent_quality(made, p),
            match,
            p["climate.visits"] * self.inbox.climate.bad,
        )
        follows = self.uniform("follow", views.key) < chances
        person = known.person[views.row]
        self.record.visits.add(
            time=views.time, person=person, source=views.source, post=views.post, followed=follows
        )
        self.known.visited_at[views.row] = views.time
        won = views.only(follows)
        ads = won.post[won.source == AD]
        self.tally.add("follows", self.ad_of(ads), won.time[won.source == AD])
        prize = (won.post != NO_POST) & self.table.giveaway[won.post]
        known.welcome(won.row, prize)
        self.record.follows.add(time=won.time, person=person[follows], source=won.source, post=won.post)

    def _pass_on(self, views: Views, actions: NDArray[np.uint8]) -> None:
        """Friends of those who shared get the post into their feed from the next round on."""
        shared = views.only(((actions & SHARE_BIT) > 0) & (views.source != AD))
        for post in np.unique(shared.post).tolist():
            sharers = shared.only(shared.post == post)
            _, friends = self.world.friends.of(self.known.person[sharers.row].astype(np.int64))
            friends = np.unique(friends)
            friends = friends[self._luck("friend", post, friends) < self.p["growth.friend_sees"]]
            now = (sharers.time.max() // ROUND_MINUTES + 1) * ROUND_MINUTES
            rows = self.sights.unseen(post, self.known.rows(friends, now))
            self._schedule(post, rows, np.zeros(len(rows), np.float32), FRIEND, open_window(now, self.p))

    # ------------------------------------------------------------------ book-keeping

    def _welcome_first(self, followers: Ids, start: float) -> None:
        rows = self.known.rows(followers, start)
        self.known.welcome(rows, np.zeros(len(rows), bool))
        self.known.goodwill[rows] = self.p["goodwill.start"]
        self.known.offers[rows] = self.p["offers.start"]

    def _luck(self, name: str, post: int, persons: NDArray[np.integer]) -> Floats:
        return self.uniform(name, persons.astype(np.uint64) ^ self.table.salt[post])

    def uniform(self, name: str, keys: NDArray[np.uint64]) -> Floats:
        """Luck by that name in [0, 1), one number a key."""
        return self.luck.stream(name).uniform(keys)
