"""The friendship graph against its targets: python benchmarks/friend_graph.py [PEOPLE ...]

Builds a town with a plausible spread over districts, age bands and top interests, measures its
graph and prints a row per figure, measured and wanted. 20,000 and 1,000,000 people without
arguments; some ten seconds. "circle" is the block with its small neighbours: in a town of
20,000 a block has six people, so it is the circle that can hold 45 % of the ties.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from simulator.randomness import Luck
from simulator.world.friends import Friends
from simulator.world.interests import INTERESTS
from simulator.world.places import load_country

AGE_BAND_SHARE = (0.13, 0.20, 0.20, 0.17, 0.13, 0.10, 0.07)
ASKED = 20_000
CLUSTERED = 200
WANTED = {"block": "0.45 or more (1,000,000)", "circle": "0.45 or more", "district": ""}


def town(people: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Block, district and city of people, sorted by block."""
    country, generator = load_country(), np.random.default_rng(seed)
    district = generator.choice(len(country.districts), people, p=country.district_share)
    band = generator.choice(len(AGE_BAND_SHARE), people, p=AGE_BAND_SHARE)
    pull = np.exp(0.5 * generator.standard_normal((len(AGE_BAND_SHARE), len(INTERESTS))))
    below = (pull / pull.sum(axis=1, keepdims=True)).cumsum(axis=1)[:, :-1]
    interest = (generator.random(people)[:, None] > below[band]).sum(axis=1)
    block = np.sort((district * len(AGE_BAND_SHARE) + band) * len(INTERESTS) + interest)
    district = block // (len(AGE_BAND_SHARE) * len(INTERESTS))
    return block, district, country.district_city[district]


def clustering(friends: Friends, person: int) -> float:
    """The share of pairs of the person's friends who are friends (NaN below two friends)."""
    _, mine = friends.of(np.array([person]))
    _, theirs = friends.of(mine)
    pairs = mine.size * (mine.size - 1)
    return float(np.isin(theirs, mine).sum() / pairs) if pairs else float("nan")


def measure(people: int) -> list[tuple[str, float, str]]:
    """Rows of figure, measured, wanted."""
    block, district, city = town(people)
    start = time.perf_counter()
    friends = Friends.build(block, district, city, Luck(7))
    built = time.perf_counter()
    asked = np.random.default_rng(2).permutation(people)[:ASKED]
    position, friend = friends.of(asked)
    answered = time.perf_counter()
    degree = np.bincount(position, minlength=asked.size)
    p10, median, p90, p99 = np.percentile(degree, [10, 50, 90, 99])
    typical = asked[np.abs(degree - median) <= 4][:CLUSTERED]
    person = asked[position]
    same = {
        "block": block[person] == block[friend],
        "circle": friends.group(person) == friends.group(friend),
        "district": district[person] == district[friend],
    }
    return [
        ("mean active ties", degree.mean(), "30-60"),
        ("median", median, "30-40"),
        ("10th percentile", p10, "about 8"),
        ("90th percentile", p90, "about 90"),
        ("99th percentile", p99, ""),
        ("log-sd of ties", np.log(degree[degree > 0]).std(), "0.7-1.2"),
        ("people without a tie", (degree == 0).mean(), "near 0"),
        ("clustering, median person", np.mean([clustering(friends, k) for k in typical]), "0.10-0.17"),
        *((f"ties in the own {what}", share.mean(), WANTED[what]) for what, share in same.items()),
        ("build, s", built - start, "below 2"),
        (f"friends of {asked.size:,}, s", answered - built, "below 1"),
        ("bytes per person", kept_bytes(friends) / people, "about 2, and 3 MB of rounds"),
    ]


def kept_bytes(friends: Friends) -> int:
    """All that the graph holds in memory."""
    rounds = sum(
        column.nbytes
        for shuffle in friends.shuffles
        for column in (shuffle.factor, shuffle.inverse, shuffle.shift, shuffle.cliques)
    )
    starts = sum(level.nbytes for level in friends.starts)
    return friends.first_round.nbytes + friends.rounds_attended.nbytes + starts + rounds


def main() -> None:
    """Print one table per size of town."""
    for people in [int(size) for size in sys.argv[1:]] or [20_000, 1_000_000]:
        print(f"{people:,} people")
        for figure, measured, wanted in measure(people):
            print(f"  {figure:28}{measured:10.3f}   {wanted}")


if __name__ == "__main__":
    main()
