"""Reasons: for every criterion the one thing to try, from what the playbook's own months show.

Nothing hidden is looked at: a reason names posts, hours and ad sets that a manager could have
compared, only with the luck of many worlds averaged out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from simulator.insights.words import listed, opening, when, whole_money
from simulator.playbook.page import Page, completeness, missing_items
from simulator.playbook.playbook import Playbook
from simulator.scoring.contrast import Contrast, clearest
from simulator.scoring.evidence import Evidence
from simulator.scoring.study import Study, interest_shares, topic_fit
from simulator.texts import say
from simulator.units import HOURS_PER_DAY
from simulator.world.clients import Client

if TYPE_CHECKING:
    import pandas as pd

_WITHIN: Final = ("topic", "format", "part_of_day")
"""What posts are told apart by, among those of one purpose: that commercials drive people off is no news."""

IDLE_SHARE: Final = 0.5
"""From so large a share of idle shift on, shifts are what to save at."""

COMMERCIAL: Final = 0.5
"""With more selling posts than this share a page feels like one long commercial."""

LATE_SHARE: Final = 0.2
"""From so large a share of late answers on, hours are what to mend."""


@dataclass(frozen=True)
class Case:
    """What reasons are sought for: a playbook, what its months showed, and the client as studied."""

    client: Client
    playbook: Playbook
    seen: Evidence
    study: Callable[[], Study]


def one_thing_each(case: Case) -> Mapping[str, str]:
    """A sentence by goal."""
    return {name: reason(case) for name, reason in _REASONS.items()}


def _sales(case: Case) -> str:
    made = case.seen.made
    if not len(made):
        return say("score.try.no_posts")
    selling = made[made["purpose_as_read"] == "sell"]
    if not len(selling):
        return say("score.try.no_selling", posts=len(made))
    found = clearest(selling, ["sales"], _WITHIN)
    if found is not None:
        return _told("score.try.sales", found)
    study = case.study()
    cared_for = interest_shares(study.buyers["interests"])
    liked = topic_fit(study, cared_for)
    best = max(liked, key=lambda topic: liked[topic])
    about = int((made["topic"] == best).sum())
    words = {"interests": listed(list(cared_for)[:2]), "topic": best, "about": about, "posts": len(made)}
    told = 2 * about >= len(made)
    return say("score.try.buyers_told" if told else "score.try.buyers", **words)


def _won(case: Case) -> str:
    page, weights = case.playbook.page, case.client.hidden.parameters
    if page is None or completeness(page, weights) < 1:
        items = missing_items(page or Page(**case.client.file.page), weights)
        if items:
            named = ", ".join(say(f"glance.items.{item}") for item in items)
            return say("score.try.page", items=named)
    found = clearest(case.seen.made, ["new_followers"], _WITHIN)
    return say("score.try.won_alike") if found is None else _told("score.try.won", found)


def _kept(case: Case) -> str:
    seen, made = case.seen, case.seen.made
    if not len(made):
        return say("score.try.kept_silent")
    selling = int((made["purpose_as_read"] == "sell").sum())
    if selling > len(made) * COMMERCIAL:
        return say(
            "score.try.commercial", selling=selling, posts=len(made), lost=_a_month(made["unfollows"], seen)
        )
    found = clearest(made, ["unfollows", "hides"], _WITHIN)
    if found is not None:
        return _told("score.try.kept", found)
    lost = made["unfollows"].to_numpy()
    if not lost.any():
        return say("score.try.kept_all")
    worst = made.iloc[int(lost.argmax())]
    each = f"{lost.max() / seen.worlds:.1f}"
    return say(
        "score.try.kept_post", text=opening(worst["text"], 50), day=when(worst["posting_time"]), lost=each
    )


def _service(case: Case) -> str:
    seen = case.seen
    asked, late = int(seen.asked.sum()), int(seen.waited.sum())
    each = round(asked / seen.worlds)
    if not asked:
        return say("score.try.nobody_wrote")
    hour = int(_busiest(seen.waited))
    words = {"asked": each, "begin": f"{hour:02}:00", "end": f"{(hour + 2) % HOURS_PER_DAY:02}:00"}
    if not seen.shift_hours:
        return say("score.try.nobody_there", **words)
    if late / asked >= LATE_SHARE:
        return say("score.try.late", share=f"{late / asked:.0%}", **words)
    return say("score.try.served", share=f"{1 - late / asked:.0%}", asked=each)


def _efficiency(case: Case) -> str:
    seen, file = case.seen, case.client.file
    sets = seen.ad_sets[seen.ad_sets["spend"] > 0]
    if len(sets) > 1:
        cost = sets["spend"].to_numpy() / np.maximum(sets["purchase"].to_numpy(), 0.5)
        dear, cheap = int(cost.argmax()), int(cost.argmin())
        return say(
            "score.try.dear_set",
            dear=sets["adset_name"].iloc[dear],
            cheap=sets["adset_name"].iloc[cheap],
            dear_cost=whole_money(100 * float(cost[dear])),
            cheap_cost=whole_money(100 * float(cost[cheap])),
        )
    if seen.shift_hours and 1 - seen.used_hours / seen.shift_hours >= IDLE_SHARE:
        idle = (seen.shift_hours - seen.used_hours) / seen.worlds
        return say("score.try.idle", idle=f"{idle:.0f}", hours=f"{seen.shift_hours / seen.worlds:.0f}")
    if not len(sets):
        return say("score.try.no_ads", budget=whole_money(file.budget_cents))
    only = sets.iloc[0]
    each = 100 * float(only["spend"]) / max(float(only["purchase"]), 0.5)
    leaves = sum(one.price_cents * one.margin_share * one.demand_share for one in file.products)
    words = {"name": only["adset_name"], "cost": whole_money(each), "leaves": whole_money(leaves)}
    return say("score.try.dear" if each > leaves else "score.try.pays", **words)


def _told(key: str, found: Contrast) -> str:
    """The sentence of a contrast; of what is lost the kind with the most is the one to leave off."""
    kinds = {
        name: kind if found.by == "topic" else say(f"score.kinds.{kind}")
        for name, kind in (("best", found.best), ("worst", found.worst))
    }
    return say(
        key,
        **{name: say(f"score.by.{found.by}", kind=kind) for name, kind in kinds.items()},
        best_rate=_rate(found.best_rate),
        worst_rate=_rate(found.worst_rate),
        best_posts=found.best_posts,
        worst_posts=found.worst_posts,
    )


def _a_month(column: pd.Series[Any], seen: Evidence) -> str:
    return f"{column.sum() / seen.worlds:.0f}"


def _rate(per_thousand: float) -> str:
    return f"{per_thousand:.1f}" if per_thousand < 10 else f"{per_thousand:.0f}"


def _busiest(waited: NDArray[np.int64]) -> int:
    """The hour that begins the two in which most messages wait."""
    return int((waited + np.roll(waited, -1)).argmax())


_REASONS: Final[Mapping[str, Callable[[Case], str]]] = {
    "sales": _sales,
    "followers won": _won,
    "followers kept": _kept,
    "service": _service,
    "spend efficiency": _efficiency,
}
