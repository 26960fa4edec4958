"""Three reply rules on real comments: how much spam they catch, and how many honest messages they hit.

    python benchmarks/real_comments.py --data DIR

The comments (YouTube Spam Collection: Alberto, Lochter and Almeida 2015) are not part of the
project: ``DIR`` holds ``comments_three_videos.csv`` with the columns video, date, text and spam, or
is the path of that file. Exit code 2 without it.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import binomtest

from simulator.network.wording import Wording, subjects, swahili_share
from simulator.playbook.patterns import Pattern
from simulator.playbook.replies import NO_RULE, ReplyRule, ReplyRules
from simulator.world.clients import load_client
from simulator.world.talk import KINDS, UNWANTED
from simulator.world.world import draw_world

FILE = "comments_three_videos.csv"
NO_DATA = (
    "{path}: no comments here; give the folder that holds {file}, or the file itself"
    ' (UCI Machine Learning Repository, "YouTube Spam Collection")'
)

RULES = ReplyRules(
    (
        ReplyRule("Link", link=True, action="hide"),
        ReplyRule("Subscribe", Pattern.parse("subscri*"), action="hide"),
        ReplyRule("Check out", Pattern.parse("check out|check * out"), action="hide"),
    )
)
"""The rules that are tried, as a page would write them."""

TITLES = ("recall on spam", "honest hit", "precision")
WIDTH = 24

Comment = tuple[str, bool]
"""A text, and whether it is spam."""


@dataclass(frozen=True)
class Caught:
    """How many of the unwanted and of the honest messages any rule caught."""

    spam: int
    spam_caught: int
    honest: int
    honest_caught: int

    @property
    def shares(self) -> tuple[tuple[int, int], ...]:
        """Recall, share of honest messages hit and precision, each as (so many, of so many)."""
        caught = self.spam_caught + self.honest_caught
        return (self.spam_caught, self.spam), (self.honest_caught, self.honest), (self.spam_caught, caught)


PUBLISHED = Caught(spam=1005, spam_caught=853, honest=951, honest_caught=12)
"""All five videos of the collection, with regular expressions: recall .849, honest hit 1.3 %."""


def caught_by(rules: ReplyRules, comments: Iterable[Comment]) -> Caught:
    """What the rules catch of texts of which it is known whether they are spam.

    >>> caught_by(RULES, [("Subscribe to me!", True), ("free pans", True), ("nice pans", False)])
    Caught(spam=2, spam_caught=1, honest=1, honest_caught=0)
    """
    known = list(comments)
    spam = np.array([is_spam for _, is_spam in known], dtype=bool)
    nobody = np.zeros(len(known), dtype=bool)
    caught = rules.choose([text for text, _ in known], nobody, nobody) != NO_RULE
    counts = (spam, spam & caught, ~spam, ~spam & caught)
    return Caught(*(int(count.sum()) for count in counts))


def share(count: int, of: int) -> str:
    """A share with its Wilson interval of 95 %.

    >>> share(849, 1000)
    '.849 (.825-.870)'
    """
    if not of:
        return "-"
    interval = binomtest(count, of).proportion_ci(method="wilson")
    low, high = (f"{edge:.3f}".removeprefix("0") for edge in (interval.low, interval.high))
    return f"{count / of:.3f}".removeprefix("0") + f" ({low}-{high})"


def table(columns: Mapping[str, Caught]) -> str:
    """One column for each collection of comments, one line for each figure."""
    lines = [["", *columns], ["messages", *(f"{one.spam + one.honest:,}" for one in columns.values())]]
    shares = [[share(*part) for part in one.shares] for one in columns.values()]
    lines += [[title, *line] for title, line in zip(TITLES, zip(*shares, strict=True), strict=True)]
    return "\n".join("".join(cell.ljust(WIDTH) for cell in line).rstrip() for line in lines)


def simulated_comments(each: int = 2_000, seed: int = 1) -> list[Comment]:
    """As many promotional as honest messages, drawn as a shop's months draw them (spam with scams)."""
    client = load_client("online-shop")
    wording = Wording(client, draw_world(client, seed, people=1_000))
    generator = np.random.default_rng(seed)
    unwanted = generator.choice([KINDS.index("spam"), KINDS.index("scam")], each, p=[0.75, 0.25])
    honest = generator.choice([KINDS.index(kind) for kind in KINDS if kind not in UNWANTED], each)
    kind = np.concatenate([unwanted, honest])
    subject = np.zeros(2 * each, np.uint8)
    for one in np.unique(honest):
        indices, shares = subjects(client.file.kind, KINDS[one])
        subject[kind == one] = generator.choice(indices, (kind == one).sum(), p=shares)
    keys = generator.integers(0, 2**63, 2 * each).astype(np.uint64)
    language = (generator.random(2 * each) < swahili_share(client.file.kind)).astype(np.uint8)
    template = wording.choose(kind.astype(np.uint8), subject, language, np.ones(2 * each, bool), keys)
    sender = np.where(np.arange(2 * each) < each, -1 - np.arange(2 * each) // 2, np.arange(2 * each) % 1_000)
    return list(
        zip(wording.write(template, sender, keys), (np.arange(2 * each) < each).tolist(), strict=True)
    )


def read_comments(path: Path) -> dict[str, list[Comment]]:
    """The comments of each video."""
    videos: dict[str, list[Comment]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            videos.setdefault(row["video"], []).append((row["text"], row["spam"] == "1"))
    return videos


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help=f"the folder with {FILE}")
    given: Path = parser.parse_args().data
    path = given / FILE if given.is_dir() else given
    if not path.is_file():
        print(NO_DATA.format(path=given, file=FILE), file=sys.stderr)
        return 2
    videos = read_comments(path)
    together = [comment for comments in videos.values() for comment in comments]
    columns = {
        "published, five videos": PUBLISHED,
        "our rules": caught_by(RULES, together),
        "simulated": caught_by(RULES, simulated_comments()),
    }
    print(table(columns | {video: caught_by(RULES, comments) for video, comments in videos.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
