"""Who is one with whom: full names, short names, offices, bodies; decisions; properties."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from qawl.people.appearance import Appearance, Attachment, Candidate, Clustering, Decision, EntityKind, Term
from qawl.people.clustering import attach, cluster, describe, keys


def people(*names: str | tuple[str, str | None] | tuple[str, str | None, str], start: int = 1) -> list[Appearance]:
    """Appearances of persons by name, role and day, each in an article of its own, numbered from `start`."""
    found = []
    for number, given_ in enumerate(names, start):
        name, role, day = (given_, None, "2031-05-01") if isinstance(given_, str) else (*given_, "2031-05-01")[:3]
        found.append(Appearance(number, "person", name, (), role, "الجبل", day))
    return found


def groups(clustering: Clustering) -> set[frozenset[int]]:
    return {frozenset(member.id for member in group) for group in clustering.groups}


def joined(*names: str | tuple[str, str | None]) -> bool:
    return len(cluster(people(*names)).groups) == 1


def where(attachment: Attachment) -> dict[int, int]:
    return {member.id: number for number, member in attachment.attached}


def test_spellings_of_a_foreign_name_are_one() -> None:
    assert joined("غوردون بتروفنكو", "جوردون بيتروفنكو", "#غوردون_بتروفنكو", "السيد غوردون بتروفنكو")


def test_a_surname_read_with_another_word_goes_to_who_is_known_by_it() -> None:
    known = [("غوردون بتروفنكو", None)] * 30
    found = groups(cluster(people(*known, "بتروفنكو صراحة")))
    assert found == {frozenset(range(1, 32))}
    few = groups(cluster(people("غوردون بتروفنكو", "بتروفنكو صراحة")))
    assert len(few) == 2  # one article makes nobody known
    other = groups(cluster(people(*known, ("بتروفنكو صراحة", "وزير الطرق النرويجي"))))
    assert len(other) == 2  # somebody who is told of under these two words


def test_of_two_that_are_known_by_a_surname_neither_gets_it_with_another_word() -> None:
    both = [("غوردون بتروفنكو", None)] * 30 + [("سالم بتروفنكو", None)] * 30
    assert len(groups(cluster(people(*both, "بتروفنكو صراحة")))) == 3


def test_two_slips_are_one_name_only_under_one_office() -> None:
    office = "وزير الطرق النرويجي"
    assert joined(*[("هيلمر بتروفنكو", office)] * 9, ("هيدمز بتروفنكو", office))
    assert not joined(*["هيلمر بتروفنكو"] * 9, "هيدمز بتروفنكو")


def test_two_names_of_their_own_are_two() -> None:
    assert not joined("حسن الجبلاوي", "حسين الجبلاوي")


def test_a_common_name_with_other_states_and_fields_is_two() -> None:
    two = people(("محمد علي", "وزير الطرق العراقي"), ("محمد علي", "لاعب المنتخب التونسي"))
    assert len(cluster(two).groups) == 2


def test_a_rare_name_survives_a_misread_role() -> None:
    assert joined(("غوردون بتروفنكو", "وزير الطرق النرويجي"), ("غوردون بتروفنكو", "وزير الطرق السويدي"))


def test_a_slip_of_the_pen_needs_the_same_office() -> None:
    assert joined(("تيريزا هارلاند", "وزيرة الطرق النرويجية"), ("نيريزا هارلاند", "وزيرة الطرق النرويجية"))
    assert not joined("تيريزا هارلاند", "نيريزا هارلاند")


def test_son_and_father_are_two() -> None:
    assert not joined(("مراد بن سالم آل نهر", "الأمير"), ("سالم آل نهر", "الأمير"))
    assert not joined("جون هارلاند", "جون هارلاند جونيور")


def test_a_shorter_name_goes_to_the_only_longer_one() -> None:
    assert joined(("غوردون بتروفنكو هارلاند", "وزير الطرق النرويجي"), ("غوردون هارلاند", "وزير الطرق النرويجي"))


def test_two_longer_names_take_no_shorter_one() -> None:
    three = people(
        *[("مراد جبل نهراوي", "وزير الطرق النرويجي")] * 2,
        *[("مراد بحر نهراوي", "وزير الطرق النرويجي")] * 2,
        ("مراد نهراوي", "وزير الطرق النرويجي"),
    )
    clustering = cluster(three)
    assert frozenset({5}) in groups(clustering)
    assert any("others may be meant" in doubt.reasons for doubt in clustering.doubts)


def test_vague_descriptions_are_alone() -> None:
    for name in ("المتحدث", "الرجل", "مراسلنا", "الخبير النرويجي"):
        how = keys(Appearance(1, "person", name, (), name))
        assert (how.rank, how.full, how.wanted) == ("full", (), None)
    others: list[tuple[EntityKind, str]] = [
        ("organization", "الوزارة"),
        ("group", "الصحفيون"),
        ("document", "التقرير"),
    ]
    for kind, name in others:
        assert keys(Appearance(1, kind, name)).full == ()


def test_a_body_read_as_a_place_or_person_is_the_body() -> None:
    kinds: tuple[EntityKind, ...] = ("organization", "place")
    assert len({keys(Appearance(1, kind, "النرويج")).full for kind in kinds}) == 1
    assert (
        keys(Appearance(1, "person", "عربية", (), "سكاي نيوز")).full
        == keys(Appearance(1, "organization", "سكاي نيوز عربية")).full
    )


def test_an_outlet_without_its_state_goes_to_the_only_one_of_the_name() -> None:
    names = ("صحيفة «النهرين الجديد» النرويجية", "صحيفة «النهرين الجديد»")
    one = [Appearance(n, "organization", name) for n, name in enumerate(names)]
    assert len(cluster(one).groups) == 1
    other = [*one, Appearance(9, "organization", "صحيفة «النهرين الجديد» السويدية")]
    assert len(cluster(other).groups) == 3


def test_a_government_called_by_its_leader_goes_to_the_state_that_other_articles_tell() -> None:
    told = [Appearance(n, "organization", "إدارة النرويج", ("إدارة بتروفنكو",)) for n in range(1, 4)]
    untold = [Appearance(50, "organization", "إدارة مراد بتروفنكو"), Appearance(51, "organization", "ادارة بيتروفنكو")]
    wanted = {keys(one).wanted for one in untold}
    assert len(wanted) == 1
    assert wanted <= set(keys(told[0]).offered)
    assert where(attach(untold, [Candidate(7, tuple(told))])) == {50: 7, 51: 7}
    other = [Appearance(n, "organization", "إدارة السويد", ("إدارة بتروفنكو",)) for n in range(11, 14)]
    assert where(attach(untold, [Candidate(7, tuple(told)), Candidate(8, tuple(other))])) == {}
    assert groups(attach(untold, []).apart) == {frozenset({50, 51})}
    assert keys(Appearance(1, "organization", "إدارة الطرق")).wanted is None


def test_a_short_name_goes_to_whom_it_means() -> None:
    known = people(*[("غوردون بتروفنكو", "وزير الطرق النرويجي", f"2031-05-0{day}") for day in range(1, 6)])
    short = people(("بتروفنكو", None, "2031-05-03"), ("الوزير بتروفنكو", "الوزير بتروفنكو", "2031-05-09"), start=50)
    assert where(attach(short, [Candidate(7, tuple(known))])) == {50: 7, 51: 7}


def test_a_short_name_of_two_goes_to_none_unless_the_office_tells() -> None:
    one = people(*[("غوردون بتروفنكو", "وزير الطرق النرويجي")] * 4)
    other = people(*[("هيلدا بتروفنكو", "وزيرة الصيد السويدية")] * 4, start=20)
    short = people("بتروفنكو", ("بتروفنكو", "وزيرة الصيد السويدية"), start=50)
    result = attach(short, [Candidate(1, tuple(one)), Candidate(2, tuple(other))])
    assert where(result) == {51: 2}
    assert groups(result.apart) == {frozenset({50})}


def test_an_office_goes_to_its_holder_on_that_day() -> None:
    first = people(*[("غوردون بتروفنكو", "وزير الطرق النرويجي", f"2031-03-0{day}") for day in range(1, 6)])
    then = people(*[("هيلدا هارلاند", "وزيرة الطرق النرويجية", f"2031-07-0{day}") for day in range(1, 6)], start=20)
    role = "وزير الطرق النرويجي"
    alone = people((role, role, "2031-03-04"), (role, role, "2031-07-04"), (role, role, "2031-05-04"), start=50)
    result = attach(alone, [Candidate(1, tuple(first)), Candidate(2, tuple(then))])
    assert where(result) == {50: 1, 51: 2}
    assert groups(result.apart) == {frozenset({52})}


def test_a_slip_makes_no_holder() -> None:
    role = "رئيس السويد"
    slip = Candidate(1, tuple(people(("غوردون بتروفنكو", role))), size=300)
    assert where(attach(people((role, role), start=50), [slip])) == {}


def test_a_former_office_is_not_held() -> None:
    how = keys(people(("غوردون بتروفنكو", "وزير الطرق النرويجي السابق"))[0])
    assert not any(key.startswith("person:office:") for key in how.offered)


def test_decisions_always_hold_and_the_later_one_wins() -> None:
    two = people("غوردون بتروفنكو", "غوردون بتروفنكو", "هيلدا هارلاند")
    apart = Decision("different", 1, 2)
    assert not any({1, 2} <= group for group in groups(cluster(two, [apart])))
    same = Decision("same", 1, 3)
    assert frozenset({1, 2, 3}) in groups(cluster(two, [same]))
    assert not any({1, 2} <= group for group in groups(cluster(two, [Decision("same", 1, 2), apart])))
    assert any({1, 2} <= group for group in groups(cluster(two, [apart, Decision("same", 1, 2)])))


def test_decisions_about_short_names() -> None:
    known = people(*["غوردون بتروفنكو"] * 4)
    short = people("بتروفنكو", "بتروفنكو", start=50)
    candidates = [Candidate(7, tuple(known))]
    assert where(attach(short, candidates, [Decision("different", 50, 1)])) == {51: 7}
    stranger = people("بتروفنكو", start=60)
    assert where(attach(stranger, [Candidate(8, tuple(people("هيلدا هارلاند")))], [Decision("same", 60, 1)])) == {60: 8}


def test_two_known_persons_are_never_one() -> None:
    known = [Appearance(n, "person", "غوردون بتروفنكو", known=n) for n in (1, 2)]
    clustering = cluster([*known, *people("غوردون بتروفنكو", start=5)])
    assert not any({1, 2} <= group for group in groups(clustering))


def test_a_known_person_is_found_by_all_names() -> None:
    known = Appearance(1, "person", "Gordon Petrovenko", ("غوردون بتروفنكو",), known=1, country="NO")
    how = keys(known)
    assert set(keys(people("غوردون بتروفنكو")[0]).full) <= set(how.full)
    assert frozenset({1, 5}) in groups(cluster([known, *people("جوردون بتروفنكو", start=5)]))


def test_description() -> None:
    about = people(
        ("غوردون بتروفنكو", "وزير الطرق النرويجي", "2031-03-01"),
        ("غوردون بتروفنكو", "وزير الطرق في النرويج", "2031-04-01"),
        ("غوردون بتروفنكو", "وزير الصيد النرويجي", "2031-09-01"),
        ("بتروفنكو", None, "2031-09-02"),
        ("جوردون بتروفنكو", "وزير الصيد النرويجي السابق", "2032-01-02"),
    )
    description = describe(about)
    assert (description.kind, description.name, description.country) == ("person", "غوردون بتروفنكو", "NO")
    offices = {(o.title, o.of): (o.first, o.last, o.count) for o in description.offices}
    assert offices[("وزير الصيد", "NO")] == ("2031-09-01", "2031-09-01", 1)
    assert offices[("وزير الطرق", "NO")][2] >= 1


def test_description_of_states_and_bodies() -> None:
    def relation(name: str) -> tuple[str, str]:
        found = describe([Appearance(1, "organization", name)]).relations[0]
        return found.kind, found.of

    assert relation("النرويج") == ("state_of", "NO")
    assert relation("موسكو") == ("capital_of", "RU")
    assert relation("الحكومة النرويجية") == ("body_of", "NO")
    role = "وزير الطرق النرويجي"
    office = describe(people((role, role)))
    assert office.kind == "office"
    assert [(one.kind, one.of) for one in office.relations] == [("office_of", "NO")]


def test_terms_of_imported_data_are_offices() -> None:
    term = Term("وزير الطرق", "NO", "2030-01-01", "2031-01-01")
    known = Appearance(1, "person", "غوردون بتروفنكو", known=1, country="NO", terms=(term,))
    assert any(key == "person:office:وزير طرق|NO" for key in keys(known).offered)
    assert [(o.title, o.first) for o in describe([known]).offices] == [("وزير الطرق", "2030-01-01")]


_NAMES = ["غوردون بتروفنكو", "جوردون بيتروفنكو", "محمد علي", "محمد حسن علي", "حسن محمد", "بتروفنكو هارلاند", "مراد نهر"]
_ROLES = [None, "وزير الطرق النرويجي", "لاعب", "الكاتب السويدي", "رئيس الوزراء العراقي"]
_appearances = st.lists(
    st.tuples(st.sampled_from(_NAMES), st.sampled_from(_ROLES), st.integers(1, 28)), min_size=1, max_size=14
).map(lambda rows: people(*[(name, role, f"2031-05-{day:02}") for name, role, day in rows]))
_decisions = st.lists(
    st.tuples(st.sampled_from(["same", "different"]), st.integers(1, 14), st.integers(1, 14)), max_size=4
).map(lambda rows: [Decision("same" if verdict == "same" else "different", one, other) for verdict, one, other in rows])


def _shuffled(appearances: Sequence[Appearance], seed: int) -> list[Appearance]:
    mixed = list(appearances)
    random.Random(seed).shuffle(mixed)
    return mixed


@settings(max_examples=60, deadline=None)
@given(_appearances, _decisions, st.integers(0, 9))
def test_each_is_in_one_group_whatever_the_order(
    appearances: list[Appearance], decisions: list[Decision], seed: int
) -> None:
    clustering = cluster(appearances, decisions)
    assert sorted(member.id for group in clustering.groups for member in group) == [one.id for one in appearances]
    assert cluster(_shuffled(appearances, seed), decisions) == clustering


@settings(max_examples=60, deadline=None)
@given(_appearances, st.integers(1, 14), st.integers(1, 14))
def test_the_last_decision_holds(appearances: list[Appearance], one: int, other: int) -> None:
    ids = {appearance.id for appearance in appearances}
    if one == other or not {one, other} <= ids:
        return
    before = [Decision("same", 1, 2), Decision("different", 1, 3)]
    assert any({one, other} <= group for group in groups(cluster(appearances, [*before, Decision("same", one, other)])))
    parted = groups(cluster(appearances, [*before, Decision("different", one, other)]))
    assert not any({one, other} <= group for group in parted)


@settings(max_examples=40, deadline=None)
@given(_appearances)
def test_blocks_by_keys_give_what_all_together_give(appearances: list[Appearance]) -> None:
    assert {group for block in _blocks(appearances) for group in groups(cluster(block))} == groups(cluster(appearances))


def _blocks(appearances: Iterable[Appearance]) -> list[list[Appearance]]:
    blocks: list[tuple[set[str], list[Appearance]]] = []
    for appearance in appearances:
        own, members = set(keys(appearance).full), [appearance]
        rest = []
        for shared, block in blocks:
            if shared & own:
                own |= shared
                members += block
            else:
                rest.append((shared, block))
        blocks = [*rest, (own, members)]
    return [sorted(members, key=lambda one: one.id) for _, members in blocks]


_KINDS: tuple[EntityKind, ...] = ("person", "organization", "group", "place", "document")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(_KINDS), st.text(max_size=60), st.none() | st.text(max_size=60), st.lists(st.text(max_size=40)))
def test_total(kind: EntityKind, name: str, role: str | None, aliases: list[str]) -> None:
    one = Appearance(1, kind, name, tuple(aliases), role, "الجبل", "2031-05-01")
    how = keys(one)
    assert (how.wanted is None) == (how.rank == "full")
    again = Appearance(2, kind, name, tuple(aliases), role, "الجبل", "2031-05-01")
    both = [one, again]
    if how.rank == "full":
        cluster(both)
    else:
        attach(both, [Candidate(1, tuple(people("غوردون بتروفنكو", start=9)))])
    describe(both)


def test_keys_depend_on_the_form_alone() -> None:
    seen: dict[tuple[str, str | None], set[object]] = defaultdict(set)
    for day in ("2031-05-01", "2032-05-01"):
        for one in people(("غوردون بتروفنكو", "وزير الطرق النرويجي", day)):
            seen[one.name, one.role].add(keys(one))
    assert all(len(found) == 1 for found in seen.values())
