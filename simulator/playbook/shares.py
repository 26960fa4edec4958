"""Shares of a price as words tell them: "ten per cent off", "punguzo la asilimia 20", "-30 %"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from simulator.playbook.lexicon import lexicons
from simulator.playbook.posts import DEEPEST_OFFER


class Discounts(NamedTuple):
    """What a text says is taken off the price, as shares.

    ``promised``: said to be off. ``perhaps``: a percentage that stands alone, which is one only
    where there is a discount at all. ``up_to``: the deepest of several, 0 if none is called so.
    """

    promised: tuple[float, ...]
    perhaps: tuple[float, ...]
    up_to: float


def discounts_in(text: str) -> Discounts:
    """The discounts that a text speaks of; other percentages are passed over.

    >>> discounts_in("Jars, thirty per cent off until Sunday. 100 % glass.").promised
    (0.3,)
    >>> discounts_in("Punguzo la asilimia 20 leo").promised
    (0.2,)
    """
    plain = " ".join(text.casefold().split())
    patterns = _patterns()
    deepest = [_share(found) for found in patterns["up_to"].finditer(plain)]
    promised = [_share(found) for name in ("off", "cut") for found in patterns[name].finditer(plain)]
    alone = [_share(found) for found in patterns["alone"].finditer(plain)]
    perhaps = tuple(share for share in dict.fromkeys(alone) if share <= DEEPEST_OFFER)
    return Discounts(tuple(dict.fromkeys(promised)), perhaps, max(deepest, default=0.0))


def share_meant(cell: str) -> float | None:
    """The share of the price that a cell in words means; None if it is none.

    >>> share_meant("ten percent"), share_meant("10 % off"), share_meant("some")
    (0.1, 0.1, None)
    """
    plain = " ".join(cell.casefold().split())
    found = [_share(one) for one in _patterns()["number"].finditer(plain)]
    return found[0] if len(found) == 1 and 0 < found[0] <= 1 else None


def _share(found: re.Match[str]) -> float:
    """What was found, of a hundred."""
    number = next(group for group in found.groups() if group)
    words = _numbers()
    return (words[number] if number in words else float(number.replace(",", "."))) / 100


@cache
def _numbers() -> Mapping[str, int]:
    """Numbers that are written as words in any of the languages."""
    return {word: number for lexicon in lexicons() for word, number in lexicon["number_words"].items()}


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """How a share is told; every repeat is short, so that time is linear."""
    number = rf"(?<![\w.,])(\d{{1,3}}(?:[.,]\d{{1,2}})?|{_any_of(_numbers())})"
    sign = rf"\s?(?:%|{_any('percent_words')})"
    after = rf"(?:{_any('percent_words')})\s?{number}(?!\w)"
    percent = rf"(?:{number}{sign}|{after})"
    few_words = r"\W{1,3}(?:\w{1,12}\W{1,3}){0,3}?"
    off = rf"{number}{sign}\s?(?:{_any('off_words')}|{_any('whole_words')})(?!\w)"
    saved = rf"(?:(?<!\w)(?:{_any('save_words')})\s|(?<!\S)[-\u2212\u2013]\s?){percent}(?!\s?of\b)"
    return {
        "off": re.compile(rf"{off}|{saved}"),
        "cut": re.compile(rf"(?<!\w)(?:{_any('cut_words')}){few_words}{percent}"),
        "alone": re.compile(rf"{number}{sign}(?=\s?(?:[.,;:!?)]|$))"),
        "up_to": re.compile(rf"(?<!\w)(?:{_any('up_to_words')})\s{percent}"),
        "number": re.compile(rf"{number}(?:{sign})?(?!\w)"),
    }


def _any(key: str) -> str:
    return _any_of({word: 0 for lexicon in lexicons() for word in lexicon[key]})


def _any_of(words: Mapping[str, int]) -> str:
    """One of the words, the longest first."""
    return "|".join(re.escape(word.casefold()) for word in sorted(words, key=len, reverse=True))
