"""What holds for any text at all: a reading, twice the same, made of slices of the text."""

import json
import re
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import qawl
from qawl import samples
from qawl.schema import schema
from qawl.statement import Reading, Span

_WORDS = """
    قال قالت وقال وأضاف أضافت أكد أكدت مؤكدا مؤكدًا مشيرا إلى أن إن بأن أنه كان قد لا لم لن الذي التي بحسب وفقا لـ على
    حد تعبيره نقلت عن قوله وكالة رويترز وزير وزيرة الخارجية رئيس مجلس الشورى المتحدث باسم سالم سليم هدى الغامري محمد
    بن عبد الله الرئيس الحكومة بيان تصريح تغريدة أمس الثلاثاء 5 مارس نحن أعتقد ندعو نفى دعا طالب حذر من ضرورة وزارة
    اتهم وصف بأنها تساءل هل و ف ثم في من خلال مؤتمر صحفي اكد ان الى قَالَ قـــال كما ذكرت صحيفة
""".split()
_MARKS = [*"\"«»“”„'‘’()[]{}:؛،,.؟?!…-–—□\n\r\t #@", "\n\n", *"\u200f\u200e\u2067\u2069\ufeff\u00a0"]

soup = st.lists(st.sampled_from(_WORDS) | st.sampled_from(_MARKS), max_size=60).map(" ".join)
glued = st.lists(st.sampled_from(_WORDS) | st.sampled_from(_MARKS), max_size=60).map("".join)
letters = st.text(st.sampled_from("".join(chr(c) for c in range(0x600, 0x700)) + ' \n"«».:،'), max_size=200)
anything = st.text(max_size=200) | soup | glued | letters

_VALID = Draft202012Validator(schema())
_settings = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _spans(reading: Reading) -> list[Span]:
    found: list[Span | None] = []
    for s in reading.statements:
        found += [s.cue, s.source, s.hedge, s.setting, *s.content, *(m.span for m in s.about)]
        found += [s.said_at.span] if s.said_at else []
    for speaker in reading.speakers:
        found += speaker.mentions
    return [span for span in found if span is not None]


@_settings
@given(anything)
def test_any_text_has_a_reading_of_slices(text: str) -> None:
    reading = qawl.read(text)
    for span in _spans(reading):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    assert 0 <= reading.outlet_share <= 1


def test_pieces_of_articles_are_read() -> None:
    """Cut off anywhere, with marks that are lost or left over: articles break at places that no soup of words has."""
    random = Random(5)
    whole = [re.split(r"(\s+)", one.text) for one in (*samples.load(), *samples.load_week())]
    for _ in range(3000):
        words = random.choice(whole)
        begin = random.randrange(len(words))
        piece = words[begin : begin + random.randrange(1, 60)]
        at = random.randrange(len(piece))
        piece[at] = random.choice(('"', "«", "(", "")) + piece[at].strip('"«».')
        text = "".join(piece).rstrip(random.choice(("", ".", ' .،"»'))) + random.choice(("", " ", '"', "»"))
        for span in _spans(qawl.read(text)):
            assert text[span.start : span.end] == span.text


@pytest.mark.parametrize("text", ['وردا "على ', 'قال كريم النهري إن البيت قديم، مشددا "على', 'أكد "أهمية الحوار"'])
def test_a_text_may_end_within_a_quotation(text: str) -> None:
    for span in _spans(qawl.read(text)):
        assert text[span.start : span.end] == span.text


@_settings
@given(anything)
def test_statements_and_speakers_hang_together(text: str) -> None:
    reading = qawl.read(text)
    known = {speaker.id: speaker for speaker in reading.speakers}
    assert len(known) == len(reading.speakers)
    for number, s in enumerate(reading.statements):
        assert s.content
        assert 0 <= s.confidence <= 1
        assert s.speaker is None or known[s.speaker.id] == s.speaker
        assert s.addressee is None or known[s.addressee.id] == s.addressee
        assert s.parent is None or 0 <= s.parent < len(reading.statements)
        seen, above = {number}, s.parent
        while above is not None:
            assert above not in seen, "parents run in a circle"
            seen.add(above)
            above = reading.statements[above].parent


@_settings
@given(anything)
def test_twice_the_same(text: str) -> None:
    first = qawl.read(text)
    qawl.read("قال الوزير سالم الغامري إن السد امتلأ.")  # what was read between must not matter
    assert qawl.read(text) == first


@_settings
@given(anything)
def test_json_round_trip(text: str) -> None:
    reading = qawl.read(text)
    value = json.loads(json.dumps(reading.to_json(), ensure_ascii=False))
    _VALID.validate(value)
    again = Reading.from_json(value)
    assert again.to_json() == value
    assert again.speakers == reading.speakers
