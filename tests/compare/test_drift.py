"""Ranking by how far versions are apart."""

from __future__ import annotations

from renderings import rendering

from qawl.compare.drift import distance, drift, most_drifted
from qawl.compare.lists import kinds
from qawl.compare.wording import align, collate

SAME = collate([rendering("السوق مغلقة هذا الشتاء"), rendering("السوق مغلقة في هذا الشتاء", ref="b")])
NEGATION = collate([rendering("البلدية لن تبيع الميناء", ref="c"), rendering("البلدية ستبيع الميناء", ref="d")])
QUOTED = collate([rendering("البلدية ستبيع «الميناء»", ref="e"), rendering("البلدية ستبيع الميناء", ref="f")])


def test_a_pair_weighs_what_its_kinds_weigh() -> None:
    assert drift(NEGATION).score == kinds()["negation"].weight
    assert drift(QUOTED).score == kinds()["quotation"].weight
    assert drift(SAME).score == 0


def test_a_difference_weighs_less_the_less_is_the_same() -> None:
    left = rendering("البلدية لن تبيع الميناء القديم")
    near = align(left, rendering("البلدية ستبيع الميناء القديم", ref="b"))
    far = align(left, rendering("الشركة ستبيع الميناء كله", ref="b"))
    assert {d.kind for d in far.differences} == {d.kind for d in near.differences} == {"negation"}
    assert distance(far) < distance(near)


def test_a_kind_counts_once_however_often_it_occurs() -> None:
    left = rendering("البلدية لن تبيع الميناء ولن تؤجر الجسر الكبير")
    right = rendering("البلدية ستبيع الميناء وستؤجر الجسر الكبير", ref="b")
    assert [d.kind for d in align(left, right).differences] == ["negation", "negation"]
    assert distance(align(left, right)) == kinds()["negation"].weight


def test_copies_add_nothing() -> None:
    copies = [rendering("البلدية لن تبيع الميناء", ref=ref) for ref in "cgh"]
    assert drift(collate([*copies, rendering("البلدية ستبيع الميناء", ref="d")])).score == drift(NEGATION).score


def test_ranking() -> None:
    found = most_drifted([SAME, QUOTED, NEGATION], 10)
    assert [d.collation for d in found] == [NEGATION, QUOTED]
    assert [d.collation for d in most_drifted([QUOTED, NEGATION], 1)] == [NEGATION]
    assert found[0].to_json()["kinds"] == ["negation"]
