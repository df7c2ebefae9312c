"""The reader as a whole: small articles of our own, who speaks when nobody is named, hard input, linear time."""

import time
from collections.abc import Callable

import pytest
from sentences import Case, case, check, said

import qawl
from qawl.article import Article

#: Subjects left out are carried on by gender, number and focus.
CARRIED = [
    case(
        "the same speaker over paragraphs",
        "أكد وزير الري فهد الراجي أن السد ممتلئ.\n\nوأضاف أن القنوات نظيفة.\n\nوأوضح أن الري سيبدأ غدا.",
        said("أكد", "وزير الري فهد الراجي", "السد ممتلئ", by="فهد الراجي"),
        said("أضاف", None, "القنوات نظيفة", by="فهد الراجي"),
        said("أوضح", None, "الري سيبدأ غدا", by="فهد الراجي"),
    ),
    case(
        "gender tells which of two",
        "أكدت الوزيرة سلمى الزيتوني أن المتحف جاهز. وقال المدير نادر القلعاوي إن الباب مفتوح. وأضافت أن الزوار كثر.",
        said("أكدت", "الوزيرة سلمى الزيتوني", "المتحف جاهز", by="سلمى الزيتوني"),
        said("قال", "المدير نادر القلعاوي", "الباب مفتوح", by="نادر القلعاوي"),
        said("أضافت", None, "الزوار كثر", by="سلمى الزيتوني"),
    ),
    case(
        "a surname stands for the full name",
        "قال الخبير مروان الصيرفي إن السوق راكدة. وتوقع الصيرفي أن تنخفض الأسعار.",
        said("قال", "الخبير مروان الصيرفي", "السوق راكدة", by="مروان الصيرفي"),
        said("توقع", "الصيرفي", "تنخفض الأسعار", "assess", by="مروان الصيرفي"),
    ),
    case(
        "an office stands for whoever holds it",
        "قال وزير الصحة كريم البرغوتي إن اللقاح متوفر. وشدد الوزير على أن المراكز مفتوحة.",
        said("قال", "وزير الصحة كريم البرغوتي", "اللقاح متوفر", by="كريم البرغوتي"),
        said("شدد", "الوزير", "المراكز مفتوحة", by="كريم البرغوتي"),
    ),
    case(
        "the statement speaks for its issuer",
        "قالت وزارة الصحة في بيان إن اللقاح متوفر. وأضاف البيان أن المراكز مفتوحة.",
        said("قالت", "وزارة الصحة", "اللقاح متوفر"),
        said("أضاف", "البيان", "المراكز مفتوحة", by="وزارة الصحة"),
    ),
    case(
        "a plural after two",
        "أكد التجار أن الأسعار ارتفعت. وقالوا إن الزبائن قلوا.",
        said("أكد", "التجار", "الأسعار ارتفعت"),
        said("قالوا", None, "الزبائن قلوا", by="التجار"),
    ),
    case(
        "the whole body in one paragraph, no hamza",
        "اكد محافظ الساحل فهد الراجي ان الطريق سيفتح غدا. واضاف ان الجسر امن. واشار الى ان الحركة طبيعية.",
        said("اكد", "محافظ الساحل فهد الراجي", "الطريق سيفتح غدا", by="فهد الراجي"),
        said("اضاف", None, "الجسر امن", by="فهد الراجي"),
        said("اشار", None, "الحركة طبيعية", by="فهد الراجي"),
    ),
    case(
        "the headline's short name is the body's full one",
        "الراجي: لا زيادة في الضرائب\n\nقال وزير المالية فهد الراجي إن الضرائب لن ترتفع هذا العام.",
        said(":", "الراجي", "لا زيادة في الضرائب", by="فهد الراجي"),
        said("قال", "وزير المالية فهد الراجي", "الضرائب لن ترتفع هذا العام", by="فهد الراجي"),
    ),
]

CASES = CARRIED


@pytest.mark.parametrize("wanted", CASES, ids=lambda c: c.what)
def test_articles(wanted: Case) -> None:
    check(wanted)


def test_a_hedge_at_the_end_is_no_second_statement() -> None:
    (one,) = qawl.read("قال المدير نادر القلعاوي إن الباب مفتوح، على حد تعبيره.").statements
    assert one.hedge is not None
    assert one.hedge.text == "على حد تعبيره"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "\ufeff",
        "hello world",
        "12 345",
        "«»",
        '""',
        "قال",
        "قال:",
        "قال إن",
        "أكد أن",
        'أكد أن "',
        "إن.",
        ": نعم",
        "قال الوزير:\n",
        "دعا إلى",
        "بحسب",
        "وفقا لـ",
        "نقلت الوكالة عن",
        "«قال»",
        "و",
        "ـ",
        "\u200f",
        "مؤكدا أن",
    ],
)
def test_nothing_said(text: str) -> None:
    reading = qawl.read(text)
    assert reading.statements == ()
    assert reading.outlet_share == 1.0


def test_an_article_and_its_text_read_the_same() -> None:
    text = "قال المدير نادر القلعاوي إن الباب مفتوح."
    assert qawl.read(Article(text)).statements == qawl.read(text).statements
    assert qawl.read(Article(text, id="a1")).id == "a1"


def test_the_outlets_share_is_what_nobody_said() -> None:
    reading = qawl.read("قال المدير نادر القلعاوي إن الباب مفتوح.")
    assert reading.outlet_share == pytest.approx(5 / 7)
    assert qawl.read("وصل القطار إلى المحطة.").outlet_share == 1.0


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\u2029", "\n\n\n"])
def test_line_breaks_of_every_kind_part_paragraphs(newline: str) -> None:
    text = newline.join(["قال المدير نادر القلعاوي إن الباب مفتوح", "غادر الزوار المتحف"])
    (one,) = qawl.read(text).statements
    assert one.text == "الباب مفتوح"


def test_spans_count_code_points_past_the_basic_plane() -> None:
    text = "😀😀 قال المدير نادر القلعاوي إن الباب 🚪 مفتوح 😀."
    (one,) = qawl.read(text).statements
    assert one.cue is not None
    assert text[one.cue.start : one.cue.end] == "قال"
    assert one.content[0].text.startswith("الباب 🚪 مفتوح")
    assert text[one.content[0].start : one.content[0].end] == one.content[0].text


_SAID = "قال الوزير سالم الغامري إن السد امتلأ. "

#: Hard input and the size at which it takes some hundredths of a second; four times the size may take no more than
#: seven times as long.
HARD: dict[str, tuple[Callable[[int], str], int]] = {
    "quotation marks": (lambda n: '"' * n, 12_000),
    "opening marks": (lambda n: "«" * n, 12_000),
    "closing marks": (lambda n: "»" * n, 12_000),
    "marks of all families": (lambda n: "«\"“'" * n, 4_000),
    "marks and words": (lambda n: '"كلمة" ' * n, 5_000),
    "nested marks": (lambda n: "«كلمة " * n + "»" * n, 3_000),
    "nested brackets": (lambda n: "(" * n + "كلمة" + ")" * n, 10_000),
    "brackets in a content": (lambda n: "قال الوزير إن " + "(كلمة " * n + ")" * n, 1_200),
    "a line without a stop": (lambda n: "ذهب الولد إلى المدرسة في الصباح مع أخيه " * n, 1_000),
    "reports in a line without a stop": (lambda n: "قال الوزير سالم الغامري إن السد امتلأ " * n, 150),
    "commas": (lambda n: "،" * n, 12_000),
    "cues": (lambda n: "قال " * n, 4_000),
    "names": (lambda n: "سالم الغامري " * n, 5_000),
    "titles": (lambda n: "وزير الخارجية " * n, 5_000),
    "conjunctions": (lambda n: "و " * n, 20_000),
    "cue and quotation": (lambda n: "قال «نعم» " * n, 2_000),
    "cue, colon and quotation": (lambda n: "قال: «نعم» " * n, 600),
    "cue and open quotation": (lambda n: 'قال: "نعم ' * n, 800),
    "colons": (lambda n: ":" * n, 20_000),
    "colons and words": (lambda n: "سالم: نعم " * n, 4_000),
    "line breaks": (lambda n: "\n" * n, 50_000),
    "lines": (lambda n: "نعم\n" * n, 8_000),
    "statements a line": (lambda n: "وأضاف أن السد امتلأ\n" * n, 1_500),
    "heads": (lambda n: "سالم الغامري: السد امتلأ\n" * n, 1_500),
    "a long token": (lambda n: "ا" * n, 1_000_000),
    "a long token with vowels": (lambda n: "ا\u064e" * n, 500_000),
    "spaces": (lambda n: " " * n, 1_000_000),
    "sentences": (lambda n: _SAID * n, 1_000),
    "subjects left out": (lambda n: "وأضاف أن السد امتلأ. " * n, 1_500),
    "people": (lambda n: "".join(f"قال الوزير سالم {_name(i)}وري إن السد امتلأ. " for i in range(n)), 500),
    "bodies": (lambda n: "".join(f"قالت شركة {_name(i)}ور إن السد امتلأ. " for i in range(n)), 600),
    "relative pronouns": (lambda n: "الوزير الذي " * n, 4_000),
    "source phrases": (lambda n: "بحسب سالم " * n, 200),
    "source phrases after clauses": (lambda n: "ارتفع النهر بحسب الوزير سالم الغامري " * n, 200),
    "source phrases and nothing": (lambda n: "ارتفع النهر، بحسب، " * n, 1_000),
    "adverbials": (lambda n: "بينهم " * n, 1_000),
    "cues of one content": (lambda n: "قال الوزير مهددا مؤكدا إن السد امتلأ. " * n, 1_000),
    "documents": (lambda n: "وأوضح التقرير. وقال سالم إن. " * n, 3_000),
    "relays": (lambda n: "نقلت الوكالة عن الوزير قوله إن " * n, 80),
    "hedges": (lambda n: "على حد تعبيره " * n, 500),
    "stops": (lambda n: "." * n, 12_000),
    "hashtags": (lambda n: "#سالم_الغامري " * n, 5_000),
    "emoji": (lambda n: "😀" * n, 12_000),
}


def _name(i: int) -> str:
    return "".join(chr(0x628 + i // base % 20) for base in (1, 20, 400))


def _seconds(text: str) -> float:
    begun = time.process_time()
    qawl.read(text)
    return time.process_time() - begun


@pytest.mark.parametrize("what", HARD)
def test_time_grows_with_the_text_and_no_faster(what: str) -> None:
    make, size = HARD[what]
    qawl.read(_SAID)  # tables and models are loaded once
    once, fourfold = make(size), make(4 * size)
    # The best of several: a busy machine makes single measurements slow, never fast. Below a hundredth of a second
    # nothing is measured but the clock.
    for _ in range(3):
        ratio = _seconds(fourfold) / max(_seconds(once), 0.01)
        if ratio < 7:
            return
    pytest.fail(f"{what}: four times the text took {ratio:.1f} times as long")
