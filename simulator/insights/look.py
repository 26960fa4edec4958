"""The look: the style sheet that all pages we write wear, and the environment their templates run in."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from simulator.texts import language, say

if TYPE_CHECKING:
    from collections.abc import Mapping


def rendered(template: str, words: Mapping[str, Any]) -> str:
    """The template of this name as one HTML page in the look of the report; whatever is shown is escaped."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["say"] = say
    return environment.from_string(_read(template)).render(language=language(), style=style(), **words)


def style() -> str:
    """The report's style sheet."""
    return _read("report.html").partition("<style>")[2].partition("</style>")[0].strip()


def _read(name: str) -> str:
    page = resources.files("simulator") / "insights" / "templates" / name
    return page.read_text(encoding="utf-8")
