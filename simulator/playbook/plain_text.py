"""Plain text: what a message says once tags, invisible signs, case, accents and marks are out of the way.

Whoever listens for words hears the same in "SUBSCRIBE!!", "subscri&#98;e" and "Subscríbe".
"""

from __future__ import annotations

import html
import re
import unicodedata

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TOKEN = re.compile(rf"{WORD.pattern}|[^\s*]")
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")

_APOSTROPHES = dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'")
_SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_MARKS = ("Mn", "Me", "Cf")
"""Unicode's accents, enclosing marks and invisible signs (U+FEFF, joiners, soft hyphens)."""

_DOMAIN = r"(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,4}"
_ENDINGS = (
    "com|net|org|info|biz|edu|gov|online|shop|store|site|website|xyz|top|club|app|dev|click|link|live|africa"
    "|icu|vip|win|bid|loan|work|space|tech|pro|mobi|co|example|test"
)
_SHORT = "ly|be|gl|gd|io|me|tv|cc|to|ws|us|uk|ke|tz|ug|rw|za|ng|eu|de|fr|in|ru|pl|tk|ml|ga|cf|gq|im|st|fm"
_OF_COUNTRIES = r"(?:com|co|or|org|ne|go|ac|net)\.[a-z]{2}"
_LINK = re.compile(
    r"\bhttps?://\S|(?<!\w)www\.[a-z0-9]|\b(?:youtu\.be|bit\.ly|goo\.gl|t\.co|t\.me|wa\.me|tsu\.co)\b"
    rf"|(?<!\w)watch\?v=|{_DOMAIN}(?:(?:{_ENDINGS}|{_OF_COUNTRIES})(?![\w-])|(?:{_SHORT})/\w)",
    re.IGNORECASE,
)


class _Kept(dict[int, str | None]):
    """What stays of a character; worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = kept = self.keep(chr(code))
        return kept

    def keep(self, char: str) -> str | None:
        return None if unicodedata.category(char) == "Cf" else char


class _Folded(_Kept):
    def keep(self, char: str) -> str | None:
        if char in _SKIN_TONES:
            return None
        char = _APOSTROPHES.get(char, char)
        spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
        kept = (part for part in spread if unicodedata.category(part) not in _MARKS)
        return "".join(_APOSTROPHES.get(part, part) for part in kept)


_READABLE, _FOLDED = _Kept(), _Folded()


def readable(text: str) -> str:
    """The text as people see it: no HTML, nothing invisible, one space between words.

    >>> readable("Nice&nbsp;pans!<br />  How much?\\ufeff")
    'Nice pans! How much?'
    """
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = text.translate(_READABLE)
    return " ".join(text.split())


def plain(text: str) -> str:
    """The words and marks of a text, in lower case and without accents, one space between any two.

    Asterisks are left out: among terms they stand for something else.

    >>> plain("CHECK this out!! Cafés <b>it's</b> 👍🏽")
    "check this out ! ! cafes it's 👍"
    """
    return " ".join(tokens_of(folded(readable(text))))


def tokens_of(folded_text: str) -> list[str]:
    """The words and single marks of a text, without asterisks.

    >>> tokens_of("how much? 1,450/=")
    ['how', 'much', '?', '1', ',', '450', '/', '=']
    """
    return _TOKEN.findall(folded_text)


def folded(text: str) -> str:
    """Lower case, and no accents, invisible signs or skin tones.

    >>> folded("Habari ya Asubuhí")
    'habari ya asubuhi'
    """
    return text.lower() if text.isascii() else text.translate(_FOLDED)


def has_link(text: str) -> bool:
    """Whether an address stands in a text; a bare domain counts, an e-mail address does not.

    >>> [has_link(text) for text in ("see bit.ly/x9", "Kikapu.co.tz", "ask ada@kikapu.com", "ok.so what")]
    [True, True, False, False]
    """
    return ("." in text or "://" in text or "?v=" in text) and _LINK.search(readable(text)) is not None


def same_text_key(text: str) -> str:
    """The same for two texts that differ in case, accents, spaces, emoji and marks only.

    >>> same_text_key("Nice pans!!") == same_text_key("  NICE PANS 🔥")
    True
    """
    marks_and_words = plain(text)
    return " ".join(WORD.findall(marks_and_words)) or marks_and_words
