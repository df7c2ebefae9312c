"""The tables of reporting words: forms by conjugation, frames, phrases, hedges."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from qawl.arabic.letters import fold
from qawl.lexicon import conjugate, cues
from qawl.lexicon.cues import CueForm

TABLE = cues.load()


def found(word: str) -> tuple[CueForm, ...]:
    return TABLE.forms.get(fold(word), ())


def lemmas(word: str) -> set[str]:
    return {form.lemma.lemma for form in found(word)}


@pytest.mark.parametrize(
    ("word", "lemma", "part", "person", "gender", "number"),
    [
        ("أكد", "أَكَّدَ", "past", 3, "m", "s"),
        ("اكدت", "أَكَّدَ", "past", 3, "f", "s"),
        ("يؤكدون", "أَكَّدَ", "present", 3, "m", "p"),
        ("يقولوا", "قَالَ", "present", 3, "m", "p"),
        ("قلنا", "قَالَ", "past", 1, "", "p"),
        ("قلت", "قَالَ", "past", 1, "", "s"),
        ("نؤكد", "أَكَّدَ", "present", 1, "", "p"),
        ("أعتقد", "اعْتَقَدَ", "present", 1, "", "s"),
        ("ندعو", "دَعَا", "present", 1, "", "p"),
        ("دعت", "دَعَا", "past", 3, "f", "s"),
        ("دعوا", "دَعَا", "past", 3, "m", "p"),
        ("نفت", "نَفَى", "past", 3, "f", "s"),
        ("ينفي", "نَفَى", "present", 3, "m", "s"),
        ("يدين", "أَدَانَ", "present", 3, "m", "s"),
        ("أدانت", "أَدَانَ", "past", 3, "f", "s"),
        ("رأوا", "رَأَى", "past", 3, "m", "p"),
        ("يرون", "رَأَى", "present", 3, "m", "p"),
        ("حثا", "حَثَّ", "past", 3, "m", "d"),
        ("ظنت", "ظَنَّ", "past", 3, "f", "s"),
        ("شكت", "شَكَا", "past", 3, "f", "s"),
        ("نعى", "نَعَى", "past", 3, "m", "s"),
        ("تساءلت", "تَسَاءَلَ", "past", 3, "f", "s"),
        ("تنبأوا", "تَنَبَّأَ", "past", 3, "m", "p"),
        ("مؤكدًا", "أَكَّدَ", "participle", 0, "m", "s"),
        ("مشيرة", "أَشَارَ", "participle", 0, "f", "s"),
        ("مؤكدتين", "أَكَّدَ", "participle", 0, "f", "d"),
        ("معتبرين", "اعْتَبَرَ", "participle", 0, "m", "p"),
        ("داعيا", "دَعَا", "participle", 0, "m", "s"),
        ("متمنيا", "تَمَنَّى", "participle", 0, "m", "s"),
        ("نافية", "نَفَى", "participle", 0, "f", "s"),
        ("تأكيد", "أَكَّدَ", "masdar", 0, "", ""),
        ("اتهامات", "اتَّهَمَ", "masdar", 0, "", ""),
        ("تحذيرات", "حَذَّرَ", "masdar", 0, "", ""),
    ],
)
def test_form(word: str, lemma: str, part: str, person: int, gender: str, number: str) -> None:
    assert any(
        (f.lemma.lemma, f.part, f.person, f.gender, f.number, f.passive) == (lemma, part, person, gender, number, False)
        for f in found(word)
    )


@pytest.mark.parametrize(("word", "lemma"), [("قيل", "قَالَ"), ("يقال", "قَالَ"), ("وصفت", "وَصَفَ"), ("يعتقد", "اعْتَقَدَ")])
def test_passive(word: str, lemma: str) -> None:
    assert any(f.passive and f.lemma.lemma == lemma for f in found(word))


@pytest.mark.parametrize(
    "word", ["قل", "أنه", "مصر", "مدينة", "مركز", "يجب", "عقب", "نصف", "أثناء", "مصدر", "طالبان", "لم"]
)
def test_other_words_stay_out(word: str) -> None:
    assert found(word) == ()


def test_forms_that_share_a_fold_are_known_by_their_exact_spelling() -> None:
    assert TABLE.exact[fold("هنأ")] == {"هنأ"}
    assert "هَنَّأَ" in lemmas("هنا")  # one fold: the reader asks `exact`


def test_frames() -> None:
    warn = next(f.lemma for f in found("حذرت"))
    assert sorted(warn.clause) == sorted(("من_أن", "أن", "بأن", "إن", ":"))
    assert sorted(warn.phrase) == ["من", "ه>من"]
    assert warn.act == "warn"
    assert not warn.doubt


def test_act_of_a_phrase_may_be_another() -> None:
    stress = next(f.lemma for f in found("شدد"))
    assert (stress.act, stress.phrase_act) == ("assert", "urge")


def test_light_verb_lists_all_forms_of_its_nouns() -> None:
    give = next(f.lemma for f in found("قدم") if f.lemma.lemma == "قَدَّمَ")
    nouns = next(frame for frame in give.phrase if frame.startswith("+"))[1:].split("|")
    assert {fold(n) for n in ("تعزية", "تعازي", "شكرا", "اعتذارا")} <= set(nouns)


def test_act_of_a_light_verb_comes_from_its_noun() -> None:
    acts = TABLE.noun_acts
    assert (acts[fold("تعازي")], acts[fold("شكر")], acts[fold("اتهامات")]) == ("express", "praise", "condemn")


@pytest.mark.parametrize(
    ("text", "length", "glued"),
    [("وفقا للمدير", 1, "ل"), ("بحسب الحارس", 1, ""), ("على حد قول الراعي", 3, ""), ("نقلا عن شاهد", 2, "")],
)
def test_source_phrase(text: str, length: int, glued: str) -> None:
    hit = TABLE.phrase_at(fold(text).split(), 0)
    assert hit is not None
    assert (hit[0], hit[1].glued) == (length, glued)


@pytest.mark.parametrize("text", ["وفقا", "على حد", "نقلا من شاهد", "وفقا بهذا"])
def test_no_source_phrase(text: str) -> None:
    assert TABLE.phrase_at(fold(text).split(), 0) is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("على حد تعبيره", 3),
        ("من وجهة نظرها", 3),
        ("بحسب قولهم", 2),
        ("وفقا لتعبيره", 2),
        ("وفق رؤيته", 2),
        ("ما وصفه بالظلم", 2),
        ("ما سماه لعبة", 2),
        ("ما رآه خطأ", 2),
        ("ما وصفوه بالظلم", 2),
        ("مما تعتبره خطرا", 2),
        ("كما قال", 2),
    ],
)
def test_hedge(text: str, length: int) -> None:
    hit = TABLE.hedge_at(fold(text).split(), 0)
    assert hit is not None
    assert hit[0] == length


@pytest.mark.parametrize("text", ["على حد تعبير الوزير", "ما وصفه المدير", "بحسب القانون", "ما يبدو"])
def test_no_hedge(text: str) -> None:
    assert TABLE.hedge_at(fold(text).split(), 0) is None


def test_enough_lemmas() -> None:
    kinds = [lemma.kind for lemma in TABLE.lemmas]
    assert kinds.count("verb") >= 230
    assert len(kinds) >= 300


def test_numbers_follow_the_tables() -> None:
    assert [lemma.number for lemma in TABLE.lemmas] == list(range(len(TABLE.lemmas)))


def test_every_key_is_folded_and_no_form_stands_twice() -> None:
    for key, forms in TABLE.forms.items():
        assert fold(key) == key
        assert len(set(forms)) == len(forms)


def test_build_is_what_stands_in_the_package() -> None:
    lines = list(conjugate.build(cues.read_rows("verbs")))
    assert "\n".join(lines) + "\n" == (cues.TABLES / "forms.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("root", "form"), [("ق و ل", "II"), ("ق و", "II"), ("ق و ل", "LX")])
def test_a_root_that_does_not_give_the_lemma(root: str, form: str) -> None:
    row = {"lemma": "قَالَ", "root": root, "form": form, "masdar": "", "without": ""}
    with pytest.raises(conjugate.VerbError):
        conjugate.conjugate(row)


def test_a_part_and_a_form_can_be_left_out() -> None:
    row = {"lemma": "أَصَرَّ", "root": "ص ر ر", "form": "IV", "masdar": "", "without": "participle نصر"}
    made = conjugate.conjugate(row)
    assert {line.part for line in made} == {"past", "present", "masdar"}
    assert "نصر" not in " ".join(line.line() for line in made)


def test_loading_is_quick() -> None:
    """Loading is a small share of the half second that importing and a first article may take."""
    best = 9.0
    for _ in range(5):
        start = time.process_time()
        cues.read()
        best = min(best, time.process_time() - start)
    assert best < 0.12  # seconds; 0.04 where nothing else runs


def test_reading_needs_no_mazini() -> None:
    code = "import sys; sys.modules['mazini'] = None; from qawl.lexicon import cues, check; cues.load(); check.check()"
    subprocess.run([sys.executable, "-c", code], check=True)
