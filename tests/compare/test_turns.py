from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qawl.compare.turns import Entry, Nearness, Stretch, stretches, turns
from qawl.statement import ACTS, Act, Polarity


def entry(day: int, words: str, act: Act = "assert", polarity: Polarity = "positive") -> Entry:
    return Entry(f"s{day}", f"2024-05-{day:02}", act, polarity, frozenset(words.split()))


def test_a_later_denial_of_the_same_is_a_turn() -> None:
    line = [entry(1, "سد يبني ربيع"), entry(9, "سد يبني ربيع", polarity="negative")]
    line[1] = replace(line[1], negated=frozenset({"يبني"}))
    (turn,) = turns(line)
    assert (turn.earlier, turn.later, turn.kind) == (0, 1, "polarity")
    assert turn.score > 0.9


def test_a_negation_of_what_the_other_does_not_say_is_no_turn() -> None:
    assert turns([entry(1, "سد يبني ربيع"), entry(9, "سد يبني ربيع", polarity="negative")]) == []


def test_a_denial_counts_for_less_than_a_negated_word() -> None:
    (turn,) = turns([entry(1, "سد يبني ربيع"), entry(9, "سد يبني ربيع", act="deny")])
    assert 0.6 < turn.score < 0.8


def test_the_words_of_the_subject_bring_nothing_near() -> None:
    line = [entry(1, "سد غدير يفتح"), entry(2, "سد غدير مدرسه", act="deny")]
    assert turns(line) != []
    assert turns(line, frozenset({"سد", "غدير"})) == []


def test_the_act_of_denying_negates_too() -> None:
    assert [t.kind for t in turns([entry(1, "سد يبني"), entry(2, "سد يبني", act="deny")])] == ["polarity"]
    assert turns([entry(1, "سد يبني", polarity="negative"), entry(2, "سد يبني", act="deny")]) == []


def test_from_warning_to_praise_is_a_turn_and_back_as_well() -> None:
    there, back = turns([entry(1, "اتفاق صيد", "warn"), entry(2, "اتفاق صيد", "praise"), entry(3, "اتفاق صيد", "warn")])
    assert (there.kind, there.earlier, there.later) == ("act", 0, 1)
    assert (back.earlier, back.later) == (1, 2)


def test_what_was_turned_to_before_is_no_turn_again() -> None:
    again = [replace(entry(day, "سد يبني", polarity="negative"), negated=frozenset({"يبني"})) for day in (2, 3)]
    line = [entry(1, "سد يبني"), *again]
    assert [(t.earlier, t.later) for t in turns(line)] == [(0, 1)]


def test_another_subject_and_the_same_day_are_no_turns() -> None:
    assert turns([entry(1, "سد يبني"), entry(2, "مدرسه تغلق", polarity="negative")]) == []
    assert turns([entry(1, "سد يبني"), entry(1, "سد يبني", polarity="negative")]) == []


def test_sameness_is_one_stretch() -> None:
    line = [
        entry(1, "سد يبني ربيع"),
        entry(2, "سد يبني ربيع"),
        entry(3, "سد يبني ربيع", polarity="negative"),
        entry(4, "مدرسه تغلق"),
    ]
    assert stretches(line) == [Stretch(0, 2), Stretch(2, 3), Stretch(3, 4)]


_ENTRIES = st.lists(
    st.builds(
        entry,
        st.integers(1, 28),
        st.lists(st.sampled_from("ابتث")).map(" ".join),
        st.sampled_from(ACTS),
        st.sampled_from(("positive", "negative")),
    )
)


@given(_ENTRIES)
def test_any_line(line: list[Entry]) -> None:
    line.sort(key=lambda e: e.day)
    found = turns(line)
    assert found == turns(line)
    assert all(line[t.earlier].day < line[t.later].day and 0 < t.score <= 1 + 1e-9 for t in found)
    assert [at for s in stretches(line) for at in range(s.first, s.last)] == list(range(len(line)))


@given(_ENTRIES)
def test_nearness_is_symmetric_and_at_most_one(line: list[Entry]) -> None:
    near = Nearness(line)
    for one in range(len(line)):
        for other in range(len(line)):
            assert near(one, other) == near(other, one)
            assert 0 <= near(one, other) <= 1 + 1e-9
