"""The tables as files, beside the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.files import write_whole
from simulator.insights.ad_tables import all_breakdowns
from simulator.insights.tables import Insights, plain

if TYPE_CHECKING:
    import pandas as pd

ONLY_WITH_ADS: Final = ("ads_results.csv", "ad_breakdowns.csv")


def write_tables(insights: Insights, folder: Path) -> tuple[Path, ...]:
    """Write posts.csv, daily.csv and summary.json to ``folder``; returns their paths.

    Where ads ran, ads_results.csv and ad_breakdowns.csv too. Those of an earlier month that this one
    does not have are taken away, so that all tables in the folder are of one month.
    Each file appears whole or not at all. An undefined share is an empty cell, and ``null``.
    """
    texts = {
        "posts.csv": _csv(insights.posts, "%Y-%m-%d %H:%M"),
        "daily.csv": _csv(insights.daily, "%Y-%m-%d"),
        "summary.json": json.dumps(plain(insights.summary), indent=2, ensure_ascii=False) + "\n",
    }
    if insights.month.log.ads:
        breakdowns = all_breakdowns(insights.advertising)
        ads = (_csv(insights.ads, "%Y-%m-%d"), _csv(breakdowns, "%Y-%m-%d"))
        texts |= dict(zip(ONLY_WITH_ADS, ads, strict=True))
    for name in ONLY_WITH_ADS:
        if name not in texts:
            (folder / name).unlink(missing_ok=True)
    return tuple(write_whole(folder / name, text) for name, text in texts.items())


def _csv(table: pd.DataFrame, date_format: str) -> str:
    shares = table.select_dtypes("float").round(6)
    whole = table.assign(**{str(name): column for name, column in shares.items()})
    text: str = whole.to_csv(index=False, date_format=date_format, lineterminator="\n")
    return text
