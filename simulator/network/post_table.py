"""The posts of a run as columns: what the network needs of each, worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from math import ceil

import numpy as np
from numpy.typing import NDArray

from simulator.network.appeal import Appeal, draw_appeal
from simulator.network.log import ACTIONS, PublishedPost
from simulator.network.production import quality
from simulator.parameters import Parameters
from simulator.playbook.ads import Ad
from simulator.playbook.captions import likeness, read_caption
from simulator.playbook.posts import PURPOSES, Post
from simulator.playbook.production_hours import hours_beside_ads, wanted_hours
from simulator.randomness import Luck
from simulator.units import minutes_since
from simulator.world.clients import Client

SELL = PURPOSES.index("sell")
SAME_TEXT = 0.8
NEVER_OUT = int(np.iinfo(np.int64).max)
"""When a post goes out that is not made: a minute that does not come."""

_NOTHING = [0.0] * len(ACTIONS)
_WEIGHED = ("like", "comment", "share", "click", "save")


@dataclass(frozen=True, slots=True)
class PostTable:
    """Columns with one row a post; ``creative`` is the first post whose text people take for
    the same as this one's.

    ``base``: (posts, 7) log odds of each action before the person is known.
    ``engagement``: log of the weighted engagement the platform predicts.
    ``salt``: 64 bits that key the luck of everything about the post. ``ad``: whether it is shown
    for money; ads stand behind the posts.
    """

    published: tuple[PublishedPost, ...]
    post_time: NDArray[np.int64]
    topic: NDArray[np.int64]
    purpose: NDArray[np.int64]
    offer: NDArray[np.float32]
    quality: NDArray[np.float32]
    base: NDArray[np.float32]
    visit: NDArray[np.float32]
    engagement: NDArray[np.float32]
    feed: NDArray[np.float32]
    response: NDArray[np.float32]
    impressions: NDArray[np.float32]
    giveaway: NDArray[np.bool_]
    creative: NDArray[np.int64]
    salt: NDArray[np.uint64]
    ad: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.published)


def published_posts(
    client: Client,
    posts: Iterable[Post],
    hours_per_week: float | None,
    ad_starts: Sequence[int] = (),
    *,
    since: int = 0,
) -> tuple[PublishedPost, ...]:
    """``posts`` in order of time, each read, worked on and, if the week had the hours, made.

    Without ``hours_per_week`` each has the hours it is to get, which somebody has yet to find in shifts.
    ``ad_starts``: when the sets start whose ads are made in the same hours. ``since``: only posts from this
    minute on, the first of a week.
    """
    p, begin = client.hidden.parameters, client.file.month_start
    ordered = sorted(posts, key=lambda post: post.posting_time)
    ordered = [post for post in ordered if not since or minutes_since(begin, post.posting_time) >= since]
    times = [minutes_since(begin, post.posting_time) for post in ordered]
    hours = (
        wanted_hours(ordered, p["desk.usual_hours"], p["production.least_hours"])
        if hours_per_week is None
        else hours_beside_ads(ordered, times, ad_starts, hours_per_week, p)[0]
    )
    return tuple(
        replace(_published(client, post, time, spent, p), in_shifts=hours_per_week is None)
        for post, time, spent in zip(ordered, times, hours, strict=True)
    )


def _published(client: Client, post: Post, time: int, hours: float | None, p: Parameters) -> PublishedPost:
    reading = read_caption(post.text, client=client, purpose=post.purpose, topic=post.topic, tags=post.tags)
    worth = quality(post, reading, hours or 0.0, p)
    return PublishedPost(post, time, reading, worth, hours or 0.0, made=hours is not None)


def published_ads(
    client: Client,
    ads: Sequence[tuple[Ad, int]],
    planned: Sequence[PublishedPost] = (),
    hours_per_week: float | None = None,
) -> tuple[PublishedPost, ...]:
    """Ads, each with the minute its set begins, as people read them.

    An ad of its own is made in the hours of the week in which its set begins, which it shares with the posts,
    or without ``hours_per_week`` in those an ad is to get; one that boosts a ``planned`` post is as good as
    it is, and is shown once it is out. What is not made is never shown.
    """
    p = client.hidden.parameters
    posts = {post.post: post for post in planned}
    hours = iter(_ad_hours(ads, planned, hours_per_week, p))
    read = []
    for ad, start in ads:
        if ad.boosted_post is not None and ad.boosted_post in posts:
            read.append(boosted(posts[ad.boosted_post], start))
            continue
        spent = next(hours) if ad.boosted_post is None else None
        time = start if spent is not None else NEVER_OUT
        made = _published(client, _as_post(client, ad), time, spent, p)
        read.append(replace(made, in_shifts=hours_per_week is None))
    return tuple(read)


def _ad_hours(
    ads: Sequence[tuple[Ad, int]],
    planned: Sequence[PublishedPost],
    hours_per_week: float | None,
    p: Parameters,
) -> list[float | None]:
    """The hours of each ad that boosts no post."""
    starts = [start for ad, start in ads if ad.boosted_post is None]
    if hours_per_week is None:
        return [p["ads.creative_hours"]] * len(starts)
    posts, times = [post.post for post in planned], [post.post_time for post in planned]
    return hours_beside_ads(posts, times, starts, hours_per_week, p)[1]


def boosted(planned: PublishedPost, start: int) -> PublishedPost:
    """The ad that shows a planned post from ``start`` on, or from when it is out, if it ever is."""
    return replace(planned, post_time=max(start, planned.post_time) if planned.made else NEVER_OUT)


def _as_post(client: Client, ad: Ad) -> Post:
    """What people see of an ad: its title and text as a post."""
    return ad.boosted_post or Post(
        posting_time=datetime.combine(client.file.month_start, time()),
        text="\n".join(filter(None, (ad.title, ad.text))),
        format=ad.format,
        purpose=ad.purpose,
        topic=ad.topic,
        offer=ad.offer,
        link=ad.link,
    )


def tabulate(
    client: Client,
    posts: Sequence[PublishedPost],
    luck: Luck,
    ads: Sequence[PublishedPost] = (),
    begins: Sequence[float] | None = None,
) -> PostTable:
    """The columns of ``posts``, and of ``ads`` behind them, in the world of ``luck``.

    ``begins``: from which minute each row can be seen, where that is not its own time. No row takes anything
    from those that begin after it.
    """
    p = client.hidden.parameters
    published = (*posts, *ads)
    by_time = sorted(range(len(published)), key=[post.post_time for post in published].__getitem__)
    if begins is not None:
        by_time = sorted(range(len(published)), key=begins.__getitem__)
    salts = _salts(published, luck, by_time, len(posts))
    appeals = [
        draw_appeal(luck, post.post.text, post.reading, p) if post.made else Appeal() for post in published
    ]
    odds = [
        _log_odds(post, appeal, p) if post.made else _NOTHING
        for post, appeal in zip(published, appeals, strict=True)
    ]
    base = np.array(odds, np.float32).reshape(-1, len(ACTIONS))
    base[len(posts) :] += [p.get(f"ads.{_name(action)}", 0.0) for action in ACTIONS]
    weights = np.array([p[f"feed.{action}_weight"] for action in _WEIGHED], np.float32)
    sells = [post.reading.purpose == "sell" for post in published]
    return PostTable(
        published=published,
        post_time=np.array([post.post_time for post in published], np.int64),
        topic=np.array([client.topic_names.index(post.reading.topic) for post in published], np.int64),
        purpose=np.array([PURPOSES.index(post.reading.purpose) for post in published], np.int64),
        offer=_floats(post.post.offer * sell for post, sell in zip(published, sells, strict=True)),
        quality=_floats(post.quality for post in published),
        base=base,
        visit=_floats(_visit_odds(post, p) for post in published),
        engagement=np.log((np.exp(base[:, : len(weights)]) * weights).sum(axis=1)),
        feed=_floats(
            _feed_odds(post, p) + appeal.feed for post, appeal in zip(published, appeals, strict=True)
        ),
        response=_floats(appeal.response for appeal in appeals),
        impressions=_floats(_extra_impressions(luck, post, p) if post.made else 0.0 for post in published),
        giveaway=np.array([post.reading.giveaway for post in published], bool),
        creative=_creatives(published, by_time),
        salt=np.array(salts, np.uint64),
        ad=np.arange(len(published)) >= len(posts),
    )


def _floats(numbers: Iterable[float]) -> NDArray[np.float32]:
    return np.fromiter(numbers, np.float32)


def _log_odds(post: PublishedPost, appeal: Appeal, p: Parameters) -> list[float]:
    """Log odds of each action: its level, moved by purpose, format, what the text has and its appeal."""
    reading = post.reading
    causes = [f"purpose.{reading.purpose}", f"format.{post.post.format}"]
    features = {
        "question": reading.question,
        "hashtag": reading.hashtags > 0,
        "long": reading.characters > p["caption.long_characters"],
        "number": reading.number,
        "exclamation": reading.exclamations > 0,
        "call_to_action": reading.call_to_action,
        "link": reading.link or bool(post.post.link),
    }
    causes += [f"caption.{name}" for name, there in features.items() if there]
    causes += ["giveaway"] if reading.giveaway else []
    voice = _brand_voice(post, p)
    odds = []
    for action in ACTIONS:
        name = _name(action)
        moved = sum(p.get(f"{cause}.{name}", 0.0) for cause in causes)
        moved += voice * p.get(f"brand_voice.{name}", 0.0)
        odds.append(p[f"response.{name}"] + moved + appeal.of(name))
    if reading.purpose == "sell":
        odds[ACTIONS.index("click")] += p["offers.click"] * post.post.offer
    return odds


def _name(action: str) -> str:
    """What the rows of the model call an action."""
    return "like" if action == "reaction" else action


def _feed_odds(post: PublishedPost, p: Parameters) -> float:
    """Log odds in the feed that go with the format and the purpose."""
    return p.get(f"format.{post.post.format}.feed", 0.0) + p.get(f"purpose.{post.reading.purpose}.feed", 0.0)


def _brand_voice(post: PublishedPost, p: Parameters) -> float:
    """How much of a voice of its own a selling text has, 0-1."""
    if post.reading.purpose != "sell":
        return 0.0
    return min(1.0, post.reading.humour / p["brand_voice.full"])


def _visit_odds(post: PublishedPost, p: Parameters) -> float:
    """Log odds that a stranger who sees the post looks at the page."""
    sells = post.reading.purpose == "sell"
    return p["growth.visit"] + p["purpose.sell.visit"] * sells + p["giveaway.visit"] * post.reading.giveaway


def _extra_impressions(luck: Luck, post: PublishedPost, p: Parameters) -> float:
    spread = p["feed.extra_impressions_spread"]
    normal = luck.stream("impressions", post.post.text).normal()
    return p["feed.extra_impressions"] * float(np.exp(spread * normal))


def _salts(
    published: Sequence[PublishedPost], luck: Luck, by_time: Sequence[int], first_ad: int
) -> list[int]:
    """A key for each post and ad that is made: its text, and which in time with that text it is.

    So nobody's luck depends on what is still to come, wherever in a sheet it stands.
    """
    times_used: Counter[tuple[str, str]] = Counter()
    salts = [0] * len(published)
    for row in by_time:
        post = published[row]
        kind = ("ad" if row >= first_ad else "post", post.post.text)
        times_used[kind] += 1
        salts[row] = luck.stream(*kind, times_used[kind]).key if post.made else 0
    return salts


def _creatives(published: Sequence[PublishedPost], by_time: Sequence[int]) -> NDArray[np.int64]:
    """A number for each post, shared by posts whose texts people take for the same one: the first in time.

    Two texts that share four words in five share one of the rarest words of each (prefix
    filtering: Chaudhuri, Ganti and Kaushik 2006), so few texts are compared. What is not made
    is seen by nobody and compared with nothing.
    """
    texts = [frozenset(post.reading.content_words) for post in published]
    frequency = Counter(word for words in texts for word in words)
    by_word: dict[str, list[int]] = {}
    numbers = np.arange(len(texts))
    place = {index: at for at, index in enumerate(by_time)}
    for index in by_time:
        words = texts[index]
        if not published[index].made:
            continue
        rare = sorted(words, key=lambda word: (frequency[word], word))
        rare = rare[: len(rare) - ceil(SAME_TEXT * len(rare) - 1e-9) + 1]
        near = sorted({other for word in rare for other in by_word.get(word, ())}, key=place.__getitem__)
        same = [other for other in near if likeness(words, texts[other]) >= SAME_TEXT]
        if same:
            numbers[index] = same[0]
            continue
        for word in rare:
            by_word.setdefault(word, []).append(index)
    return numbers
