"""Friends: mutual ties, unequal in number, clustered and mostly near, from three people to a million."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import SimulatorError
from simulator.randomness import Luck
from simulator.world.friends import MOST_ROUNDS, FriendHabits, Friends, Shuffle, friend_habits

BANDS, INTERESTS_HERE = 7, 16
DISTRICTS_OF_CITY = (9, 7, 6, 5)


def town(people: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Block, district and city of people, sorted; blocks are as unequal as real ones."""
    generator = np.random.default_rng(seed)
    kinds = sum(DISTRICTS_OF_CITY) * BANDS * INTERESTS_HERE
    block = np.sort(generator.choice(kinds, people, p=generator.dirichlet(np.full(kinds, 3.0))))
    district = block // (BANDS * INTERESTS_HERE)
    return block, district, np.searchsorted(np.cumsum(DISTRICTS_OF_CITY), district, side="right")


def friends_of_town(people: int, seed: int = 7) -> Friends:
    return Friends.build(*town(people), Luck(seed))


def clustering(friends: Friends, person: int) -> float:
    _, mine = friends.of(np.array([person]))
    _, theirs = friends.of(mine)
    return float(np.isin(theirs, mine).sum() / (mine.size * (mine.size - 1)))


@st.composite
def small_towns(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Towns of blocks of 1-30 people, some districts and cities of a single person."""
    sizes = draw(st.lists(st.integers(1, 30), min_size=1, max_size=25))
    borders = draw(st.lists(st.integers(0, 2), min_size=len(sizes), max_size=len(sizes)))
    district = np.cumsum([border > 0 for border in borders])
    city = np.cumsum([border > 1 for border in borders])
    return np.repeat(np.arange(len(sizes)), sizes), np.repeat(district, sizes), np.repeat(city, sizes)


@settings(max_examples=60, deadline=None)
@given(small_towns(), st.integers(0, 2**32))
def test_invariant_ties_are_mutual(places, seed):
    """In any town ties are mutual, each once, never to oneself and never across cities."""
    friends = Friends.build(*places, Luck(seed))
    position, friend = friends.of(np.arange(friends.people))
    ties = set(zip(position.tolist(), friend.tolist(), strict=True))
    assert len(ties) == position.size
    assert all((b, a) in ties and a != b for a, b in ties)
    city = places[2]
    assert (city[position] == city[friend]).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 1_999), max_size=40), st.integers(0, 5))
def test_invariant_answer_depends_on_the_person_only(asked, seed):
    """Friends of a person are the same whoever else is asked for, in any order, or twice."""
    friends = friends_of_town(2_000, seed)
    position, friend = friends.of(np.array(asked, int))
    for place, person in enumerate(asked):
        assert friend[position == place].tolist() == friends.of(np.array([person]))[1].tolist()


def test_invariant_degree_counts_friends():
    """``degree`` is the number of friends that ``of`` lists."""
    friends, asked = friends_of_town(2_000), np.array([5, 1_999, 5, 0])
    position, _ = friends.of(asked)
    assert friends.degree(asked).tolist() == np.bincount(position, minlength=4).tolist()


@pytest.mark.parametrize("people", [1, 2, 3, 10, 97, 1_000])
def test_invariant_cliques_of_a_round_cut_the_group(people):
    """In a round every person of a group stands in just one clique, of at most its largest size."""
    habit = friend_habits().rounds[0]
    friends = Friends.build(*[np.zeros(people, int)] * 3, Luck(3))
    everybody = np.arange(people)
    places, members = friends._clique(everybody, np.full(people, people), everybody * 0, 0)
    cliques = {tuple(sorted(row[:count].tolist())) for row, count in zip(places, members, strict=True)}
    assert sorted(place for clique in cliques for place in clique) == everybody.tolist()
    assert max(map(len, cliques)) <= habit.clique_people


@settings(deadline=None)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=30), st.integers(0, 2**32))
def test_theory_shuffles_can_be_undone(people, seed):
    """The factor of every shuffle has an inverse modulo the size of its group."""
    sizes = np.array(people)
    shuffle = Shuffle.draw(sizes, 12, Luck(seed).stream("friends"))
    product = shuffle.factor.astype(np.int64) * shuffle.inverse % sizes
    assert (product == 1 % sizes).all()


def test_golden_seed_makes_the_graph():
    """The same seed gives the same ties, another seed gives others."""
    first, again, other = (friends_of_town(3_000, seed).of(np.arange(50)) for seed in (7, 7, 8))
    assert np.array_equal(first[0], again[0])
    assert np.array_equal(first[1], again[1])
    assert not np.array_equal(first[1], other[1])


def test_theory_ties_are_many_and_unequal():
    """In a town of 20,000: mean 30-60 ties, median 30-40, log-sd 0.7-1.2, a tenth has 12 or fewer."""
    degree = friends_of_town(20_000).degree(np.arange(0, 20_000, 2))
    p10, median, p90 = np.percentile(degree, [10, 50, 90])
    assert 30 <= degree.mean() <= 60
    assert 30 <= median <= 40
    assert p10 <= 12
    assert 75 <= p90 <= 115
    assert 0.7 <= np.log(degree[degree > 0]).std() <= 1.2
    assert (degree == 0).mean() < 0.005


@pytest.mark.parametrize("people", [20_000, 1_000_000])
def test_theory_friends_of_a_median_person_know_each_other(people):
    """Local clustering of a person with a median number of friends is 0.10-0.17."""
    friends = friends_of_town(people)
    asked = np.random.default_rng(1).permutation(people)[:8_000]
    degree = friends.degree(asked)
    typical = asked[np.abs(degree - np.median(degree)) <= 4][:250]
    assert 0.10 <= np.mean([clustering(friends, person) for person in typical]) <= 0.17


def test_theory_ties_stay_near():
    """Of a million people's ties 45 % lie in the own block, and most in the own district."""
    block, district, city = town(1_000_000)
    friends = Friends.build(block, district, city, Luck(7))
    asked = np.random.default_rng(1).permutation(1_000_000)[:5_000]
    position, friend = friends.of(asked)
    person = asked[position]
    assert (block[person] == block[friend]).mean() >= 0.45
    assert (district[person] == district[friend]).mean() >= 0.6


@pytest.mark.parametrize("people", [5_000, 20_000, 300_000])
def test_theory_ties_stay_in_the_circle(people):
    """Where blocks are small, 45 % of ties lie among the joined blocks of the own circle."""
    friends = friends_of_town(people)
    asked = np.random.default_rng(1).permutation(people)[:5_000]
    position, friend = friends.of(asked)
    assert (friends.group(asked[position]) == friends.group(friend)).mean() >= 0.45


def test_theory_agrees_with_networkx():
    """networkx counts the same degrees and the same local clustering, and finds one small world per city."""
    networkx: Any = pytest.importorskip("networkx")
    friends = friends_of_town(2_000)
    position, friend = friends.of(np.arange(2_000))
    graph = networkx.Graph(zip(position.tolist(), friend.tolist(), strict=True))
    assert 2 * graph.number_of_edges() == position.size
    assert networkx.number_of_selfloops(graph) == 0
    degree = friends.degree(np.arange(2_000))
    assert all(graph.degree(person) == degree[person] for person in graph)
    for person in np.flatnonzero(degree > 1)[:40].tolist():
        assert clustering(friends, person) == pytest.approx(networkx.clustering(graph, person))
    largest = sorted(map(len, networkx.connected_components(graph)), reverse=True)[:4]
    assert sum(largest) > 0.99 * 2_000


def test_theory_the_busy_are_not_fenced_off():
    """Friends have, on average, more friends than people do: the friendship paradox."""
    friends = friends_of_town(20_000)
    asked = np.arange(0, 20_000, 20)
    _, friend = friends.of(asked)
    assert friends.degree(friend).mean() > 1.4 * friends.degree(asked).mean()


@pytest.mark.parametrize("people", [0, 1, 2, 3])
def test_extreme_hardly_anybody(people):
    """Towns of nobody, one, two and three people have a graph."""
    friends = Friends.build(*[np.zeros(people, int)] * 3, Luck(1))
    position, friend = friends.of(np.arange(people))
    assert position.size == friend.size <= people * (people - 1)
    assert friends.degree(np.arange(people)).size == people


def test_extreme_everybody_in_a_block_of_their_own():
    """Blocks of one person are joined within the district: their people still have friends."""
    people = 1_000
    one = np.arange(people)
    friends = Friends.build(one, one // 250, one * 0, Luck(1))
    assert np.median(friends.degree(one)) > 10


def test_extreme_nobody_asked():
    """Nobody has no friends."""
    position, friend = friends_of_town(1_000).of(np.zeros(0, int))
    assert position.size == friend.size == 0


def test_extreme_a_million_people():
    """A million people: two bytes each, and friends of 20,000 found at once."""
    places = town(1_000_000)
    friends = Friends.build(*places, Luck(7))
    position, friend = friends.of(np.arange(0, 1_000_000, 50))
    assert len(set(position.tolist())) > 19_000
    assert friend.max() < 1_000_000
    assert friends.first_round.nbytes + friends.rounds_attended.nbytes == 2_000_000


@pytest.mark.parametrize(
    ("block", "district", "city", "says"),
    [
        ([0, 1, 0], [0, 0, 0], [0, 0, 0], "sorted by block: person 2"),
        ([0, 0, 1], [0, 1, 1], [0, 0, 0], "a block must lie in one district.*person 1"),
        ([0, 1, 2], [0, 0, 1], [0, 1, 1], "a district must lie in one city.*person 1"),
        ([0, 1, 2], [0, 0, 1], [0, 0], "one entry per person"),
    ],
)
def test_dirty_input_places_that_do_not_fit(block, district, city, says):
    """People who are not sorted, or whose places overlap, are refused."""
    with pytest.raises(SimulatorError, match=says):
        Friends.build(np.array(block), np.array(district), np.array(city), Luck(1))


@pytest.mark.parametrize("person", [-1, 1_000])
def test_dirty_input_stranger(person):
    """Asking for somebody who is not there is refused, and does not wrap round to the last person."""
    with pytest.raises(SimulatorError, match=f"there is no person {person}:"):
        friends_of_town(1_000).of(np.array([0, person]))


def test_dirty_input_too_many_rounds():
    """More rounds than a byte has room for are refused."""
    row = {"level": "block", "times": MOST_ROUNDS + 1, "smallest_clique": 9, "largest_clique": 14}
    with pytest.raises(SimulatorError, match="128 rounds"):
        FriendHabits.from_table({"rounds": [row]})
