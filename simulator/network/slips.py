"""Slips: how people type, when in a hurry, on a telephone, in a rage."""

from __future__ import annotations

import re

_WORD = re.compile(r"(?<![\w./@:-])[^\W\d_]{4,}(?![\w@/]|[.-]\w)")
_LAST_MARKS = ".!? "


def misspelt(text: str, bits: int) -> str:
    """``text`` with one slip of the finger: two letters swapped, one dropped or one doubled.

    ``bits`` (64, random) chooses which. Links, handles, numbers and short words are left as they are.

    >>> misspelt("Do you deliver?", 0), misspelt("Do you deliver?", 1), misspelt("Do you deliver?", 2)
    ('Do you dleiver?', 'Do you dliver?', 'Do you deeliver?')
    >>> misspelt("how much", 6)
    'how mcuh'
    """
    found = [match.span() for match in _WORD.finditer(text)]
    if not found:
        return text
    begin, end = found[(bits >> 8) % len(found)]
    at = begin + 1 + (bits >> 32) % (end - begin - 2)
    letter, after = text[at], text[at + 1]
    slip = (after + letter, after, letter + letter + after)[bits % 3]
    return text[:at] + slip + text[at + 2 :]


def small(text: str) -> str:
    """As typed without the shift key and without a last mark.

    >>> small("Is it here?")
    'is it here'
    """
    return bare(text.lower())


def bare(text: str) -> str:
    """Without the last mark; a text of marks alone stays.

    >>> bare("Refund?"), bare("???")
    ('Refund', '???')
    """
    return text.rstrip(_LAST_MARKS) or text


def repeated(text: str) -> str:
    """With its last mark three times.

    >>> repeated("Refund?"), repeated("Thanks.")
    ('Refund???', 'Thanks...')
    """
    return text + text[-1] * 2 if text[-1:] in ".!?" else text + "!!"


def loud(text: str) -> str:
    """In capitals, unless it holds a link.

    >>> loud("Where is it?"), loud("see shop.example/p/1")
    ('WHERE IS IT?', 'see shop.example/p/1')
    """
    return text if "/" in text else text.upper()


def after_greeting(greeting: str, text: str) -> str:
    """``text`` behind a greeting: small where a sentence goes on.

    >>> after_greeting("Hi,", "Is it here?"), after_greeting("Hello??", "Is it here?")
    ('Hi, is it here?', 'Hello?? Is it here?')
    >>> after_greeting("Hi,", "I want one")
    'Hi, I want one'
    """
    goes_on = greeting[-1:] not in ".!?" and text[1:2].islower()
    return f"{greeting} {text[0].lower()}{text[1:]}" if goes_on else f"{greeting} {text}"
