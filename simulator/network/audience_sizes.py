"""The size of every ad set's audience on day one, as a platform shows it before anything is bought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from simulator.errors import Problem
from simulator.network.advertising import page_groups
from simulator.network.staging import DayOne
from simulator.playbook.ads import AdPlan, AdSet, UnfinishedSet
from simulator.playbook.lookalikes import LOOKALIKES
from simulator.playbook.size_ranges import SizeRange, WayWider
from simulator.texts import say

UNCOUNTED = "ads.uncounted_likeness"
"""The rule that is answered once buyers are counted."""


@dataclass(frozen=True, slots=True)
class AudienceSize:
    """One ad set's audience in words and its size, or why there is none.

    ``refused``: why the platform takes no ad for it. ``wider``: if it is refused as too small, which columns
    left empty would make it large enough. ``unread``: columns that must be mended before anybody can
    be counted, ``why``: what is wrong with them.
    """

    campaign: str
    ad_set: str
    audience: str
    size: SizeRange | None
    refused: Problem | None = None
    wider: tuple[WayWider, ...] = ()
    unread: tuple[str, ...] = ()
    why: tuple[Problem, ...] = ()
    line: int | None = None

    @property
    def words(self) -> str:
        """The size as it is shown."""
        if self.unread:
            return say("ads.audience.unread", reasons="; ".join(self._reasons()))
        return str(self.size) if self.refused is None else f"{self.refused.says}; {self.refused.way_out}"

    def _reasons(self) -> Iterator[str]:
        """What is wrong with each column that cannot be read, and the way out."""
        for one in self.why:
            words = {"value": one.value, "column": one.column, "says": one.says, "way_out": one.way_out}
            yield say("ads.audience.unread_cell" if one.column else "ads.audience.unread_header", **words)
        if not self.why:
            yield from (say("ads.audience.unread_column", column=column) for column in self.unread)

    def as_dict(self) -> dict[str, Any]:
        """As plain data, for ``--json``."""
        return {
            "campaign": self.campaign,
            "ad_set": self.ad_set,
            "audience": self.audience,
            **_ends(self.size),
            "refused": self.refused.as_dict() if self.refused else None,
            "wider": [{"columns": list(way.columns), **_ends(way.size)} for way in self.wider],
            "unread": list(self.unread),
            "why": [one.as_dict() for one in self.why],
            "line": self.line,
        }


def audience_sizes(start: DayOne, plan: AdPlan | None) -> list[AudienceSize]:
    """The audiences of ``plan`` in the world of ``start``, where the page's groups are those of day one.

    Sets that cannot run yet for an error in their sheet are counted too, if their audience can be read.
    """
    if plan is None:
        return []
    parts = [*map(UnfinishedSet, plan.ad_sets), *plan.unfinished]
    parts.sort(key=lambda part: part.ad_set.line or 0)
    return [_sized(start, part) for part in parts]


def _sized(start: DayOne, part: UnfinishedSet) -> AudienceSize:
    ad_set, who = part.ad_set, part.ad_set.audience
    place: dict[str, Any] = {"campaign": ad_set.campaign, "ad_set": ad_set.name, "line": ad_set.line}
    place["audience"] = who.describe()
    if part.unread:
        return AudienceSize(size=None, unread=part.unread, why=part.why, **place)
    groups = page_groups(start.page, 0)
    refused = who.refusal(start.world, groups, line=ad_set.line)
    if refused is None:
        return AudienceSize(size=who.estimate(start.world, groups), **place)
    wider = tuple(who.ways_wider(start.world, groups))
    return AudienceSize(size=None, refused=refused, wider=wider, **place)


def is_about_size(problem: Problem) -> bool:
    """Whether the sizes of audiences answer it."""
    return problem.rule == UNCOUNTED or problem.rule.startswith("audience.")


def with_day_one(problems: Iterable[Problem], start: DayOne, plan: AdPlan | None) -> list[Problem]:
    """The problems of a playbook once the page's own groups are counted as they are on day one.

    A warning for each running set that nobody would see then; look-alikes are no longer uncounted.
    """
    kept = [one for one in problems if one.rule != UNCOUNTED]
    known = {one.line for one in kept if one.rule in ("audience.too_small", "ads.both_ways")}
    groups = page_groups(start.page, 0)
    for ad_set in plan.running if plan is not None else ():
        refused = ad_set.audience.refusal(start.world, groups, line=ad_set.line)
        if refused is not None and ad_set.line not in known:
            kept.append(replace(refused, severity="warning", **_place(refused, ad_set)))
    return sorted(kept, key=lambda one: (one.file, one.line or 0))


def _place(refused: Problem, ad_set: AdSet) -> dict[str, Any]:
    """The column that is to be mended, and what stands in it."""
    audience = ad_set.audience
    terms = [term for group in audience.inclusions for term in group if term in LOOKALIKES]
    if refused.rule != "audience.few_buyers":
        return {"column": "Ad Set Name", "value": ad_set.name}
    if terms:
        return {"column": "Flexible Inclusions", "value": terms[0]}
    barred = [term for term in audience.exclusions if term in LOOKALIKES]
    return {"column": "Flexible Exclusions", "value": barred[0]}


def _ends(size: SizeRange | None) -> dict[str, int | None]:
    return {"low": size.low if size else None, "high": size.high if size else None}
