"""The set of statements in several outlets: its partition as written, its scoring."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from versions.draw import Voice, alike, partition
from versions.scoring import Background, Marked, Place, Read, find, joined, load, score, table

HERE = Path(__file__).resolve().parent.parent / "bench" / "versions"


def _marked(article: str, start: int, group: int | None, sure: bool = True) -> Marked:
    return Marked(article, (start, start + 3), ((start + 10, start + 30),), group, sure)


#: Two pools: of the first, three statements say one thing and one another; of the second, one is not to be scored.
POOLS = [
    [_marked("a", 0, 0), _marked("b", 0, 0), _marked("b", 50, 0), _marked("c", 0, 1)],
    [_marked("d", 0, 0), _marked("e", 0, 0, sure=False), _marked("e", 50, None), _marked("e", 90, 0)],
]
PLACES = [Place(pool, item) for pool, items in enumerate(POOLS) for item in range(len(items))]


def test_the_set_itself_is_without_fault() -> None:
    truth = {place: (place.pool, POOLS[place.pool][place.item].group) for place in PLACES}
    result = score(POOLS, truth)
    assert (result.pairs["all"].right, result.pairs["all"].wrong, result.pairs["all"].missed) == (4, 0, 0)
    assert result.pairs["all"].f1 == 1
    assert (result.pools, result.statements, result.articles) == (2, 8, 5)
    assert (result.groups, result.worthless, result.unsure, result.missing) == (2, 1, 1, 0)


def test_pairs_are_counted_within_a_pool_only() -> None:
    everything_is_one = dict.fromkeys(PLACES, "one")
    result = score(POOLS, everything_is_one)
    # Six pairs in the first pool, of which three are right; of the second only one pair is scored.
    assert (result.pairs["all"].right, result.pairs["all"].wrong, result.pairs["all"].missed) == (4, 3, 0)
    assert result.pairs["all"].precision == pytest.approx(4 / 7)


def test_nothing_joined_misses_all() -> None:
    result = score(POOLS, {place: place for place in PLACES})
    assert (result.pairs["all"].right, result.pairs["all"].wrong, result.pairs["all"].missed) == (0, 0, 4)
    assert (result.pairs["all"].precision, result.pairs["all"].recall, result.pairs["all"].f1) == (1, 0, 0)


def test_what_was_not_found_is_counted_and_of_no_pair() -> None:
    result = score(POOLS, {place: "one" for place in PLACES if place != Place(0, 0)})
    assert result.missing == 1
    assert (result.pairs["all"].right, result.pairs["all"].wrong, result.pairs["all"].missed) == (2, 2, 0)


def test_kinds_of_pairs() -> None:
    background = Background(
        outlets={"a": "Dawn", "b": "Dawn", "c": "Dusk", "d": "Dawn", "e": "Dusk"},
        copies={frozenset("ab")},
        direct={Place(0, 0): True, Place(0, 1): False, Place(0, 2): True},
    )
    right = {kind: pairs.right for kind, pairs in score(POOLS, dict.fromkeys(PLACES, "one"), background).pairs.items()}
    assert right == {
        "all": 4,
        "other outlet": 1,
        "same outlet": 2,
        "same article": 1,
        "indirect and direct": 2,
        "copies": 2,
        "no copies": 2,
    }
    assert score(POOLS, {}, background).outlets == 2


def test_a_statement_is_found_where_cue_and_half_of_the_content_agree() -> None:
    pools = [[_marked("a", 0, 0), _marked("a", 100, 0), replace(_marked("b", 0, 0), cue=None)]]
    read = {
        "a": [
            Read("whole", (0, 3), ((10, 30),)),
            Read("longer", (0, 3), ((10, 45),)),
            Read("other cue", (200, 203), ((110, 130),)),
            Read("too short", (100, 103), ((110, 119),)),
        ],
        "b": [Read("with a cue", (0, 3), ((10, 30),)), Read("without", None, ((10, 21),))],
    }
    assert find(pools, read) == {Place(0, 0): "whole", Place(0, 2): "without"}


def test_a_line_of_a_partition() -> None:
    number, groups = partition("12: 2 5? | - 4", 5)
    assert number == 12
    assert groups == [(0, True), (1, True), (2, True), (None, True), (1, False)]
    assert partition("3:", 2) == (3, [(0, True), (1, True)])
    for wrong in ("1: 1 | 1", "1: 6"):
        with pytest.raises(ValueError, match="named twice or is not of the pool"):
            partition(wrong, 5)


def test_who_may_be_one() -> None:
    def voice(kind: str, words: str, role: str | None = None) -> Voice:
        return Voice(1, 1, kind, frozenset(words.split()), role)

    assert alike(voice("person", "سلمى رزق"), voice("person", "سلمي رزق"))
    assert not alike(voice("organization", "خارجيه تيمانيه"), voice("organization", "دفاع تيمانيه"))
    assert alike(voice("person", "رزق", "وزيره النقل"), voice("person", "سلمى", "وزيره النقل"))
    assert not alike(voice("person", "رزق"), voice("person", "سلمى"))


def test_a_chain_joins() -> None:
    assert joined([[1, 0.6, 0], [0.6, 1, 0.7], [0, 0.7, 1]], 0.6) == [0, 0, 0]
    assert joined([[1, 0.6, 0], [0.6, 1, 0.5], [0, 0.5, 1]], 0.6) == [0, 0, 2]


def test_what_is_printed_holds_the_figures() -> None:
    lines = table("floor", score(POOLS, dict.fromkeys(PLACES, "one")))
    assert lines[1].split() == ["all", "0.571", "1.000", "0.727", "4", "3", "0"]


@pytest.mark.parametrize("name", ["gold", "development"])
def test_the_sets_hold_what_they_say_and_no_words(name: str) -> None:
    path = HERE / f"{name}.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    pools = load(path)
    marked = [one for pool in pools for one in pool]
    sizes = [
        sum(one.group == group for one in pool)
        for pool in pools
        for group in {one.group for one in pool if one.group is not None}
    ]
    counts = kept["counts"]
    assert (len(pools), len(marked)) == (counts["pools"], counts["statements"])
    assert len({one.article for one in marked}) == counts["articles"]
    assert sum(size > 1 for size in sizes) == counts["groups_of_two_or_more"]
    assert all(start < end for one in marked for start, end in one.content)
    assert path.read_text(encoding="utf-8").isascii()
    others = {
        one.article
        for other in HERE.glob("*.json")
        if other != path and other.stem in ("gold", "development")
        for pool in load(other)
        for one in pool
    }
    assert not others & {one.article for one in marked}
