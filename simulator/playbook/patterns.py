"""Patterns: the words a reply rule listens for.

``price|how much & delivery`` is "price" or "how much", and "delivery" as well. A term is a word or a
phrase; ``subscri*`` is any word that begins so; in ``check * out`` the star is one word, whichever.
Marks and emoji stand for themselves. There is nothing in the language that could be tried in
more ways than one, so reading a text takes time in proportion to its length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulator.parameters import model_parameters
from simulator.playbook.plain_text import WORD, folded, tokens_of
from simulator.playbook.plain_text import has_link as has_link
from simulator.playbook.plain_text import plain as plain
from simulator.playbook.plain_text import same_text_key as same_text_key
from simulator.playbook.trade_files import CellError

Term = tuple[str, ...]
"""The words and marks of a term, in order: ``("check", "*", "out")``, ``("subscri*",)``."""

STAR = "*"
_MOST_KEPT = 50_000


@dataclass(frozen=True)
class Pattern:
    """Groups of terms: of each group at least one has to stand in the text.

    ``text`` is the pattern as it was written.
    """

    text: str
    groups: tuple[frozenset[Term], ...]

    @classmethod
    def parse(cls, text: str) -> Pattern:
        """The pattern that is written; CellError when a term is empty or a star stands wrongly.

        >>> Pattern.parse("check out|check * out & channel").matches(plain("Check this OUT: my channel!"))
        True
        """
        longest = int(model_parameters()["inbox.longest_condition"])
        if len(text) > longest:
            raise CellError("replies.long_condition", count=f"{len(text):,}", most=f"{longest:,}")
        groups = (frozenset(map(_term, part.split("|"))) for part in text.split("&"))
        return cls(text, tuple(groups))

    def matches(self, plain_text: str) -> bool:
        """Whether the pattern holds of a text that went through :func:`plain`.

        >>> Pattern.parse("subscri*|👍").matches(plain("Nice pans 👍🏽"))
        True
        >>> Pattern.parse("pan").matches(plain("Nice pans 👍🏽"))
        False
        """
        return self.holds_of(self._listener.terms_in(plain_text.split()))

    def holds_of(self, heard: set[Term]) -> bool:
        """Whether the pattern holds of a text in which these terms were heard."""
        return not any(map(heard.isdisjoint, self.groups))

    def covers(self, other: Pattern) -> bool:
        """Whether this pattern holds of every text of which the other does.

        >>> Pattern.parse("price*|cost").covers(Pattern.parse("prices & delivery"))
        True
        >>> Pattern.parse("price & delivery").covers(Pattern.parse("price"))
        False
        """
        said = set(other.groups)
        ears = zip(self.groups, self._ears, strict=True)
        return all(group in said or any(map(ear.hears_all, said)) for group, ear in ears)

    @cached_property
    def terms(self) -> frozenset[Term]:
        """Every term of the pattern."""
        return frozenset().union(*self.groups)

    @cached_property
    def _listener(self) -> Listener:
        return Listener(self.terms)

    @cached_property
    def _ears(self) -> tuple[Listener, ...]:
        return tuple(map(Listener, self.groups))


class Listener(dict[str, tuple[Term, ...]]):
    """Terms by the word they begin with: however many there are, a text is gone through once.

    >>> sorted(Listener([("how", "much"), ("subscri*",), ("price",)]).terms_in(["how", "much", "?"]))
    [('how', 'much')]
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        super().__init__()
        self._terms = frozenset(terms)
        self._whole: defaultdict[str, list[Term]] = defaultdict(list)
        self._begun: defaultdict[str, list[Term]] = defaultdict(list)
        for term in sorted(self._terms):
            first = term[0]
            (self._begun[first[:-1]] if first.endswith(STAR) else self._whole[first]).append(term)
        self._lengths = sorted(set(map(len, self._begun)))

    def terms_in(self, tokens: Sequence[str]) -> set[Term]:
        """The terms that stand in a text of these words and marks."""
        heard: set[Term] = set()
        for at, token in enumerate(tokens):
            for term in self[token]:
                if len(term) == 1 or (term not in heard and _goes_on(term, tokens, at)):
                    heard.add(term)
        return heard

    def hears_all(self, terms: frozenset[Term]) -> bool:
        """Whether in each of these terms, taken as a text, one of the listener's stands."""
        return all(self.terms_in(term) for term in terms - self._terms)

    def __missing__(self, token: str) -> tuple[Term, ...]:
        if len(self) > _MOST_KEPT:
            self.clear()
        self[token] = found = tuple(self._beginning_with(token))
        return found

    def _beginning_with(self, token: str) -> Iterator[Term]:
        yield from self._whole.get(token, ())
        for length in self._lengths:
            if length <= len(token):
                yield from self._begun.get(token[:length], ())


def _goes_on(term: Term, tokens: Sequence[str], at: int) -> bool:
    """Whether the words after a term's first are those of the text after place ``at``."""
    if len(tokens) - at < len(term):
        return False
    return all(_is(wanted, tokens[at + k]) for k, wanted in enumerate(term[1:], 1))


def _is(wanted: str, token: str) -> bool:
    """Whether a word or mark of a text is the one wanted.

    The words of a term may stand for a text: "subscri*" is then one of the words it would be.
    """
    if not wanted.endswith(STAR):
        return wanted == token
    return token.startswith(wanted[:-1]) if wanted != STAR else token == STAR or token[0].isalnum()


def _term(written: str) -> Term:
    words = tuple(token for part in folded(written).split() for token in _tokens(part, written))
    if not words:
        raise CellError("replies.empty_term")
    if STAR in (words[0], words[-1]):
        raise CellError("replies.lost_star", value=written.strip())
    return words


def _tokens(part: str, written: str) -> list[str]:
    """The words and marks of what stands between two spaces, a star left at its word."""
    if part == STAR:
        return [STAR]
    tokens = tokens_of(part.removesuffix(STAR))
    is_begun = part.endswith(STAR)
    if STAR in part.removesuffix(STAR) or (is_begun and not (tokens and WORD.fullmatch(tokens[-1]))):
        raise CellError("replies.lost_star", value=written.strip())
    return [*tokens[:-1], tokens[-1] + STAR] if is_begun else tokens
