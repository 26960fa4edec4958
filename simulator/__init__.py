"""msimamizi: a simulated social network in which one learns a social-media manager's job.

Everything public is named here and loaded when it is first used, so that ``import simulator``
itself costs next to nothing.

>>> import simulator
>>> client = simulator.load_client("online-shop:7")
>>> month = simulator.run_month(client, simulator.Playbook.empty(), people=1_000, days=7)
>>> month.insights.summary["days"]
7
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from simulator.errors import ClientError, PlaybookError, Problem, SimulatorError
    from simulator.insights.month import Month, run_month
    from simulator.insights.portfolio import PortfolioMonth, run_portfolio
    from simulator.playbook.assignment import Assignment
    from simulator.playbook.checks import check_playbook
    from simulator.playbook.page import Page
    from simulator.playbook.plan import ContentPlan
    from simulator.playbook.playbook import Playbook
    from simulator.playbook.portfolio import PortfolioPlan
    from simulator.playbook.posts import Post
    from simulator.playbook.shifts import Shift, ShiftPlan
    from simulator.scoring.compare import Comparison, compare
    from simulator.scoring.play import Play, play
    from simulator.scoring.score import Score, score
    from simulator.scoring.verify import verify
    from simulator.world.clients import Client, client_names, load_client

__version__ = "0.1.0"

__all__ = [
    "Assignment",
    "Client",
    "ClientError",
    "Comparison",
    "ContentPlan",
    "Month",
    "Page",
    "Play",
    "Playbook",
    "PlaybookError",
    "PortfolioMonth",
    "PortfolioPlan",
    "Post",
    "Problem",
    "Score",
    "Shift",
    "ShiftPlan",
    "SimulatorError",
    "__version__",
    "check_playbook",
    "client_names",
    "compare",
    "load_client",
    "play",
    "run_month",
    "run_portfolio",
    "score",
    "verify",
]

_HOMES: Final = {
    "Assignment": "simulator.playbook.assignment",
    "Client": "simulator.world.clients",
    "ClientError": "simulator.errors",
    "Comparison": "simulator.scoring.compare",
    "ContentPlan": "simulator.playbook.plan",
    "Month": "simulator.insights.month",
    "Page": "simulator.playbook.page",
    "Play": "simulator.scoring.play",
    "Playbook": "simulator.playbook.playbook",
    "PlaybookError": "simulator.errors",
    "PortfolioMonth": "simulator.insights.portfolio",
    "PortfolioPlan": "simulator.playbook.portfolio",
    "Post": "simulator.playbook.posts",
    "Problem": "simulator.errors",
    "Score": "simulator.scoring.score",
    "Shift": "simulator.playbook.shifts",
    "ShiftPlan": "simulator.playbook.shifts",
    "SimulatorError": "simulator.errors",
    "check_playbook": "simulator.playbook.checks",
    "client_names": "simulator.world.clients",
    "compare": "simulator.scoring.compare",
    "load_client": "simulator.world.clients",
    "play": "simulator.scoring.play",
    "run_month": "simulator.insights.month",
    "run_portfolio": "simulator.insights.portfolio",
    "score": "simulator.scoring.score",
    "verify": "simulator.scoring.verify",
}
"""The module of every public name."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
