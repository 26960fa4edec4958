"""Patterns find words as people see them, whatever surrounds them, and cannot hang."""

from __future__ import annotations

import unicodedata
from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.parameters import model_parameters
from simulator.playbook.answers import subjects_of, telling_words
from simulator.playbook.patterns import STAR, Pattern, Term
from simulator.playbook.plain_text import folded, has_link, plain, readable, same_text_key
from simulator.playbook.trade_files import CellError
from simulator.world.talk import SUBJECTS

WORDS = st.sampled_from(["sub", "subs", "subscribe", "check", "out", "this", "price", "a", "?", "!", "🔥"])
TEXTS = st.lists(WORDS, max_size=6).map(" ".join)
BEGUN = st.sampled_from(["sub*", "s*", "subs*", "check*", "out*"])
TERMS = st.one_of(
    st.lists(st.one_of(WORDS, BEGUN), min_size=1, max_size=3).map(" ".join),
    st.tuples(WORDS, st.sampled_from(["*", "* *"]), WORDS).map(" ".join),
)
GROUPS = st.lists(TERMS, min_size=1, max_size=3).map("|".join)
PATTERNS = st.lists(GROUPS, min_size=1, max_size=2).map("&".join)


def found(pattern: str, text: str) -> bool:
    """Whether a written pattern holds of a text as it came."""
    return Pattern.parse(pattern).matches(plain(text))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("price", "PRICE?"),
        ("price", "the «Príce»"),
        ("PRICE", "price"),
        ("price", "pr\u200bice\ufeff"),
        ("price", "ｐｒｉｃｅ"),
        ("price", "<b>price</b><br />please"),
        ("price", "pri&#99;e&nbsp;list"),
        ("how much", "How   much\nis it"),
        ("subscri*", "subscribers"),
        ("subscri*", "subscri"),
        ("check * out", "check this out"),
        ("check * * out", "check my channel out"),
        ("check * out", "check it's out"),
        ("pleas* subscri*", "pleaseee subscribe"),
        ("don't", "DON’T"),
        ("bei gani", "Bei gani?"),
        ("❤️", "❤❤❤"),
        ("👍", "ok 👍🏽"),
        ("👩‍🍳", "a 👩‍🍳 here"),
        ("?", "really?"),
        ("!!!", "now!!!!"),
        (":)", "nice :)"),
        ("1,450/=", "for 1,450/= only"),
        ("24/7", "open 24/7"),
        ("e-mail", "my E-Mail"),
        ("#sale", "the #SALE is on"),
        ("sale", "the #sale is on"),
        ("<3", "I <3 this, and x > y"),
        ("a|b & c|d", "d and a"),
        ("f", "f**k"),
        ("강남", "psy 강남 style"),
    ],
)
def test_law_what_is_found(pattern: str, text: str) -> None:
    """Law: case, accents, tags, entities, invisible signs, skin tones and spaces hide nothing."""
    assert found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("price", "prices"),
        ("price", "caprice"),
        ("how much", "how very much"),
        ("how much", "much how"),
        ("check out", "check. Out now"),
        ("check * out", "check out"),
        ("check * out", "check ! out"),
        ("check * out", "check * out"),
        ("subscri*", "unsubscribe"),
        ("a|b & c|d", "a or b"),
        ("a|b & c|d", "c"),
        ("?", "no question"),
        ("br", "one<br>two"),
        ("amp", "this &amp; that"),
        ("don", "don't"),
    ],
)
def test_law_what_is_not_found(pattern: str, text: str) -> None:
    """Law: words are found whole, phrases unbroken, and of every group something."""
    assert not found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "rule", "value"),
    [
        ("", "replies.empty_term", None),
        ("price|", "replies.empty_term", None),
        ("|price", "replies.empty_term", None),
        ("price||cost", "replies.empty_term", None),
        ("price & & cost", "replies.empty_term", None),
        ("price|\ufeff", "replies.empty_term", None),
        ("*", "replies.lost_star", "*"),
        ("price|* *", "replies.lost_star", "* *"),
        ("* out", "replies.lost_star", "* out"),
        ("cost|check *", "replies.lost_star", "check *"),
        ("*price", "replies.lost_star", "*price"),
        ("pri*ce", "replies.lost_star", "pri*ce"),
        ("price**", "replies.lost_star", "price**"),
        ("www.*", "replies.lost_star", "www.*"),
        ("f*** you", "replies.lost_star", "f*** you"),
        ("!* x", "replies.lost_star", "!* x"),
        ("x" * 2_001, "replies.long_condition", None),
    ],
)
def test_law_what_cannot_be_read(pattern: str, rule: str, value: str | None) -> None:
    """Law: an empty term, a star that stands for nothing and a list too long are refused by rule."""
    with pytest.raises(CellError) as refused:
        Pattern.parse(pattern)
    assert refused.value.rule == rule
    assert refused.value.words.get("value") == value


def test_extreme_the_longest_list() -> None:
    """Extreme: a list as long as the platform takes is read, one sign more is refused with both numbers."""
    most = int(model_parameters()["inbox.longest_condition"])
    assert Pattern.parse("ab|" * (most // 3) + "a" * (most % 3)).groups
    with pytest.raises(CellError) as refused:
        Pattern.parse("a" * (most + 1))
    assert refused.value.words == {"count": f"{most + 1:,}", "most": f"{most:,}"}


def _word_is(wanted: str, token: str) -> bool:
    if wanted == STAR:
        return token[0].isalnum()
    return fnmatchcase(token, wanted.replace("?", "[?]"))


def _by_hand(term: str, tokens: list[str]) -> bool:
    """Whether a term stands in a text, by trying every place."""
    words = term.split()
    places = range(len(tokens) - len(words) + 1)
    return any(all(_word_is(w, tokens[at + k]) for k, w in enumerate(words)) for at in places)


@given(PATTERNS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_theory_a_pattern_is_an_and_of_ors(pattern: str, text: str) -> None:
    """Theory: it holds when of each group some term stands somewhere in the text, tried place by place."""
    tokens = plain(text).split()
    groups = [group.split("|") for group in pattern.split("&")]
    expected = all(any(_by_hand(term, tokens) for term in group) for group in groups)
    assert Pattern.parse(pattern).matches(plain(text)) == expected


@given(PATTERNS, PATTERNS, st.lists(TEXTS, min_size=5, max_size=5))
@settings(max_examples=300, deadline=None)
def test_invariant_who_covers_holds_wherever_the_other_does(one: str, other: str, texts: list[str]) -> None:
    """Invariant: a pattern that covers another is found wherever that one is; each covers itself."""
    wide, narrow = Pattern.parse(one), Pattern.parse(other)
    assert wide.covers(wide)
    if wide.covers(narrow):
        samples = [*texts, other.replace("|", " ").replace("&", " ").replace("*", "x")]
        assert all(wide.matches(plain(text)) for text in samples if narrow.matches(plain(text)))


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        ("price", "price list", True),
        ("price list", "price", False),
        ("price*", "prices|price tag", True),
        ("price", "price*", False),
        ("sub*", "subscri*", True),
        ("subscri*", "sub*", False),
        ("check * out", "please check this out", True),
        ("check this out", "check * out", False),
        ("check * out", "check * out now", True),
        ("a|b", "a & c", True),
        ("a & c", "a|c", False),
        ("a|b & c|d", "c & a", True),
        ("a|b", "a|b|c", False),
    ],
)
def test_law_what_covers_what(wide: str, narrow: str, covers: bool) -> None:
    """Law: fewer groups, more terms, shorter phrases and stars are wider."""
    assert Pattern.parse(wide).covers(Pattern.parse(narrow)) == covers


def _rule_broken(pattern: str) -> str:
    """The rule that a pattern breaks, or "" if it can be read."""
    try:
        Pattern.parse(pattern)
    except CellError as wrong:
        return wrong.rule
    return ""


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=400, deadline=None)
def test_extreme_any_text_is_a_pattern_or_refused_by_rule(pattern: str, text: str) -> None:
    """Extreme: whatever is typed, only the two rules are broken, and whatever comes is answered."""
    broken = _rule_broken(pattern)
    assert broken in ("", "replies.empty_term", "replies.lost_star")
    if not broken:
        parsed = Pattern.parse(pattern)
        assert parsed.matches(plain(text)) in (True, False)
        assert all(term and all(term) for group in parsed.groups for term in group)


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_invariant_a_text_without_its_signs_finds_itself(text: str) -> None:
    """Invariant: a text's own words and marks, written as a pattern, are found in it."""
    says = plain(text).replace("|", "").replace("&", "")
    tokens = " ".join(says.split())
    if tokens:
        assert Pattern.parse(tokens).matches(tokens)


def test_invariant_folding_twice_changes_nothing() -> None:
    """Invariant: of every character of the first two planes, what folding leaves is folded."""
    characters = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000]
    assert [char for char in characters if folded(folded(char)) != folded(char)] == []
    left = {unicodedata.category(part) for char in characters for part in folded(char)}
    assert not left & {"Mn", "Me", "Cf"}


@pytest.mark.parametrize(
    "text",
    [
        "a " * 50_000,
        "a" * 100_000,
        "<" * 100_000,
        "<a" * 50_000,
        "&" * 100_000,
        "&#" * 50_000,
        "a." * 50_000,
        "a-" * 50_000,
        "http" * 25_000,
        "'" * 100_000,
        "a'" * 50_000,
        "*" * 100_000,
        "\u0301" * 100_000,
        "ﷺ" * 30_000,
    ],
    ids=lambda text: text[:3],
)
@pytest.mark.timeout(60)
def test_extreme_nothing_hangs(text: str) -> None:
    """Extreme: texts made to be slow are answered, which in quadratic time would take hours."""
    pattern = Pattern.parse("a * a * a * a * b|a* a* a* b|a|! & zz|" + " ".join("a" * 60) + " b")
    pattern.matches(plain(text))
    has_link(text)
    same_text_key(text)


@pytest.mark.parametrize(
    "text",
    [
        "http://x",
        "see https://a.co/b?c=d",
        "WWW.shop",
        "my shop: kikapu.com",
        "kikapu.co.tz now",
        "(bit.ly/x9)",
        "youtu.be/abc",
        "t.me/win",
        "Murdev.COM!",
        "sub.domain.shop.org",
        "/watch?v=telOA6RIO8o",
        "kikapu\u200b.com",
        "pan-shop.xyz",
        "wa.me/255700",
        "data.ai/x.com",
    ],
)
def test_law_what_is_a_link(text: str) -> None:
    """Law: addresses with and without protocol, bare domains and the short ones."""
    assert has_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nice.so nice",
        "ask ada@kikapu.com",
        "it costs 1.450",
        "ok...come in",
        "at 8.30",
        "e.g. pans",
        "this.is it",
        "a com b",
        "what?v",
        "Great.This is",
        "me.too",
    ],
)
def test_law_what_is_none(text: str) -> None:
    """Law: full stops without a space, figures, abbreviations and e-mail addresses are no links."""
    assert not has_link(text)


def test_law_readable_is_what_people_see() -> None:
    """Law: tags, entities and invisible signs do not count as characters."""
    assert readable("<p>Nice&nbsp;&amp; <b>good</b>\ufeff</p>") == "Nice & good"
    assert readable("x < y and y > z") == "x < y and y > z"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nice pans!", "nice PANS 🔥🔥", True),
        ("Nice pans", "nice pan", False),
        ("🔥🔥", "🔥 🔥", True),
        ("🔥", "❤", False),
        ("see bit.ly/a1", "see bit.ly/b2", False),
        ("Café", "cafe\ufeff", True),
    ],
)
def test_law_the_same_text(one: str, other: str, same: bool) -> None:
    """Law: case, accents, marks and emoji make no other text; words do. Without words the signs count."""
    assert (same_text_key(one) == same_text_key(other)) == same


# ------------------------------------------------------------------ what a reply speaks of


def test_invariant_every_subject_has_its_words() -> None:
    """Invariant: each subject but "none" can be spoken of, in words that can be read."""
    assert set(telling_words()) == set(SUBJECTS) - {"none"}
    assert all(lines for lines in telling_words().values())


def test_invariant_no_word_stands_in_vain() -> None:
    """Invariant: within a subject no alternative is covered by another line of its own."""
    for subject, lines in telling_words().items():
        alone: list[Term] = [term for line in lines if len(line.groups) == 1 for term in line.groups[0]]
        assert len(alone) == len(set(alone)), subject


@pytest.mark.parametrize(
    ("reply", "subjects"),
    [
        ("Thank you for your message! We will come back to you soon.", set()),
        ("Asante kwa ujumbe wako, tutakujibu hivi karibuni.", set()),
        ("Please send us a private message with your phone number.", set()),
        ("The set costs 4,500 TSh.", {"price"}),
        ("Bei ni shilingi 4,500 kwa kila seti.", {"price"}),
        ("It is sold out; new stock comes on Friday.", {"stock"}),
        ("Ndiyo, zipo bado.", {"stock"}),
        ("We deliver to your door in two to four days.", {"delivery"}),
        ("Tunaleta hadi mlangoni kwa siku mbili.", {"delivery"}),
        ("We are open Monday to Saturday from 9 to 18.", {"hours"}),
        ("Tunafungua saa tatu asubuhi hadi saa kumi na mbili jioni.", {"hours"}),
        ("You find us on Lake Street, next to the bank.", {"place"}),
        ("Tupo mtaa wa Uhuru, karibu na kituo cha Kivuko.", {"place"}),
        ("You can pay by mobile money or card.", {"payment"}),
        ("Unaweza kulipa kwa M-Pesa.", {"payment"}),
        ("It is made of steel, in three sizes.", {"details"}),
        ("Ni ya lita mbili, rangi nyeusi au nyekundu.", {"details"}),
        ("You can book an appointment for Friday.", {"booking"}),
        ("Karibu, tumekuwekea miadi kesho.", {"booking"}),
        ("We are sorry that it came broken: send us a photo and you get a new one.", {"quality"}),
        ("Pole, imevunjika; tutakubadilishia.", {"quality", "wrong"}),
        ("Sorry for the delay, your order is on its way.", {"late"}),
        ("Samahani kwa kuchelewa, mzigo upo njiani.", {"late"}),
        ("We packed the wrong one and send the right one tomorrow.", {"wrong"}),
        ("Samahani, tumekosea; hukupata ulichoagiza.", {"wrong"}),
        ("I am sorry how you were treated; I have talked to our staff.", {"service"}),
        ("Pole kwa lugha mbaya ya mhudumu wetu.", {"service"}),
        ("You get your money back within three days.", {"refund"}),
        ("Utarudishiwa pesa zako ndani ya siku tatu.", {"refund"}),
        ("One batch has a fault: please stop using it.", {"faulty batch"}),
        ("Acheni kutumia bidhaa za toleo hili.", {"faulty batch"}),
        ("The price in our post was wrong; the right price is in the shop list.", {"price", "wrong price"}),
        ("Bei kwenye tangazo ilikuwa na makosa.", {"price", "wrong price"}),
        ("Some of you have a rash: rinse it with cold water, please.", {"bad reaction"}),
        ("Tumeacha kuitumia krimu hiyo; ukiona vipele mwone daktari.", {"bad reaction"}),
        ("The date was wrong: the exam is on the ninth, and nobody pays twice.", {"wrong date"}),
        ("Tarehe sahihi ni tarehe tisa, tunaomba radhi.", {"wrong", "wrong date"}),
        ("Our story on the clinic was wrong; a correction is in the paper.", {"wrong news"}),
        ("Tumeisahihisha habari hiyo, tunaomba radhi.", {"wrong news"}),
    ],
)
def test_law_what_a_reply_speaks_of(reply: str, subjects: set[str]) -> None:
    """Law: a reply answers what it speaks of, in English and Swahili; thanks alone answer nothing."""
    assert subjects_of(reply) == subjects
