"""The model beside a real page: 231 posts of a cosmetics brand on Facebook in 2014.

    python benchmarks/real_page.py --data DIR            what the model makes of the page's calendar
    python benchmarks/real_page.py --data DIR --refit    fits the shipped profile anew first

The posts (Moro, Rita and Vala 2016) are not part of the project: ``DIR`` holds
``facebook_page_2014/posts_odd_months.csv``, or is the path of that file. Exit code 2 without it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import ks_2samp

from simulator.research.findings import GROUPS, unpaid
from simulator.research.fit import fit
from simulator.research.profile import Profile, profile_note, read_profile
from simulator.research.rehearsal import Rehearsal
from simulator.research.yardstick import (
    CELLS,
    MEDIANS,
    Forecast,
    drifted,
    figures,
    held,
    log_sd,
    regressed,
    rotations,
    still_years,
    the_same_again,
    verdicts,
)
from simulator.world.clients import load_client

HERE = Path(__file__).parent
FILE = Path("facebook_page_2014") / "posts_odd_months.csv"
PROFILE = HERE.parent / "simulator" / "data" / "profiles" / "facebook_2014.toml"
CLIENT = HERE / "cosmetics_page.toml"
SOURCE = "fitted to 164 unpaid posts of one page of 2014 (Moro, Rita and Vala 2016), 2026-11-24"

NOTE = (
    "A large cosmetics page on Facebook in 2014 (86,000-138,000 followers).",
    "Only rows that differ from model.toml; written by benchmarks/real_page.py --refit: docs/real_page.md.",
)
NO_DATA = (
    "{path}: no posts here; give the folder that holds {file}, or the file itself"
    ' (UCI Machine Learning Repository, "Facebook Metrics")'
)

PURPOSE = {1: "sell", 2: "inform", 3: "entertain"}
FORMAT = {"Photo": "photo", "Video": "video", "Link": "link", "Status": "text"}
YEAR = 2014
HOURS_TO_THE_PAGE = 8
"""The platform exported Pacific hours; posts at 3, 10 and 13 went out at 11, 18 and 21 in Lisbon."""
DAYS_IN_MONTH = 31

NAMES = {
    "month": "Post Month",
    "followers": "Page total likes",
    "reach": "Lifetime Post Total Reach",
    "impressions": "Lifetime Post Total Impressions",
    "engaged": "Lifetime Engaged Users",
    "reactions": "like",
    "comments": "comment",
    "shares": "share",
}

FIT_SEEDS = (1, 2, 3)
ROTATION_SEEDS = (1, 2)
SMALL, FULL = 0.2, 1.0
STILL_YEARS = 50

TITLES = {
    "reach_share": "reach / followers",
    "frequency": "impressions / reach",
    "engaged_rate": "engaged / reach",
    "interaction_rate": "interactions / reach",
    "shares_per_like": "shares / likes",
    "comments_per_like": "comments / likes",
    "reach_share_spread": "log-sd of reach",
    "interaction_rate_spread": "log-sd of interactions",
}
YARDSTICKS: dict[str, Forecast] = {
    "as they are": the_same_again,
    "moved by their drift": drifted,
    "and by kind of post": regressed,
}


# ---------------------------------------------------------------------- the real posts


def read_posts(path: Path) -> pd.DataFrame:
    """The page's posts as rows of a rehearsal, in order of time."""
    raw = pd.read_csv(path, sep=";")
    rows = pd.DataFrame({name: raw[column].fillna(0).astype(int) for name, column in NAMES.items()})
    rows["paid"] = raw["Paid"].fillna(1) > 0  # an unknown flag is not counted as unpaid
    rows["format"] = raw["Type"].map(FORMAT)
    rows["purpose"] = raw["Category"].map(PURPOSE)
    rows["weekday"], rows["hour"] = raw["Post Weekday"], raw["Post Hour"]
    months = [dated(month.iloc[::-1]) for _, month in rows.groupby("month")]
    return pd.concat(months, ignore_index=True)


def dated(month: pd.DataFrame) -> pd.DataFrame:
    """The posts of a month, in order, with the earliest dates that their weekdays and hours allow.

    The file tells weekday (1 is Sunday) and hour but no date. Weeks left over at the end of the month
    are put where the page's followers grow most from one post to the next.
    """
    day = datetime(YEAR, int(month["month"].iloc[0]), 1)
    moments, before = [], (0, 0)
    for weekday, hour in zip(month["weekday"], month["hour"], strict=True):
        if weekday == before[0] and hour < before[1]:
            day += timedelta(days=7)
        while day.isoweekday() % 7 + 1 != weekday:
            day += timedelta(days=1)
        moments.append(day + timedelta(hours=int(hour) + HOURS_TO_THE_PAGE))
        before = (weekday, hour)
    spare = max(0, (DAYS_IN_MONTH - day.day) // 7)
    growth = np.diff(np.log(month["followers"].to_numpy(float)), prepend=np.inf)
    growth[0] = -np.inf
    later = np.zeros(len(month), int)
    for place in np.argsort(-growth, kind="stable")[:spare]:
        later[place:] += 7
    times = [moment + timedelta(days=int(days)) for moment, days in zip(moments, later, strict=True)]
    return month.assign(posting_time=pd.to_datetime(pd.Series(times, index=month.index)))


# ---------------------------------------------------------------------- four months fitted, two foretold


def rotation(
    rehearsal: Rehearsal, left_out: Sequence[int], start: pd.DataFrame, seeds: Sequence[int]
) -> tuple[Profile, dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The profile of the other months, and what the left-out months show: real, simulated."""
    months = sorted(set(rehearsal.rows["month"]) - set(left_out))
    profile = fit(rehearsal, months, seeds=ROTATION_SEEDS, start=start)
    played = rehearsal.pooled({month: profile.at(month) for month in left_out}, seeds)
    real, simulated = unpaid(rehearsal.rows, left_out), unpaid(played, left_out)
    return profile, figures(real), figures(simulated)


def print_rotations(rehearsal: Rehearsal, worlds: int) -> None:
    """One line a rotation: the left-out months as foretold, beside their own intervals."""
    months = sorted(set(rehearsal.rows["month"]))
    start = rehearsal.pooled({month: {} for month in months}, ROTATION_SEEDS)
    print(
        "\nFitted on four months, foretold for the other two:"
        " simulated median [the months' own 95 % interval]; simulated log-sd (real); ! is a miss"
    )
    print(line("left out", [TITLES[name] for name in CELLS]))
    inside = dict.fromkeys(CELLS, 0)
    pairs = rotations(rehearsal.rows)
    for left_out in pairs:
        _, real, simulated = rotation(rehearsal, left_out, start, range(11, 11 + worlds))
        cells = []
        for name, cell, holds in verdicts(real, simulated):
            inside[name] += holds
            cells.append(cell)
        print(line(", ".join(map(str, left_out)), cells), flush=True)
    print(line("held", [f"{inside[name]} of {len(pairs)}" for name in CELLS]))
    print_yardsticks(unpaid(rehearsal.rows, months), inside)


def print_yardsticks(real: pd.DataFrame, simulated: Mapping[str, int]) -> None:
    """How many cells the real posts of four months hold when they are the forecast themselves."""
    cells = len(rotations(real)) * len(CELLS)
    print(f"\nCells held of {cells}: the model, and the real posts of the same four months as the forecast")
    print(counted("", ["all", *(TITLES[name] for name in CELLS)]))
    counts = {"the model": simulated}
    counts |= {name: held(real, forecast) for name, forecast in YARDSTICKS.items()}
    counts["with all months known"] = held(real, lambda _, calendar: regressed(real, calendar))
    for name, count in counts.items():
        print(counted(name, [sum(count.values()), *(count[cell] for cell in CELLS)]))
    years = pd.DataFrame([held(year, the_same_again) for year in still_years(real, STILL_YEARS)])
    low, high = np.percentile(years.sum(axis=1), [5, 95])
    means = [years.sum(axis=1).mean(), *years[list(CELLS)].mean()]
    print(counted("a year without change", [f"{mean:.1f}" for mean in means]))
    print(f"({STILL_YEARS} years of posts drawn by lot; nine in ten of them hold {low:.0f} to {high:.0f})")


def counted(head: str, cells: Sequence[object]) -> str:
    """One line of the table of counts, as wide as the titles are."""
    widths = [7, *(len(TITLES[name]) + 3 for name in CELLS)]
    return f"{head:<26}" + "".join(f"{cell!s:<{width}}" for cell, width in zip(cells, widths, strict=True))


def line(head: str, cells: Sequence[str]) -> str:
    """One line of a table of wide cells."""
    return f"{head:<9}" + "".join(f"{cell:<26}" for cell in cells)


# ---------------------------------------------------------------------- the whole page


def print_page(rehearsal: Rehearsal, profile: Profile, worlds: int) -> None:
    """Real and simulated side by side, all six months under one profile, at full size."""
    months = sorted(set(rehearsal.rows["month"]))
    played = rehearsal.pooled({month: profile.at(month) for month in months}, range(1, 1 + worlds))
    real, simulated = unpaid(rehearsal.rows, months), unpaid(played, months)
    print(f"\nAll six months under one profile: {len(real)} unpaid posts, {worlds} worlds at full size")
    print_distributions(figures(real), figures(simulated))
    print_actions(real, simulated)
    for column in ("purpose", "format", "month"):
        print_order(column, real, simulated)
    print_paid(rehearsal.rows, played)


def print_distributions(real: dict[str, np.ndarray], simulated: dict[str, np.ndarray]) -> None:
    """Median, log-sd and Kolmogorov-Smirnov distance of each figure."""
    print(row("", "real", "simulated", "log-sd real", "simulated", "KS distance", "5 % limit"))
    for name in MEDIANS:
        one, other = real[name], simulated[name]
        limit = 1.358 * np.sqrt(1 / len(one) + 1 / len(other))
        cells = [np.median(one), np.median(other), log_sd(one), log_sd(other)]
        cells += [ks_2samp(one, other).statistic, limit]
        print(row(TITLES[name], *(f"{cell:.3g}" for cell in cells)))


def print_actions(real: pd.DataFrame, simulated: pd.DataFrame) -> None:
    """Likes : comments : shares of all posts together, and how reach goes with response."""
    for key, rows in (("real", real), ("simulated", simulated)):
        sums = rows[["reactions", "comments", "shares"]].sum() / rows["comments"].sum()
        values = figures(rows)
        together = pd.Series(values["reach_share"]).corr(pd.Series(values["interaction_rate"]), "spearman")
        shown = " : ".join(f"{value:.3g}" for value in sums)
        print(f"{key}: likes : comments : shares {shown}; reach and response correlate {together:.2f}")


def print_order(column: str, real: pd.DataFrame, simulated: pd.DataFrame) -> None:
    """Medians by purpose, format or month, with the order they give."""
    names = ("reach_share", "engaged_rate", "interaction_rate")
    print("\n" + row(f"by {column}, real / sim", "posts", *(TITLES[name] for name in names)))
    groups = sorted(real[column].unique())
    tables = {
        key: {
            name: [np.median(figures(rows[rows[column] == group])[name]) for group in groups]
            for name in names
        }
        for key, rows in (("real", real), ("simulated", simulated))
    }
    for place, group in enumerate(groups):
        cells = [
            f"{tables['real'][name][place]:.3g} / {tables['simulated'][name][place]:.3g}" for name in names
        ]
        print(row(str(group), str(int((real[column] == group).sum())), *cells))
    for key, table in tables.items() if column != "month" else ():
        orders = [
            " > ".join(str(groups[place])[:7] for place in np.argsort(table[name])[::-1]) for name in names
        ]
        print(row(f"order, {key}", "", *orders))


def print_paid(real: pd.DataFrame, simulated: pd.DataFrame) -> None:
    """What a boost did to reach: the flag's budget is unknown, so it is not simulated."""
    ratios = {}
    for key, rows in (("real", real), ("simulated", simulated)):
        share = rows["reach"] / rows["followers"]
        ratios[key] = f"{share[rows['paid']].median() / share[~rows['paid']].median():.2f}"
    print(
        f"\nPaid posts ({int(real['paid'].sum())}) reached {ratios['real']} times as much as unpaid ones;"
        f" {ratios['simulated']} in the simulation, which plays them unpaid (their budgets are unknown)"
    )


def row(head: str, *cells: str) -> str:
    """One line of a table."""
    return f"{head:<26}" + "".join(
        f"{cell:<30}" if ">" in cell or "/" in cell else f"{cell:<16}" for cell in cells
    )


# ---------------------------------------------------------------------- the command


def find_file(data: Path) -> Path | None:
    """The posts in ``data``, which may be the file itself."""
    for path in (data, data / FILE, data / FILE.name):
        if path.is_file():
            return path
    return None


def refit(rehearsal: Rehearsal) -> Profile:
    """The profile of all six months, written where the model looks for it."""
    profile = fit(
        rehearsal,
        set(rehearsal.rows["month"]),
        seeds=FIT_SEEDS,
        rounds=4,
        round_done=lambda done, rounds: print(f"round {done} of {rounds}", file=sys.stderr),
    )
    seen = {
        f"{column}.{name}" for column in ("format", "purpose") for name in rehearsal.rows[column].unique()
    }
    profile = profile.without(set(GROUPS) - seen)
    note = [*NOTE, profile_note(profile.month)]
    profile.write(PROFILE, SOURCE, note)
    print(f"profile written: {PROFILE.name}")
    return profile


def main(arguments: Sequence[str] | None = None) -> int:
    """Print everything; 2 when the posts are not there."""
    parser = argparse.ArgumentParser(description="the model beside the posts of a real page")
    parser.add_argument("--data", type=Path, required=True, help=f"folder with {FILE}, or that file")
    parser.add_argument("--refit", action="store_true", help="fit the shipped profile anew first")
    parser.add_argument("--worlds", type=int, default=4, help="worlds each month is played in (default 4)")
    parser.add_argument("--skip-rotations", action="store_true", help="only the six months together")
    given = parser.parse_args(arguments)
    path = find_file(given.data)
    if path is None:
        print(NO_DATA.format(path=given.data, file=FILE.as_posix()), file=sys.stderr)
        return 2
    client, rows = load_client(CLIENT), read_posts(path)
    small = Rehearsal(rows, client, SMALL)
    profile = refit(small) if given.refit else read_profile(PROFILE)
    print_page(Rehearsal(rows, client, FULL), profile, given.worlds)
    if not given.skip_rotations:
        print_rotations(small, given.worlds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
