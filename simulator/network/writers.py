"""Writers: what makes people write to a page. Every function gives drafts, without text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.network import response
from simulator.network.drafts import Drafts, drafts, no_drafts
from simulator.network.incidents import PILE_ON, HardDay
from simulator.network.log import ACTIONS, NO_POST
from simulator.network.views import Views
from simulator.playbook.posts import PURPOSES
from simulator.units import MINUTES_PER_DAY, MINUTES_PER_HOUR
from simulator.world.talk import KINDS, SUBJECTS

if TYPE_CHECKING:
    from simulator.network.page import LivePage

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
COMMENT_BIT = 1 << ACTIONS.index("comment")
BASE_MAIL: tuple[str, ...] = ("question", "order", "complaint", "praise", "chat")
"""What followers write of their own accord."""

_COMMENT_KINDS = ("question", "order", "complaint", "chat", "praise")
_TRIES = 12
_ACCOUNTS_APART = 1_000_000


def commenters(page: LivePage, views: Views, actions: NDArray[np.uint8]) -> Drafts:
    """Those who comment on what they see."""
    wrote = views.only(np.flatnonzero(actions & COMMENT_BIT))
    if not len(wrote.time):
        return no_drafts()
    keys = wrote.key ^ np.uint64(page.luck.stream("comment").key)
    shares = np.array(
        [
            [page.p.get(f"comment.{purpose}.{kind}", 0.0) for kind in _COMMENT_KINDS[:-1]]
            for purpose in PURPOSES
        ]
    ).cumsum(axis=1)[page.table.purpose[wrote.post]]
    which = (shares <= page.uniform("comment kind", keys)[:, None]).sum(axis=1)
    kinds = np.array([KINDS.index(kind) for kind in _COMMENT_KINDS])[which]
    person = page.known.person[wrote.row]
    return drafts(wrote.time, keys, sender=person, row=wrote.row, post=wrote.post, kind=kinds)


def askers(page: LivePage, views: Views, met: response.Encounter) -> Drafts:
    """Those whom a post or an ad makes ask in private, the likelier the more they need it."""
    p, table = page.p, page.table
    times = np.array([p.get(f"inbox.ask_{purpose}", 1.0) for purpose in PURPOSES])[table.purpose[views.post]]
    need = page.known.need[views.row] / page.world.stranger_need
    chances = p["inbox.ask"] * times * need * (1 + met.offer) * met.felt
    asks = page.uniform("ask", views.key) < chances
    if not asks.any():
        return no_drafts()
    wrote, sells = views.only(asks), met.sells[asks]
    keys = wrote.key ^ np.uint64(page.luck.stream("question").key)
    orders = sells & (page.uniform("order", keys) < p["inbox.ask_order"])
    kinds = np.where(orders, KINDS.index("order"), KINDS.index("question"))
    return drafts(wrote.time, keys, sender=page.known.person[wrote.row], row=wrote.row, kind=kinds)


def buyers(page: LivePage, times: Floats, rows: NDArray[np.int64]) -> Drafts:
    """What buyers write some days later: complaints and thanks."""
    if not len(rows):
        return no_drafts()
    p = page.p
    person = page.known.person[rows].astype(np.int64)
    keys = person.astype(np.uint64) ^ (times * 16).astype(np.int64).astype(np.uint64)
    keys = page.luck.stream("bought").bits(keys)
    luck, delay = page.luck.stream("after sale").uniforms(keys, 2)
    complains, thanks = luck < p["inbox.failure"], luck > 1 - p["inbox.thanks"]
    writes = complains | thanks
    days = 1 - p["inbox.after_sale_days"] * np.log(delay[writes].astype(np.float64))
    kinds = np.where(complains, KINDS.index("complaint"), KINDS.index("praise"))[writes]
    moments = times[writes] + days * MINUTES_PER_DAY
    found = drafts(moments, keys[writes], sender=person[writes], row=rows[writes], kind=kinds)
    return _some_in_public(page, found)


def followers_mail(page: LivePage, kind: str, times: Floats, numbers: NDArray[np.int64], base: int) -> Drafts:
    """Messages of ``kind`` that the first ``base`` people known write while they follow."""
    keys = page.luck.stream("mail", kind).bits(numbers)
    rows = some_followers(page, keys, base)
    wrote = rows >= 0
    person = page.known.person[np.maximum(rows, 0)]
    found = drafts(times, keys, sender=person, row=rows, kind=KINDS.index(kind))
    return _some_in_public(page, found.only(wrote))


def _some_in_public(page: LivePage, found: Drafts) -> Drafts:
    """Some of those who complain do it where others read it: under the last post."""
    complains = found.kind == KINDS.index("complaint")
    public = complains & (page.uniform("shame", found.key) < page.p["inbox.shame"])
    return replace(found, post=np.where(public, page.last_post, found.post))


def some_followers(page: LivePage, keys: Keys, base: int) -> NDArray[np.int64]:
    """A follower for each key, among the first ``base`` known people; below 0 where none was found.

    The same person for the same key whoever came since, which keeps the luck of two playbooks alike.
    """
    stream = page.luck.stream("writer")
    rows = np.full(len(keys), -1)
    for attempt in range(_TRIES):
        tried = (stream.uniform(keys + np.uint64(attempt)).astype(np.float64) * base).astype(np.int64)
        rows = np.where((rows < 0) & page.known.follower[tried], tried, rows)
        if (rows >= 0).all():
            break
    return rows


def robots(page: LivePage, kind: str, times: Floats, numbers: NDArray[np.int64]) -> Drafts:
    """Spam, scams and abuse from accounts outside the town, most of it under the last post."""
    p = page.p
    keys = page.luck.stream("robots", kind).bits(numbers)
    scam, again, public, account = page.luck.stream("robot", kind).uniforms(keys, 4)
    names = np.where(again < p["inbox.same_account"], (account * 20).astype(np.int64), numbers + 20)
    kinds = np.full(len(keys), KINDS.index(kind))
    if kind == "spam":
        kinds = np.where(scam < p["inbox.scam_share"], KINDS.index("scam"), kinds)
    posts = np.where(public < p["inbox.comment_share"], page.last_post, NO_POST)
    sender = -1 - names - _ACCOUNTS_APART * KINDS.index(kind)
    return drafts(times, keys, sender=sender, post=posts, kind=kinds)


def upset(
    page: LivePage, day: HardDay, index: int, times: Floats, numbers: NDArray[np.int64], base: int
) -> Drafts:
    """What comes in an incident: complaints of customers, or abuse of a few accounts."""
    keys = page.luck.stream("incident mail", index, day.kind).bits(numbers)
    if day.kind == PILE_ON:
        which = (page.uniform("troll", keys) * page.p["incident.pile_on_accounts"]).astype(np.int64)
        sender = -1 - which - _ACCOUNTS_APART * (len(KINDS) + 1 + index)
        return drafts(
            times, keys, sender=sender, post=page.last_post, kind=KINDS.index("abuse"), incident=index
        )
    rows = some_followers(page, keys, base)
    public = page.uniform("incident public", keys) < page.p["inbox.comment_share"]
    found = drafts(
        times,
        keys,
        sender=page.known.person[np.maximum(rows, 0)],
        row=rows,
        post=np.where(public, page.last_post, NO_POST),
        kind=KINDS.index("complaint"),
        subject=SUBJECTS.index(day.kind),
        incident=index,
    )
    return found.only(rows >= 0)


def follow_up(page: LivePage, row: int, sender: int, post: int, thread: int, at: float, key: int) -> Drafts:
    """What somebody may say to a personal reply given at ``at``: thanks, talk, one more question."""
    keys = page.luck.stream("follow up").bits(np.array([key], np.uint64))
    answers, delay, kind = page.luck.stream("goes on").uniforms(keys, 3)[:, 0]
    if answers >= page.p["inbox.follow_up"]:
        return no_drafts()
    minutes = 2 - page.p["inbox.follow_up_minutes"] * float(np.log(delay))
    said = KINDS.index(("praise", "chat", "question")[int(kind * 3)])
    moment = np.array([at + minutes])
    return drafts(moment, keys, sender=sender, row=row, post=post, kind=said, thread=thread)


def hours_between(now: float, until: float) -> Floats:
    """``now``, ``until`` and the full hours between them."""
    inner = np.arange(now // MINUTES_PER_HOUR + 1, np.ceil(until / MINUTES_PER_HOUR)) * MINUTES_PER_HOUR
    return np.concatenate([[now], inner, [until]]).astype(np.float64)
