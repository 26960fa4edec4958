"""The size of every ad set's audience on day one, as a platform shows it before anything is bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simulator.errors import Problem
from simulator.network.advertising import page_groups
from simulator.network.month import DayOne
from simulator.playbook.ads import AdPlan
from simulator.playbook.audiences import SizeRange


@dataclass(frozen=True, slots=True)
class AudienceSize:
    """One ad set's audience in words and its size, or why the platform refuses it."""

    campaign: str
    ad_set: str
    audience: str
    size: SizeRange | None
    refused: Problem | None

    @property
    def words(self) -> str:
        """The size as it is shown."""
        return str(self.size) if self.refused is None else f"{self.refused.says}; {self.refused.way_out}"

    def as_dict(self) -> dict[str, Any]:
        """As plain data, for ``--json``."""
        return {
            "campaign": self.campaign,
            "ad_set": self.ad_set,
            "audience": self.audience,
            "low": self.size.low if self.size else None,
            "high": self.size.high if self.size else None,
            "refused": self.refused.as_dict() if self.refused else None,
        }


def audience_sizes(start: DayOne, plan: AdPlan | None) -> list[AudienceSize]:
    """The audiences of ``plan`` in the world of ``start``, where the page's groups are those of day one."""
    groups = page_groups(start.page, 0)
    sizes = []
    for ad_set in plan.ad_sets if plan is not None else ():
        who = ad_set.audience
        refused = who.refusal(start.world, groups, line=ad_set.line)
        size = None if refused else who.estimate(start.world, groups)
        sizes.append(AudienceSize(ad_set.campaign, ad_set.name, who.describe(), size, refused))
    return sizes
