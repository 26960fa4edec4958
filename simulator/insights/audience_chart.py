"""The picture of the audience: who follows, and who came and went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.insights.drawing import SLATE, Chart, draw_chart
from simulator.insights.picture_words import audience_words
from simulator.insights.tables import Insights
from simulator.insights.words import group_title
from simulator.texts import say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def audience_chart(insights: Insights) -> Chart:
    """Followers at the end by age, gender and city, with those won and lost; all bars on one scale."""
    shown = _shown(insights.audience)
    ways = {str(by): rows for by, rows in shown.groupby("by", sort=False)}
    sizes = [len(rows) for rows in ways.values()]

    def draw(figure: Figure) -> None:
        panels = figure.subplots(len(ways), 1, sharex=True, height_ratios=[size + 0.6 for size in sizes])
        for axes, (by, rows) in zip(panels, ways.items(), strict=True):
            _panel(axes, rows)
            axes.set_title(say(f"insights.charts.by_{by}"))
        panels[0].set_xlim(0, max(1, int(shown["followers"].max())) * 1.55)

    height = 0.9 + 0.22 * sum(sizes)
    return draw_chart(
        "audience", draw, height, audience_words(shown), bool(insights.audience["followers"].sum())
    )


def _shown(audience: pd.DataFrame) -> pd.DataFrame:
    """Without cities in which nobody follows, followed or stopped following."""
    anybody = audience[["followers", "new_followers", "unfollows"]].sum(axis=1) > 0
    return audience[anybody | (audience["by"] != "city")]


def _panel(axes: Axes, rows: pd.DataFrame) -> None:
    places = np.arange(len(rows))
    axes.barh(places, rows["followers"], color=SLATE, height=0.72)
    for place, row in zip(places, rows.to_dict("records"), strict=True):
        label = f"{row['followers']:,}  (+{row['new_followers']:,} −{row['unfollows']:,})"
        at = (row["followers"], float(place))
        axes.annotate(label, at, (4, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_yticks(places, [group_title(str(group)) for group in rows["group"]])
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(rows) - 0.4, -0.6)
