"""The tables as files, beside the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from simulator.files import write_whole
from simulator.insights.ad_tables import all_breakdowns
from simulator.insights.inbox_tables import work_table
from simulator.insights.spreadsheet import harmless
from simulator.insights.tables import Insights, plain

if TYPE_CHECKING:
    import pandas as pd

NOT_ALWAYS: Final = ("ads_results.csv", "ad_breakdowns.csv", "inbox.csv", "work.csv")
"""Tables of months with ads, with messages, with shifts."""


def write_tables(insights: Insights, folder: Path) -> tuple[Path, ...]:
    """Write posts.csv, daily.csv and summary.json to ``folder``; returns their paths.

    Where ads ran, ads_results.csv and ad_breakdowns.csv too; where messages came inbox.csv, and where
    there were shifts work.csv. Those of an earlier month that this one does not have are taken away, so
    that all tables in the folder are of one month.
    Each file appears whole or not at all. An undefined share is an empty cell, and ``null``.
    """
    texts = {
        "posts.csv": _csv(insights.posts, "%Y-%m-%d %H:%M"),
        "daily.csv": _csv(insights.daily, "%Y-%m-%d"),
        "summary.json": json.dumps(plain(insights.summary), indent=2, ensure_ascii=False) + "\n",
    }
    texts |= _sometimes(insights)
    for name in NOT_ALWAYS:
        if name not in texts:
            (folder / name).unlink(missing_ok=True)
    return tuple(write_whole(folder / name, text) for name, text in texts.items())


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """The table with six decimals and no more: what lies behind them is no measurement.

    >>> import pandas as pd
    >>> rounded(pd.DataFrame({"rate": [2 / 3]}))["rate"].tolist()
    [0.666667]
    """
    shares = table.select_dtypes("float").round(6)
    return table.assign(**{str(name): column for name, column in shares.items()})


def _sometimes(insights: Insights) -> dict[str, str]:
    """The tables that not every month has."""
    log, texts = insights.month.log, {}
    if log.ads:
        texts["ads_results.csv"] = _csv(insights.ads, "%Y-%m-%d")
        texts["ad_breakdowns.csv"] = _csv(all_breakdowns(insights.advertising), "%Y-%m-%d")
    if len(log.messages):
        texts["inbox.csv"] = _csv(harmless(insights.messages), "%Y-%m-%d %H:%M")
    if log.work is not None:
        texts["work.csv"] = _csv(harmless(work_table(insights.month, log.work)), "%Y-%m-%d %H:%M")
    return texts


def _csv(table: pd.DataFrame, date_format: str) -> str:
    text: str = rounded(table).to_csv(index=False, date_format=date_format, lineterminator="\n")
    return text
