"""The one catalogue of texts a person sees; another language is one more file.

``say("report.title", client="Kikapu")`` looks the sentence up in
``simulator/data/texts/<language>.toml``. The language is that of the environment
variable ``MSIMAMIZI_LANGUAGE`` (``en`` without it); a sentence that a translation
lacks falls back to English, so a half-done translation is already usable.
"""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib import resources
from typing import Any

DEFAULT_LANGUAGE = "en"


def language() -> str:
    """The language in force: ``MSIMAMIZI_LANGUAGE``, or English."""
    return os.environ.get("MSIMAMIZI_LANGUAGE", DEFAULT_LANGUAGE)


@cache
def catalogue(code: str) -> dict[str, str]:
    """Every sentence of one language, ``{"report.title": "..."}``; empty if unknown."""
    found = resources.files("simulator") / "data" / "texts" / f"{code}.toml"
    if not found.is_file():
        return {}
    return dict(_flatten(tomllib.loads(found.read_text(encoding="utf-8"))))


def say(key: str, /, **words: object) -> str:
    """The sentence ``key`` in the language in force, its ``{names}`` filled in.

    Raises KeyError when not even English has it: a missing text is a defect.

    >>> say("problems.did_you_mean", name="offers")
    'did you mean "offers"?'
    """
    sentence = catalogue(language()).get(key) or catalogue(DEFAULT_LANGUAGE)[key]
    return sentence.format(**words) if words else sentence


def _flatten(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, value in table.items():
        if isinstance(value, dict):
            rows += _flatten(value, f"{prefix}{name}.")
        else:
            rows.append((prefix + name, str(value)))
    return rows
