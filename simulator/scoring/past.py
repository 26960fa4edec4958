"""The past: posts of a playbook that have gone out, and what it would change about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from simulator.errors import Problem, problem
from simulator.playbook.moments import written_moment
from simulator.playbook.playbook import PLAN_FILE, Playbook
from simulator.playbook.posts import Post


def past_changes(was: Playbook, now: Playbook, border: datetime, week: int) -> Iterator[Problem]:
    """An error for every post before ``border``, when ``week`` begins, that is new, changed or missing."""
    new, missing = _only_in(now, was, border), _only_in(was, now, border)
    words: dict[str, Any] = {
        "file": PLAN_FILE,
        "week": week,
        "last": week - 1,
        "border": written_moment(border),
    }
    for post in new:
        before = _meant(post, missing)
        place = {"line": post.line, "value": post.text, **words}
        if before is None:
            when = written_moment(post.posting_time)
            yield problem("play.too_late", column="Posting Time", when=when, **place)
        else:
            missing.remove(before)
            yield problem("play.changed", **_as_played(before), **place)
    for post in missing:
        yield problem("play.missing", value=post.text, **_as_played(post), **words)


def _as_played(post: Post) -> dict[str, Any]:
    """When a post went out, and where it stood in the plan."""
    return {"when": written_moment(post.posting_time), "row": "-" if post.line is None else post.line}


def _only_in(book: Playbook, other: Playbook, border: datetime) -> list[Post]:
    """The posts before ``border`` that only the first of the two has."""
    past = [post for post in book.plan.posts if post.posting_time < border]
    there = Counter(post for post in other.plan.posts if post.posting_time < border)
    only = []
    for post in past:
        if there[post]:
            there[post] -= 1
        else:
            only.append(post)
    return only


def _meant(post: Post, missing: Sequence[Post]) -> Post | None:
    """The missing post that this one was: of its time, or else of its text."""
    same_time = (one for one in missing if one.posting_time == post.posting_time)
    same_text = (one for one in missing if one.text == post.text)
    return next(same_time, None) or next(same_text, None)
