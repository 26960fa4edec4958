"""How long the longest inputs take: ``python benchmarks/extremes.py``.

A plan of 10,000 posts, an ad sheet of 50,000 rows, the longest sheets of rules and shifts, the captions and
messages of a great page. Each is done three times and the fastest counts; exits with 1 when a limit is
missed. Limits are CPU seconds of an ordinary laptop; a slower machine may miss them without a defect. The
tests hold that all of this is answered rightly; only here is it timed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from simulator import run_month
from simulator.parameters import model_parameters
from simulator.playbook.ads_sheet import read_ads
from simulator.playbook.captions import read_caption
from simulator.playbook.patterns import Pattern
from simulator.playbook.plan import ContentPlan, read_plan, write_plan
from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import PURPOSES, Post
from simulator.playbook.replies import ReplyRule, ReplyRules
from simulator.playbook.replies_sheet import read_replies
from simulator.playbook.shifts_sheet import read_shifts
from simulator.world.clients import load_client

TIMES = 3
CLIENT = load_client("online-shop")
MANY = 10_000
AD_HEADER = "Campaign Name,Ad Set Name,Ad Set Daily Budget,Optimization Goal,Ad Name,Format,Topic,Body"
AD_ROW = "A,Set {0},5,LINK_CLICKS,Ad {0},photo,cookware,One pan for everything. Order today"

TWENTY = ReplyRules(
    (
        *(ReplyRule(f"{k}", Pattern.parse(f"word{k}*|how many {k}|x{k} & deliver*")) for k in range(19)),
        ReplyRule("last", Pattern.parse("how much & send*")),
    )
)


class Task(NamedTuple):
    """Something long, and the CPU seconds it may take."""

    what: str
    do: Callable[[], object]
    limit: float


def sheet(folder: Path, name: str, header: str, rows: Iterable[str]) -> Path:
    """A file of a header and rows."""
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def plan_of(words: int) -> ContentPlan:
    """10,000 posts four minutes apart, their texts made of so many different words."""
    first = datetime.combine(CLIENT.file.month_start, datetime.min.time())
    topics = CLIENT.topic_names
    texts = (" ".join(f"w{(k * 7919 + j * j * 31 + k * j) % words}" for j in range(10)) for k in range(MANY))
    return ContentPlan(
        tuple(
            Post(first + timedelta(minutes=4 * k), text, "text", PURPOSES[k % 4], topics[k % len(topics)])
            for k, text in enumerate(texts)
        )
    )


def tasks(folder: Path) -> list[Task]:
    """Everything that is timed."""
    few, many = folder / "few", folder / "many"
    for where, words in ((few, 40), (many, 5_000)):
        where.mkdir()
        write_plan(plan_of(words), where / "plan.csv")
    captions = [f"Loaf number {k}: how to keep it fresh for {k % 9} days, tell us" for k in range(MANY)]
    messages = [f"Hallo {k}, how much is pan number {k % 97}, and do you send it?" for k in range(2 * MANY)]
    nobody = np.zeros(len(messages), dtype=bool)
    most = int(model_parameters()["inbox.most_rules"])
    words = "|".join(f"word{k}" for k in range(230))
    header = "Rule,If Contains,Action"
    refused = sheet(folder, "refused.csv", header, (f"r{k},word{k},hide" for k in range(MANY)))
    full = sheet(folder, "full.csv", header, (f"{k},{words}|own{k},leave" for k in range(most)))
    days = (f"{date(2000, 1, 1) + timedelta(days=k)},08:00,09:00," for k in range(MANY))
    shifts = sheet(folder, "shifts.csv", "Day,Start,End,Page", days)
    ads = sheet(folder, "ads.csv", AD_HEADER, (AD_ROW.format(k) for k in range(5 * MANY)))
    month_start = CLIENT.file.month_start

    def caption(text: str) -> object:
        return read_caption(text, client=CLIENT, purpose="inform", topic="cookware")

    return [
        Task("10,000 posts in 40 words read", lambda: read_plan(few / "plan.csv", client=CLIENT), 1),
        Task("10,000 posts in 5,000 words read", lambda: read_plan(many / "plan.csv", client=CLIENT), 1),
        Task("the same read and played", lambda: run_month(CLIENT, Playbook.read(many, CLIENT)), 3),
        Task("10,000 captions read", lambda: [caption(text) for text in captions], 1),
        Task("an ad sheet of 50,000 rows refused", lambda: read_ads(ads, client=CLIENT), 1),
        Task("10,000 rules refused", lambda: read_replies(refused), 1),
        Task(f"{most} rules of 230 words read", lambda: read_replies(full), 2),
        Task("20,000 messages, twenty rules", lambda: TWENTY.choose(messages, nobody, nobody), 1),
        Task("10,000 shifts read", lambda: read_shifts(shifts, month_start=month_start, pages=None), 1),
    ]


def seconds(task: Task) -> float:
    """CPU seconds of the fastest of a few runs."""
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        task.do()
        taken.append(time.process_time() - begun)
    return min(taken)


def main() -> int:
    """Time everything, print a table, and say by the exit status whether all limits were kept."""
    kept = True
    print(f"{'':46}{'CPU s':>8}{'limit':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for task in tasks(Path(folder)):
            taken = seconds(task)
            kept &= taken <= task.limit
            mark = "" if taken <= task.limit else "  over the limit"
            print(f"{task.what:46}{taken:8.2f}{task.limit:8.1f}{mark}", flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
