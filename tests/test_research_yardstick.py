"""The yardstick for forecasts of months: made-up pages that drift, or do not, by a known amount."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulator.research.findings import MIDDLE
from simulator.research.yardstick import (
    CELLS,
    drifted,
    figures,
    held,
    interval,
    log_sd,
    regressed,
    rotations,
    still_years,
    the_same_again,
    verdicts,
)

MONTHS = (1, 3, 5, 7, 9, 11)


def a_year(drift: float = 0.0, selling: float = 0.0, posts: int = 40, seed: int = 1) -> pd.DataFrame:
    """Posts whose log reach gains ``drift`` a month and ``selling`` with offers, with luck of .5."""
    generator = np.random.default_rng(seed)
    month = np.repeat(MONTHS, posts)
    sells = generator.random(len(month)) < np.where(month > MIDDLE, 0.8, 0.2)
    reach = 20_000 * np.exp(drift * month + selling * sells + generator.normal(0, 0.5, len(month)))
    reactions = generator.poisson(0.02 * reach)
    return pd.DataFrame(
        {
            "month": month,
            "format": "photo",
            "purpose": np.where(sells, "sell", "inform"),
            "followers": 100_000,
            "reach": np.rint(reach),
            "impressions": np.rint(reach * generator.lognormal(0.5, 0.05, len(month))),
            "engaged": generator.poisson(0.1 * reach),
            "reactions": reactions,
            "comments": generator.poisson(0.1 * reactions),
            "shares": generator.poisson(0.2 * reactions),
        }
    )


def test_invariant_every_cell_is_judged_in_every_rotation() -> None:
    """Invariant: fifteen ways to leave two of six months out, one verdict for each cell."""
    year = a_year()
    assert len(rotations(year)) == 15
    assert tuple(name for name, _, _ in verdicts(figures(year), figures(year))) == CELLS


def test_invariant_a_forecast_that_is_the_truth_holds_everywhere() -> None:
    """Invariant: the left-out months as their own forecast miss nothing; far from them nothing holds."""
    year = a_year()
    assert set(held(year, lambda _, rows: figures(rows)).values()) == {15}
    other = {name: values * 9 for name, values in figures(year).items()}
    assert not any(holds for name, _, holds in verdicts(figures(year), other) if "spread" not in name)


def test_theory_a_page_without_change_holds_nine_cells_in_ten() -> None:
    """Theory: two samples of 80 and 160: inside with probability 2 Phi(1.96 / sqrt(1 + 1/2)) - 1 = .89."""
    totals = [sum(held(year, the_same_again).values()) for year in still_years(a_year(), 12)]
    medians = np.mean(totals) / (15 * len(CELLS))
    assert medians == pytest.approx(0.89, abs=0.06)


def test_theory_only_the_line_follows_a_page_that_drifts() -> None:
    """Theory: reach that grows by a tenth a month is missed by the same again and held by its line."""
    year = a_year(drift=0.1)
    plain, line = (held(year, forecast)["reach_share"] for forecast in (the_same_again, drifted))
    assert plain <= 9
    assert line >= 12


def test_theory_the_calendar_tells_what_kinds_of_posts_come() -> None:
    """Theory: offers that reach e times as many, mostly late in the year: kinds tell it without a drift."""
    year = a_year(selling=1.0)
    late = year["month"] > 8
    known, calendar = year[~late], year[late]
    true = float(np.log(np.median(figures(calendar)["reach_share"])))
    by_kind, plain = (
        float(np.log(np.median(forecast(known, calendar)["reach_share"])))
        for forecast in (regressed, the_same_again)
    )
    assert by_kind == pytest.approx(true, abs=0.25)
    assert abs(plain - true) > 2 * abs(by_kind - true)


def test_invariant_a_still_year_keeps_the_months_full() -> None:
    """Invariant: as many posts a month as before, all of them posts of the page."""
    year = a_year(posts=7)
    for still in still_years(year, 3):
        assert still["month"].tolist() == year["month"].tolist()
        assert set(still["reach"]) <= set(year["reach"])


def test_extreme_posts_nobody_answered_stay_unanswered() -> None:
    """Extreme: a post without interactions foretells one without; log-sd leaves it out."""
    year = a_year(posts=10)
    year.loc[::10, ["reactions", "comments", "shares"]] = 0
    foretold = regressed(year, year)["interaction_rate"]
    assert (foretold == 0).mean() == pytest.approx(0.1)
    assert np.isfinite(log_sd(foretold))


def test_theory_an_interval_holds_the_median_of_few_posts() -> None:
    """Theory: of 60 normal posts the median is known within about 1.96 x 1.25 / sqrt(60)."""
    low, high = interval(np.random.default_rng(3).normal(5, 1, 60))
    assert low < 5 < high
    assert high - low == pytest.approx(2 * 1.96 * 1.25 / np.sqrt(60), rel=0.35)
