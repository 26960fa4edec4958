"""Other contents: some posts for another purpose, or about another topic, with the client's captions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import PURPOSES, Post
from simulator.scoring.changes.change import Change, with_posts
from simulator.scoring.drawer import Drawer
from simulator.scoring.study import Study
from simulator.texts import say

FEWEST: Final = 3
"""Posts of a kind there must be before some of them are changed."""

SHARE: Final = 3
"""Every third of a purpose becomes another."""

MOST_TOPICS: Final = 4
"""So many of the topics most written about are replaced."""


def changes(study: Study, playbook: Playbook) -> Iterator[Change]:
    """Every third post of a purpose for another purpose; all posts about a topic about another."""
    posts = playbook.plan.posts
    for purpose, places in _places([post.purpose for post in posts], len(PURPOSES)):
        for other in PURPOSES:
            if other != purpose and len(places) >= FEWEST:
                chosen = places[::SHARE]
                says = say(
                    "advice.purpose",
                    posts=len(chosen),
                    purpose=say(f"advice.purposes.{purpose}"),
                    other=say(f"advice.purposes.{other}"),
                )
                yield from _rewritten(study, playbook, chosen, "purpose", says, purpose=other)
    for topic, places in _places([post.topic for post in posts], MOST_TOPICS):
        for other in (one.name for one in study.file.topics):
            if other != topic:
                says = say("advice.topic", posts=len(places), topic=topic, other=other)
                yield from _rewritten(study, playbook, places, "topic", says, topic=other)


def _places(kinds: Sequence[str], most: int) -> list[tuple[str, list[int]]]:
    """The commonest kinds and where they stand."""
    common = Counter(kinds).most_common(most)
    return [(kind, [at for at, one in enumerate(kinds) if one == kind]) for kind, _ in common]


def _rewritten(
    study: Study, playbook: Playbook, chosen: Sequence[int], kind: str, says: str, **new: str
) -> Iterator[Change]:
    """The posts at these places with captions of their new kind; nothing if the drawer has none."""
    posts, drawer = list(playbook.plan.posts), Drawer(study.file)
    told = {post.text for post in posts}
    for at in chosen:
        post = posts[at]
        purpose, topic = new.get("purpose", post.purpose), new.get("topic", post.topic)
        text = _unused(drawer, topic, purpose, told)
        if not text:
            return
        posts[at] = _as(post, text, purpose, topic)
    yield Change(kind, says, with_posts(playbook, posts))


def _unused(drawer: Drawer, topic: str, purpose: str, told: set[str]) -> str:
    """A caption that the plan does not have yet; where all have been told, the next one."""
    first = text = drawer.take(topic, purpose)
    while text in told:
        text = drawer.take(topic, purpose)
        if text == first:
            break
    told.add(text)
    return text


def _as(post: Post, text: str, purpose: str, topic: str) -> Post:
    offer = post.offer if purpose == "sell" else 0.0
    return replace(post, text=text, purpose=purpose, topic=topic, offer=offer)
