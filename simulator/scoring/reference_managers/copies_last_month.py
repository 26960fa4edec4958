"""Copies last month: the same posts at the same hours as four weeks ago."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Any

from simulator.playbook.playbook import Playbook
from simulator.playbook.posts import Post
from simulator.scoring.drawer import planned
from simulator.scoring.study import Study
from simulator.units import DAYS_PER_MONTH


def playbook(study: Study) -> Playbook:
    """The posts of the last 28 days, moved on by 28 days."""
    begin = datetime.combine(study.file.month_start, datetime.min.time())
    month = timedelta(days=DAYS_PER_MONTH)
    past = study.posts[study.posts["posting_time"] >= begin - month]
    return Playbook(None, planned(_again(row, month) for row in past.to_dict("records")))


def _again(row: dict[Hashable, Any], later: timedelta) -> Post:
    moment = row["posting_time"].to_pydatetime() + later
    return Post(moment, row["text"], row["format"], row["purpose"], row["topic"], row["offer"])
