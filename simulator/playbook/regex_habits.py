"""Habits of regular expressions in lists of words, where they are only letters and marks."""

from __future__ import annotations

import re

from simulator.playbook.patterns import Pattern
from simulator.playbook.trade_files import CellError

_GROUP = re.compile(r"\((?:\?[:=!<]+)?([^\W_][^()]{0,400}\|[^()]{0,400}[\w*])\)|\(\?[:=!<i]")
_ANY = re.compile(r"\.[*+]\??|\\[wSD][*+]?")
_SPACE = re.compile(r"\\s[*+?]?")
_EDGE = re.compile(
    r"\\[bBAZ]|(?:(?<=^)|(?<=[|&(])|(?<=[|&(] ))\^(?=[^\W_])|(?<=[^\W\d_]{3})\$(?=\s*(?:$|[|&)]))"
)
_SET = re.compile(r"\[\^?[^\[\]|&\s]{0,40}\w-\w[^\[\]|&\s]{0,40}\][*+?]?|\\d[*+]?")
_BETWEEN = re.compile(r"(?<=\w)\s?\.[*+]\??\s?(?=\w)")
_HABITS = (_GROUP, _ANY, _SPACE, _EDGE, _SET)
EXAMPLE = "price*|how much & deliver*"


def regex_habit(text: str) -> str:
    r"""What in a list of words looks like a regular expression; "" if nothing does.

    >>> [regex_habit(text) for text in (r"\bprice", "price.*", "[a-z]", "(price|cost)", "^_^|:(|:)|US$")]
    ['\\b', '.*', '[a-z]', '(price|cost)', '']
    """
    found = (habit.search(text) for habit in _HABITS)
    return next((one[0] for one in found if one), "")


def without_habits(text: str) -> str:
    r"""What is meant, in the language of the lists; an example when that cannot be told.

    >>> without_habits(r"^\b(price|cost).*$"), without_habits("price[a-z]+"), without_habits("[0-9]")
    ('price|cost*', 'price*', 'price*|how much & deliver*')
    """
    plain = _EDGE.sub("", _SPACE.sub(" ", text))
    plain = _GROUP.sub(r"\1", _EDGE.sub("", plain)) if plain.count("(") == 1 else plain
    plain = plain if "|" in plain else _BETWEEN.sub(" & ", plain)
    plain = _ANY.sub("*", _SET.sub("*", plain)).lstrip(" *^").rstrip(" ^$")
    return plain if _is_list(plain) and not regex_habit(plain) else EXAMPLE


def _is_list(text: str) -> bool:
    try:
        Pattern.parse(text)
    except CellError:
        return False
    return True
