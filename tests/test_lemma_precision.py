"""The measure of the lemmas' precision: hits by lemma, their marks, intervals."""

import lemma_precision as measure
import pytest

import qawl
from qawl.article import Article
from qawl.reading.text import Text

TEXT = "أكدت المديرة سلمى الحداد أن الجسر آمن. وبحسب الحارس فإن المفتاح ضاع."


def test_hits_carry_lemma_and_offsets() -> None:
    found = measure.hits_in([Article(TEXT, id="a")])
    assert [lemma for lemma, _ in found] == ["أَكَّدَ", "بحسب"]
    first = found[0][1]
    assert TEXT[slice(*first.cue)] == "أكدت"
    assert [TEXT[slice(*piece)] for piece in first.content] == ["الجسر آمن"]
    assert first.speaker is not None
    assert "سلمى" in TEXT[slice(*first.speaker)]


def test_no_lemma_where_no_word_reports() -> None:
    assert measure.lemma_of(Text("الجسر طويل."), 0) is None
    assert measure.lemma_of(Text("  الجسر"), 0) is None


def test_marks_stand_around_cue_and_content() -> None:
    reading = qawl.read(TEXT)
    shown = measure._marked(TEXT, measure.hit_of("a", reading.statements[0]))
    assert shown.startswith("⟦أكدت⟧ المديرة")
    assert "{الجسر آمن}" in shown


def test_hits_and_judgements_fit() -> None:
    judged = measure.load_judgements()
    drawn = measure.load_hits()
    hits = [(hit.article, hit.cue[0]) for entry in drawn["lemmas"] for hit in entry["hits"]]
    others = [(hit.article, hit.cue[0]) for hit in drawn["sample"]]
    assert len(hits) == measure.LEMMAS * measure.HITS
    assert len(others) == measure.SAMPLE
    assert {*hits, *others} == set(judged)
    assert all((j.content is None) == (not j.report) for j in judged.values())


@pytest.mark.parametrize(("right", "n"), [(0, 10), (5, 10), (10, 10), (300, 400)])
def test_interval_holds_the_share(right: int, n: int) -> None:
    low, high = measure.interval(right, n)
    assert 0 <= low <= right / n <= high <= 1
    assert high - low < 2 / n**0.5
