"""The look: templates as pages, all in one style, with whatever is shown escaped."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any

from simulator.insights.palette import style_rules
from simulator.texts import language, say


def rendered(template: str, words: Mapping[str, Any]) -> str:
    """The template of this name as one HTML page; a name that it lacks is an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = resources.files("simulator") / "insights" / "templates"
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text("utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["say"] = say
    style = {"by_day": style_rules(night=False), "by_night": style_rules(night=True)}
    return environment.get_template(template).render(language=language(), **style, **words)
