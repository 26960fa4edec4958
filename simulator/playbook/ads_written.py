"""Writing an ad sheet, and its columns in their order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.playbook.ad_cells import written_hours, written_money
from simulator.playbook.ad_lists import written_point
from simulator.playbook.ad_rows import AD_COLUMNS, ad_cells
from simulator.playbook.ads import Ad, AdPlan, AdSet
from simulator.playbook.moments import written_moment
from simulator.playbook.posts import Post
from simulator.playbook.trade_files import write_sheet

NAME_COLUMNS = ("Campaign Name", "Ad Set Name", "Ad Name")
SET_COLUMNS: tuple[str, ...] = (
    "Campaign Status",
    "Special Ad Category",
    "Ad Set Run Status",
    "Ad Set Daily Budget",
    "Ad Set Lifetime Budget",
    "Ad Set Time Start",
    "Ad Set Time Stop",
    "Optimization Goal",
    "Billing Event",
    "Bid Amount",
    "Countries",
    "Cities",
    "Districts",
    "Stations",
    "Within Km",
    "Addresses",
    "Gender",
    "Age Min",
    "Age Max",
    "Flexible Inclusions",
    "Flexible Exclusions",
    "Frequency Cap",
    "Hours",
)
COLUMNS: tuple[str, ...] = (*NAME_COLUMNS[:2], *SET_COLUMNS, NAME_COLUMNS[2], *AD_COLUMNS)


def write_ads(plan: AdPlan, path: Path | str, posts: Sequence[Post] = ()) -> None:
    """Write the ads to a CSV file in one step; reading it with the same posts gives the same ads.

    A set without ads has no row, so it is not written.
    """
    rows = (_row(ad_set, ad, posts) for ad_set in plan.ad_sets for ad in ad_set.ads)
    write_sheet(Path(path), COLUMNS, rows)


def _row(ad_set: AdSet, ad: Ad, posts: Sequence[Post]) -> tuple[str, ...]:
    cells = {**_set_cells(ad_set), **ad_cells(ad, posts)}
    return tuple(cells.get(name, "") for name in COLUMNS)


def _set_cells(ad_set: AdSet) -> dict[str, str]:
    audience = ad_set.audience
    return {
        "Campaign Name": ad_set.campaign,
        "Campaign Status": _status(ad_set.campaign_active),
        "Special Ad Category": ad_set.special_category.upper(),
        "Ad Set Name": ad_set.name,
        "Ad Set Run Status": _status(ad_set.active),
        "Ad Set Daily Budget": _money(ad_set.daily_budget_cents),
        "Ad Set Lifetime Budget": _money(ad_set.lifetime_budget_cents),
        "Ad Set Time Start": written_moment(ad_set.start) if ad_set.start else "",
        "Ad Set Time Stop": written_moment(ad_set.stop) if ad_set.stop else "",
        "Optimization Goal": ad_set.goal,
        "Bid Amount": _money(ad_set.bid_cents),
        "Cities": _places(audience.cities, audience.cities_not),
        "Districts": _places(audience.districts, audience.districts_not),
        "Stations": _places(audience.stations, audience.stations_not),
        "Within Km": repr(audience.within_km) if audience.stations or audience.stations_not else "",
        "Addresses": " | ".join(map(written_point, audience.points)),
        "Gender": audience.gender.capitalize(),
        "Age Min": str(audience.age_min),
        "Age Max": str(audience.age_max),
        "Flexible Inclusions": " & ".join("|".join(group) for group in audience.inclusions),
        "Flexible Exclusions": "|".join(audience.exclusions),
        "Frequency Cap": "" if ad_set.frequency_cap is None else str(ad_set.frequency_cap),
        "Hours": written_hours(ad_set.hours),
    }


def _places(wanted: Sequence[str], barred: Sequence[str]) -> str:
    return " | ".join((*wanted, *(f"!{name}" for name in barred)))


def _money(cents: int | None) -> str:
    return "" if cents is None else written_money(cents)


def _status(active: bool) -> str:
    return "ACTIVE" if active else "PAUSED"
