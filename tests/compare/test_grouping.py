"""Groups out of links, and who counts as an outlet of its own."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from qawl.compare.grouping import Link, Report, groups, independent_outlets
from qawl.compare.likeness import AGAINST, JOIN, SAME_WORDS

_PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0.05, 1).map(lambda p: round(p, 3)),
    max_size=40,
)


def _links(pairs: dict[tuple[int, int], float]) -> list[Link[int]]:
    return [Link(one, other, likeness) for (one, other), likeness in pairs.items()]


def test_a_chain_does_not_join_its_ends() -> None:
    chain = {(n, n + 1): 0.9 for n in range(6)}
    found = groups(range(7), _links(chain))
    assert all(max(group) - min(group) < 3 for group in found)


def test_what_all_pairs_say_is_one_group() -> None:
    triangle = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.3, (3, 4): 0.7, (2, 3): 0.2}
    assert groups(range(6), _links(triangle)) == [[0, 1, 2], [3, 4]]


def test_a_pair_that_is_unlikely_outweighs_one_that_is_likely() -> None:
    """Half of the pairs on the average are not enough: it counts how sure they are."""
    assert groups(range(3), [Link(0, 1, 0.95), Link(1, 2, 0.8)]) == [[0, 1]]
    assert groups(range(3), [Link(0, 1, 0.95), Link(1, 2, 0.8), Link(0, 2, 0.3)]) == [[0, 1, 2]]


def test_the_opposite_keeps_groups_apart() -> None:
    """The second is like both others; of the first and the third one negates what the other affirms."""
    assert groups(range(3), [Link(0, 1, 0.9), Link(1, 2, 0.8), Link(0, 2, AGAINST)]) == [[0, 1]]


def test_what_is_in_the_same_words_counts_once() -> None:
    """However often an outlet prints one sentence, it does not outweigh the others; one pair of it is enough."""
    copies = [Link(one, other, SAME_WORDS) for one in range(4) for other in range(one)]
    assert groups(range(6), [*copies, Link(0, 4, 0.7), Link(4, 5, 0.5)]) == [[0, 1, 2, 3, 4]]
    assert groups(range(5), copies) == [[0, 1, 2, 3]]
    assert groups(range(5), [*copies, Link(0, 4, 0.9), Link(1, 4, AGAINST)]) == [[0, 1, 2, 3]]


def test_nobody_alone_is_a_group() -> None:
    assert groups(range(3), [Link(0, 1, JOIN - 0.01)]) == []


@given(_PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_statements_and_links_does_not_matter(pairs: dict[tuple[int, int], float], random: Random) -> None:
    nodes, links = list(range(12)), _links(pairs)
    wanted = groups(nodes, links)
    random.shuffle(nodes)
    random.shuffle(links)
    assert groups(nodes, [Link(b, a, p) for a, b, p in links]) == wanted


@given(_PAIRS)
def test_some_pair_of_a_group_speaks_for_it(pairs: dict[tuple[int, int], float]) -> None:
    found = groups(range(12), _links(pairs))
    assert len({node for group in found for node in group}) == sum(map(len, found))
    for group in found:
        assert any(pairs.get((a, b), 0) >= JOIN for a in group for b in group)


@given(_PAIRS)
def test_what_does_not_hang_together_is_grouped_by_itself(pairs: dict[tuple[int, int], float]) -> None:
    halves = {pair: p for pair, p in pairs.items() if (pair[0] < 6) == (pair[1] < 6)}
    whole = groups(range(12), _links(halves))
    assert whole == groups(range(6), _links(halves)) + groups(range(6, 12), _links(halves))


def test_whoever_runs_the_text_of_another_counts_with_it() -> None:
    none: frozenset[int] = frozenset()
    agency, copy, own = Report(1, 10, none), Report(2, 20, frozenset({1})), Report(3, 30, none)
    assert independent_outlets([agency, copy, own]) == 2
    assert independent_outlets([agency, own]) == 2
    assert independent_outlets([agency, Report(4, 10, none)]) == 1
    assert independent_outlets([copy, own]) == 2  # the article that it copies has no version here
    assert independent_outlets([Report(5, None, none), Report(6, None, none)]) == 2
