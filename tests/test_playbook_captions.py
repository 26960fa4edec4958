"""People respond to the caption as read: what a text has, what it is for and what it is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.playbook.captions import (
    CaptionReading,
    likely_purpose_and_topic,
    likeness,
    links_in,
    read_caption,
)
from simulator.playbook.posts import PURPOSES
from simulator.world.clients import client_names, load_client
from tests.playbook_client import bakery

CLIENT = bakery()


def read(
    text: str, purpose: str = "inform", topic: str = "bread", tags: tuple[str, ...] = ()
) -> CaptionReading:
    return read_caption(text, client=CLIENT, purpose=purpose, topic=topic, tags=tags)


def test_law_features_of_a_text_by_hand() -> None:
    """Every feature of one caption, counted by hand."""
    found = read("HURRY! Try our 3 new loaves 🍞👨‍👩‍👧 #fresh https://a.co/b?c=1!", tags=("Fresh", "warm"))
    assert found.pressure_words == 1
    assert found.exclamations == 1
    assert found.number
    assert found.link
    assert found.call_to_action
    assert not found.question
    assert found.hashtags == 2
    assert found.emoji == 2
    assert found.words == 7
    assert found.content_words == ("hurry", "try", "3", "new", "loaves", "fresh")


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("20% off every loaf this weekend", "inform"),
        ("All loaves for TSh 2,000", "entertain"),
        ("Buy two loaves", "talk"),
        ("ORDER YOUR LOAVES TODAY", "inform"),
        ("5 tips for fresh bread: order by phone, buy two, save 10% off", "inform"),
        ("Which one do you like? Buy now, half price!", "talk"),
        ("Punguzo la asilimia 20 kwa mikate yote", "inform"),
        ("Nunua mikate miwili leo", "entertain"),
        ("Mnunue mikate, bei nafuu", "talk"),
        ("Mikate inauzwa 2000/=", "inform"),
    ],
)
def test_law_a_text_that_clearly_sells_is_read_as_selling(text: str, purpose: str) -> None:
    """Prices, cuts, buying and ordering sell, whatever the row declares, in both languages."""
    assert read(text, purpose).purpose == "sell"
    assert read(text, purpose).contradicts_purpose
    assert not read(text, "sell").contradicts_purpose


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("How to keep a loaf fresh for a week: three steps", "inform"),
        ("In order to rise, bread needs warmth", "inform"),
        ("70% of our flour comes from Mbeya", "inform"),
        ("The price of flour rose to TSh 1,900: here's why", "inform"),
        ("What do you put on your bread? Tell us in the comments", "talk"),
        ("Have you ever tried to buy bread at six in the morning?", "talk"),
        ("Guess the weight of this loaf", "entertain"),
        ("Jinsi ya kuhifadhi mkate: hatua tatu", "inform"),
        ("Unapenda mkate gani? Tuambie", "talk"),
        ("Kitendawili cha leo: mkate wa ajabu", "entertain"),
        ("A loaf of sourdough", "entertain"),
        ("New sourdough loaves, baked at five", "sell"),
        ("Sourdough at a friendly price", "sell"),
    ],
)
def test_law_a_text_that_fits_is_read_as_declared(text: str, purpose: str) -> None:
    """What is declared stays unless the text contradicts it."""
    assert read(text, purpose).purpose == purpose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How to keep bread fresh: three tips", "inform"),
        ("What do you think of our bread? Tell us", "talk"),
        ("A riddle to make you laugh", "entertain"),
        ("Jinsi ya kuhifadhi mkate", "inform"),
        ("Toa maoni yako", "talk"),
        ("Our bread this morning", "sell"),
        ("Looking for fresh bread?", "sell"),
    ],
)
def test_law_declared_selling_without_a_selling_cue(text: str, expected: str) -> None:
    """A text that only informs, asks or entertains is read so; one without cues keeps selling."""
    assert read(text, "sell").purpose == expected


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        ("Icing on every cupcake", "bread", "cakes"),
        ("Keki mpya", "bread", "cakes"),
        ("Sourdough and cake", "bread", "bread"),
        ("Cakes and icing, by our team", "bread", "cakes"),
        ("A cake by our baker", "bread", "bread"),
        ("Good morning", "bread", "bread"),
        ("Our whole-grain bread", "cakes", "bread"),
        ("The baker's morning", "cakes", "people"),
    ],
)
def test_law_the_topic_read(text: str, declared: str, expected: str) -> None:
    """A topic none of whose words are there gives way to the one with clearly the most words."""
    found = read(text, "inform", declared)
    assert found.topic == expected
    assert found.contradicts_topic == (expected != declared)


def test_law_stuffing_gives_one_topic_only() -> None:
    """The words of all topics at once leave the declared topic, and repeating a word adds nothing."""
    stuffed = "bread cake baker " * 30
    assert {read(stuffed, topic=name).topic for name in CLIENT.topic_names} == set(CLIENT.topic_names)
    assert read("cake cake cake cake baker", topic="bread").topic == "bread"
    assert read("Sunrise", topic="bread", tags=("cake", "icing")).topic == "cakes"


def test_extreme_empty_and_wordless_texts_keep_what_is_declared() -> None:
    """Nothing said contradicts nothing."""
    for text in ("", "   \n", "!!!", "😀😀", "---"):
        for purpose in PURPOSES:
            found = read(text, purpose)
            assert (found.purpose, found.topic) == (purpose, "bread")
            assert found.content_words == ()


def test_invariant_case_does_not_matter() -> None:
    """Capitals change shouting and nothing else that is read."""
    quiet, loud = read("order our new loaves today"), read("ORDER OUR NEW LOAVES TODAY")
    assert (quiet.shouting, loud.shouting) == (0.0, 1.0)
    assert (quiet.purpose, quiet.content_words) == (loud.purpose, loud.content_words)


@given(st.text(), st.sampled_from(PURPOSES), st.lists(st.text(max_size=8), max_size=3))
def test_invariant_any_text_can_be_read(text: str, purpose: str, tags: list[str]) -> None:
    """Whatever the characters: a known purpose, one topic, shares between 0 and 1, words each once."""
    found = read(text, purpose, tags=tuple(tags))
    assert found.purpose in PURPOSES
    assert found.topic in CLIENT.topic_names
    assert 0 <= found.shouting <= 1
    assert len(set(found.content_words)) == len(found.content_words) <= found.words
    assert min(found.characters, found.emoji, found.hashtags, found.pressure_words) >= 0
    assert found == read(text, purpose, tags=tuple(tags))


@pytest.mark.parametrize(
    "piece",
    ["1", "a.", "$ ", "discount a b c ", "#", "a'", "😀\u200d", "www.", "-a", "hurry ", "punguzo 1 % "],
)
@pytest.mark.timeout(60)
def test_extreme_hostile_texts_are_read(piece: str) -> None:
    """Half a million characters of what patterns stumble over; in quadratic time it would take hours."""
    assert read(piece * (500_000 // len(piece))).characters <= 500_000


@given(st.lists(st.text(max_size=3)), st.lists(st.text(max_size=3)))
def test_invariant_likeness(a: list[str], b: list[str]) -> None:
    """Between 0 and 1, the same both ways, and 1 for the same words in any order."""
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, b) == likeness(b, a)
    assert likeness(a, a[::-1]) == (1 if a else 0)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Which language would you learn?", "languages"),
        ("Which languages?", "languages"),
        ("A receipt.", "business"),
    ],
)
def test_law_a_topic_is_heard_in_one_as_in_many(text: str, topic: str) -> None:
    """Law: a word of a topic that is listed in the plural is heard in the singular, too."""
    _, found = likely_purpose_and_topic(text, client=load_client("academy"))
    assert found == topic


def test_law_likely_purpose_and_topic() -> None:
    """A calendar without purpose and topic: both come from the caption, or inform and the first topic."""
    likely = {
        "Loaves 20% off": ("sell", "bread"),
        "Which cake do you prefer?": ("talk", "cakes"),
        "Meet the team: a funny story by our baker": ("entertain", "people"),
        "How to ice a cake": ("inform", "cakes"),
        "": ("inform", "bread"),
    }
    assert {text: likely_purpose_and_topic(text, client=CLIENT) for text in likely} == likely


def test_extreme_links() -> None:
    """Addresses are found with and without https, and a sentence's full stop makes none."""
    assert links_in("See www.a.org/x, b.co.tz or HTTPS://c.d") == ["www.a.org/x", "b.co.tz", "HTTPS://c.d"]
    assert links_in("We bake.Our bread is good. 3.50 only, e.g. rye. me@shop.com") == []


@pytest.mark.parametrize("name", client_names())
def test_law_clients_own_captions_are_read_as_meant(name: str) -> None:
    """No caption from a client's drawer contradicts its purpose or topic."""
    client = load_client(name)
    for caption in client.file.captions:
        found = read_caption(caption.text, client=client, purpose=caption.purpose, topic=caption.topic)
        assert (found.purpose, found.topic) == (caption.purpose, caption.topic), caption.text


@pytest.mark.parametrize("name", client_names())
def test_law_selling_under_another_name_is_mostly_found_out(name: str) -> None:
    """Of a client's selling captions declared as something else, nine in ten are read as selling."""
    client = load_client(name)
    selling = [caption for caption in client.file.captions if caption.purpose == "sell"]
    seen = [
        read_caption(caption.text, client=client, purpose=purpose, topic=caption.topic).purpose == "sell"
        for caption in selling
        for purpose in ("inform", "talk", "entertain")
    ]
    assert sum(seen) >= 0.9 * len(seen)
