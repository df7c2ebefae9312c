"""What judgements come to, worked out from judgements and readings alone."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from qawl.record.overlay import Decision, Ends, Read, in_effect, match, rulings, standing

CUE = (10, 14)
CONTENT = ((20, 40),)


def decision(
    id: int,
    verdict: str = "right",
    *,
    ref: str = "a",
    cue: Ends | None = CUE,
    content: tuple[Ends, ...] = CONTENT,
    undoes: int | None = None,
    **change: Any,
) -> Decision:
    return Decision(id, 1, ref, cue, content, verdict, change, None, "هدى", "2024-03-05T10:00:00Z", undoes)


def laid(decisions: list[Decision], *read: Read) -> dict[int, str]:
    return {id: ruling.ref for id, ruling in match(rulings(decisions), read).items()}


def test_later_changes_come_on_top_of_earlier_ones() -> None:
    one = decision(1, "mended", speaker="سالم الغامري", speaker_type="person", act="deny")
    two = decision(2, "mended", act="warn")
    three = decision(3, "mended", speaker="هند الراسي")
    (ruling,) = rulings([one, two, three])
    assert ruling.change == {"speaker": "هند الراسي", "act": "warn"}
    assert (ruling.verdict, ruling.last) == ("mended", 3)
    (ruling,) = rulings([one, two, three, decision(4, "undone", undoes=3)])
    assert ruling.change == {"speaker": "سالم الغامري", "speaker_type": "person", "act": "warn"}


def test_taking_back_what_took_back() -> None:
    some = [decision(1, "wrong"), decision(2, "undone", undoes=1), decision(3, "undone", undoes=2)]
    assert in_effect(some[:1]) == [some[0]]
    assert in_effect(some[:2]) == []
    assert in_effect(some) == [some[0]]


def test_the_same_statement_by_its_id() -> None:
    assert laid([decision(1)], Read(7, "b", (0, 3), ((5, 9),)), Read(8, "a", CUE, CONTENT)) == {8: "a"}


def test_a_statement_that_a_newer_reader_draws_otherwise() -> None:
    longer = Read(7, "b", CUE, ((20, 50),))
    assert laid([decision(1)], longer) == {7: "a"}
    assert laid([decision(1, "wrong")], longer) == {}  # that other content may well be right
    assert laid([decision(1, "wrong")], Read(7, "b", CUE, ((20, 42),))) == {7: "a"}
    assert laid([decision(1)], Read(7, "b", (9, 14), ((20, 40),))) == {7: "a"}
    assert laid([decision(1)], Read(7, "b", (60, 64), ((20, 40),))) == {}
    assert laid([decision(1)], Read(7, "b", None, ((20, 40),))) == {}
    assert laid([decision(1, cue=None)], Read(7, "b", None, ((20, 40),))) == {7: "a"}
    assert laid([decision(1)], Read(7, "b", CUE, ((100, 140),))) == {}


def test_a_reader_that_comes_to_see_it_as_people_do() -> None:
    mended = decision(1, "mended", content=((20, 24),))._replace(change={"content": [[20, 60]]})
    assert laid([mended], Read(7, "b", CUE, ((20, 58),))) == {7: "a"}


def test_the_likest_of_several() -> None:
    assert laid([decision(1)], Read(7, "b", CUE, ((20, 30),)), Read(8, "c", CUE, ((20, 39),))) == {8: "a"}
    two = [decision(1), decision(2, ref="z", content=((20, 36),))]
    assert laid(two, Read(7, "b", CUE, ((20, 39),))) == {7: "a"}
    assert laid(two, Read(7, "b", CUE, ((20, 39),)), Read(8, "c", CUE, ((20, 35),))) == {7: "a", 8: "z"}


_ENDS = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))
_CONTENT = st.lists(_ENDS, min_size=1, max_size=2).map(tuple)
_CUE = st.none() | _ENDS


@st.composite
def decisions(draw: st.DrawFn) -> list[Decision]:
    found: list[Decision] = []
    for id in range(1, draw(st.integers(0, 12)) + 1):
        undoes = draw(st.none() | st.integers(1, id - 1)) if id > 1 else None
        if undoes is not None:
            found.append(found[undoes - 1]._replace(id=id, verdict="undone", change={}, undoes=undoes))
            continue
        verdict = draw(st.sampled_from(["right", "wrong", "mended"]))
        change: dict[str, Any] = draw(st.fixed_dictionaries({}, optional={"act": st.sampled_from(["deny", "warn"])}))
        if verdict == "mended" and draw(st.booleans()):
            change["content"] = [list(ends) for ends in draw(_CONTENT)]
        ref = draw(st.sampled_from("abcd"))
        cue, content = next(((d.cue, d.content) for d in found if d.ref == ref), (draw(_CUE), draw(_CONTENT)))
        found.append(decision(id, verdict, ref=ref, cue=cue, content=content)._replace(change=change))
    return found


_READ = st.lists(st.tuples(_CUE, _CONTENT), max_size=6).flatmap(
    lambda some: st.permutations("abcdefghij").map(
        lambda refs: [Read(n, refs[n], cue, content) for n, (cue, content) in enumerate(some)]
    )
)


@given(decisions())
def test_what_is_taken_back_is_as_if_it_had_never_been(some: list[Decision]) -> None:
    for held in in_effect(some):
        back = decision(100, "undone", ref=held.ref, undoes=held.id)
        without = [d for d in some if d.id != held.id]
        assert in_effect([*some, back]) == [d for d in in_effect(some) if d.id != held.id]
        if not any(d.undoes == held.id for d in without):
            assert rulings([*some, back]) == rulings(without)
            again = decision(101, "undone", ref=held.ref, undoes=100)
            assert rulings([*some, back, again]) == rulings(some)


@given(decisions())
def test_the_order_in_which_rows_come_makes_no_difference(some: list[Decision]) -> None:
    assert rulings(some[::-1]) == rulings(some)
    assert standing(some[::-1]) == standing(some)


@given(decisions(), _READ)
def test_each_ruling_lies_over_one_statement_at_most(some: list[Decision], read: list[Read]) -> None:
    ruled = rulings(some)
    found = match(ruled, read)
    assert len({ruling.ref for ruling in found.values()}) == len(found)
    assert found.keys() <= {statement.id for statement in read}
    by_id = {statement.id: statement for statement in read}
    refs = {statement.ref for statement in read}
    for id, ruling in found.items():
        assert by_id[id].ref == ruling.ref or ruling.ref not in refs
    assert {r.ref for r in ruled} & refs <= {ruling.ref for ruling in found.values()}
    assert match(ruled, read[::-1]) == found
