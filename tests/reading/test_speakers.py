"""Who speaks: aliases, subjects that are left out, documents and their issuers."""

import time

from qawl.arabic.marks import find_marks
from qawl.arabic.words import Words, tokenize
from qawl.reading.draft import Draft
from qawl.reading.speakers import Resolution, resolve


def _find(words: Words, text: str, phrase: str, after: int = 0) -> tuple[int, int]:
    at = text.index(phrase, after)
    end = at + len(phrase)
    hit = [i for i in range(len(words)) if words.starts[i] < end and at < words.ends[i]]
    return hit[0], hit[-1] + 1


def told(text: str, *found: tuple[str, str | None, str], parents: dict[int, int] | None = None) -> Resolution:
    """Resolve statements given as (cue, source, content), each the next occurrence in the text."""
    words = tokenize(text)
    marks = find_marks(words)
    drafts = []
    after = 0
    for i, (cue, source, content) in enumerate(found):
        at = _find(words, text, cue, after)
        reading = next((r for r in words.forms[at[0]].cues), None)
        drafts.append(
            Draft(
                cue=at,
                reading=reading,
                source=_find(words, text, source, after) if source else None,
                content=[_find(words, text, content, after)],
                clause=marks.sentences[marks.sentence_of[at[0]]],
                opener="complementizer",
                kind="clause",
                act="assert",
                parent=(parents or {}).get(i),
            )
        )
        after = words.starts[at[0]] + 1
    return resolve(words, drafts, marks)


def names(result: Resolution) -> list[str | None]:
    return [s.name if s else None for s in result.speakers]


def test_a_surname_is_the_full_name() -> None:
    text = "أكد وزير الثقافة نادر القلعاوي أن المتحف جاهز.\n\nوأوضح القلعاوي أن الزوار كثر."
    result = told(
        text,
        ("أكد", "وزير الثقافة نادر القلعاوي", "المتحف جاهز"),
        ("أوضح", "القلعاوي", "الزوار كثر"),
    )
    assert names(result) == ["نادر القلعاوي", "نادر القلعاوي"]
    assert len({s.id for s in result.speakers if s}) == 1
    assert result.speakers[0] is not None
    assert result.speakers[0].role == "وزير الثقافة"


def test_an_office_stands_for_whoever_holds_it() -> None:
    text = "أكد وزير الثقافة نادر القلعاوي أن المتحف جاهز. وقال الوزير إن الزوار كثر."
    result = told(text, ("أكد", "وزير الثقافة نادر القلعاوي", "المتحف جاهز"), ("قال", "الوزير", "الزوار كثر"))
    assert names(result) == ["نادر القلعاوي", "نادر القلعاوي"]


def test_a_subject_left_out_is_carried_on() -> None:
    text = "أكد وزير الثقافة نادر القلعاوي أن المتحف جاهز. وأضاف أن الزوار كثر، مشيرا إلى أن الباب مفتوح."
    result = told(
        text,
        ("أكد", "وزير الثقافة نادر القلعاوي", "المتحف جاهز"),
        ("أضاف", None, "الزوار كثر"),
        ("مشيرا", None, "الباب مفتوح"),
    )
    assert names(result) == ["نادر القلعاوي"] * 3


def test_the_verb_agrees_with_who_is_carried_on() -> None:
    text = "أكدت الوزيرة سلمى الزيتوني أن المتحف جاهز. وقال المدير نادر القلعاوي إن الباب مفتوح. وأضافت أن الزوار كثر."
    result = told(
        text,
        ("أكدت", "الوزيرة سلمى الزيتوني", "المتحف جاهز"),
        ("قال", "المدير نادر القلعاوي", "الباب مفتوح"),
        ("أضافت", None, "الزوار كثر"),
    )
    assert names(result)[2] == "سلمى الزيتوني"


def test_the_statement_speaks_for_its_issuer() -> None:
    text = "قالت وزارة الثقافة إن المتحف جاهز. وأضاف البيان أن الزوار كثر."
    result = told(text, ("قالت", "وزارة الثقافة", "المتحف جاهز"), ("أضاف", "البيان", "الزوار كثر"))
    assert names(result) == ["وزارة الثقافة", "وزارة الثقافة"]


def test_mentions_are_slices() -> None:
    text = "أكد وزير الثقافة نادر القلعاوي أن المتحف جاهز. وقال القلعاوي إن الزوار كثر."
    result = told(text, ("أكد", "وزير الثقافة نادر القلعاوي", "المتحف جاهز"), ("قال", "القلعاوي", "الزوار كثر"))
    (speaker,) = result.cast
    assert [m.text for m in speaker.mentions if m.text == "القلعاوي"]
    for mention in speaker.mentions:
        assert text[mention.start : mention.end] == mention.text


def test_no_statements_no_speakers() -> None:
    assert told("لا شيء هنا.") == Resolution((), (), ())


def test_a_verb_in_the_first_person_is_the_quoted_speakers() -> None:
    text = "قال وزير الثقافة نادر القلعاوي: «أعتقد أن المتحف جاهز»."
    result = told(
        text,
        ("قال", "وزير الثقافة نادر القلعاوي", "أعتقد أن المتحف جاهز"),
        ("أعتقد", None, "المتحف جاهز"),
        parents={1: 0},
    )
    assert names(result) == ["نادر القلعاوي"] * 2


def test_a_government_and_its_state_are_one() -> None:
    text = "أعلنت فرنسا أن المعرض قائم. وقالت الحكومة الفرنسية إن الزوار كثر."
    result = told(text, ("أعلنت", "فرنسا", "المعرض قائم"), ("قالت", "الحكومة الفرنسية", "الزوار كثر"))
    assert names(result) == ["فرنسا", "فرنسا"]


def test_a_capital_speaks_for_its_state() -> None:
    text = "أعلنت فرنسا أن المعرض قائم. وقالت باريس إن الزوار كثر."
    result = told(text, ("أعلنت", "فرنسا", "المعرض قائم"), ("قالت", "باريس", "الزوار كثر"))
    assert len(result.cast) == 1


def test_a_head_word_stands_for_the_body() -> None:
    text = "أعلنت شركة نخلتين للنقل أن الخط جاهز. وقالت الشركة إن الركاب كثر."
    result = told(text, ("أعلنت", "شركة نخلتين للنقل", "الخط جاهز"), ("قالت", "الشركة", "الركاب كثر"))
    assert names(result) == ["شركة نخلتين للنقل"] * 2


def test_a_short_name_in_brackets_stands_for_the_body() -> None:
    text = "ذكرت وكالة الأنباء البحرية (نبأ) أن الميناء مفتوح. وقالت نبأ إن السفن كثيرة."
    result = told(text, ("ذكرت", "وكالة الأنباء البحرية (نبأ)", "الميناء مفتوح"), ("قالت", "نبأ", "السفن كثيرة"))
    assert len(result.cast) == 1


def test_two_sources_are_a_group() -> None:
    text = "أكدت روسيا وإيران أن المعرض قائم."
    result = told(text, ("أكدت", "روسيا وإيران", "المعرض قائم"))
    (speaker,) = result.cast
    assert speaker.type == "group"
    assert speaker.name == "روسيا وإيران"


def test_a_law_speaks_for_itself() -> None:
    text = "قال وزير الثقافة نادر القلعاوي إن المتحف جاهز. وينص القانون على أن الدخول مجاني."
    result = told(text, ("قال", "وزير الثقافة نادر القلعاوي", "المتحف جاهز"), ("ينص", "القانون", "الدخول مجاني"))
    assert names(result) == ["نادر القلعاوي", "القانون"]


def test_a_long_list_of_names_takes_time_in_proportion() -> None:
    def seconds(times: int) -> float:
        words = tokenize("قال رئيس الشركة نادر القلعاوي والمدير سامر الزيتوني وشركة النخيل والشرطة.\n\n" * times)
        marks = find_marks(words)
        began = time.process_time()
        resolve(words, [], marks)
        return time.process_time() - began

    seconds(20)
    short, long = min(seconds(200) for _ in range(3)), min(seconds(1600) for _ in range(2))
    assert long < 8 * short * 2.5


def test_a_style_with_a_pronoun_is_the_person_before() -> None:
    text = "أكد معالي وزير الثقافة نادر القلعاوي أن المتحف جاهز.\n\nوأوضح معاليه أن الزوار كثر."
    result = told(
        text,
        ("أكد", "معالي وزير الثقافة نادر القلعاوي", "المتحف جاهز"),
        ("أوضح", "معاليه", "الزوار كثر"),
    )
    assert names(result) == ["نادر القلعاوي", "نادر القلعاوي"]


def test_a_report_speaks_for_those_who_made_it() -> None:
    text = "ذكر تقرير أعدته شركة الساحل للنقل أن الطرق مزدحمة.\n\nوأضاف التقرير أن الحل قريب."
    result = told(
        text,
        ("ذكر", "تقرير", "الطرق مزدحمة"),
        ("أضاف", "التقرير", "الحل قريب"),
    )
    assert names(result) == ["شركة الساحل للنقل", "شركة الساحل للنقل"]


def test_a_statement_mentioned_with_its_issuer_is_the_issuers() -> None:
    text = "جاء في بيان من وزارة الطرق أن الجسر مغلق.\n\nوأوضح البيان أن السبب فني."
    result = told(text, ("أوضح", "البيان", "السبب فني"))
    assert names(result) == ["وزارة الطرق"]


def test_a_surname_is_known_from_inside_another_phrase() -> None:
    text = "قال القلعاوي إن العمل بدأ. ونالت حكومة نادر القلعاوي ثقة المجلس."
    assert names(told(text, ("قال", "القلعاوي", "العمل بدأ"))) == ["نادر القلعاوي"]


def test_two_surnames_in_a_row_are_two_persons() -> None:
    text = "قال القلعاوي إن الباب مفتوح. ورد كريم البرغوتي أن الباب مغلق. وانتقد غسان نادر القلعاوي البرغوتي."
    result = told(text, ("قال", "القلعاوي", "الباب مفتوح"), ("رد", "كريم البرغوتي", "الباب مغلق"))
    assert names(result) == ["غسان نادر القلعاوي", "كريم البرغوتي"]


def test_there_is_a_belief_is_nobodys() -> None:
    text = "قالت الشرطة إن الباب مغلق. وثمة اعتقاد بأن اللص هرب."
    result = told(text, ("قالت", "الشرطة", "الباب مغلق"), ("اعتقاد", None, "اللص هرب"))
    assert names(result) == ["الشرطة", None]


def test_the_place_of_a_body_is_no_part_of_its_name() -> None:
    text = "قالت هيئة الطرق السويسرية في نيروبي إن الجسر مغلق."
    assert names(told(text, ("قالت", "هيئة الطرق السويسرية في نيروبي", "الجسر مغلق"))) == ["هيئة الطرق السويسرية"]


def test_nobody_believes_where_no_subject_stands() -> None:
    text = "قالت الشرطة إن الباب مغلق.\n\nويعتقد أن اللص هرب."
    result = told(text, ("قالت", "الشرطة", "الباب مغلق"), ("يعتقد", None, "اللص هرب"))
    assert names(result) == ["الشرطة", None]


def test_the_report_goes_on_as_its_issuer() -> None:
    text = "قالت وزارة الطرق إن الجسر مغلق.\n\nوأضاف البيان أن السبب فني. وتابع أن العمل بدأ."
    result = told(
        text,
        ("قالت", "وزارة الطرق", "الجسر مغلق"),
        ("أضاف", "البيان", "السبب فني"),
        ("تابع", None, "العمل بدأ"),
    )
    assert names(result) == ["وزارة الطرق"] * 3
