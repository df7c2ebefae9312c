"""Conjugate the common verbs of news: ``tables/common_verbs.tsv`` → ``tables/verb_forms.txt``.

The table lists verbs that report nothing (verbs of reporting stand among the cues). Forms of the third person and of
the first are written, folded, active and passive, past and present, and the present with س. A form is left out where
it is commoner as a noun: ``--counts`` gives the file that count_words.py writes, and a form that news often writes
with the article is a noun there (وضع، حكم، تعاون). The verbs were conjugated with mazini (CC BY 4.0,
https://pypi.org/project/mazini/).

    python scripts/build_common_verbs.py --counts counts.tsv
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import mazini

from qawl.arabic.letters import fold
from qawl.lexicon.classes import WordClass, load

TABLES = Path(__file__).parent.parent / "src" / "qawl" / "lexicon" / "tables"
PERSONS = ("1s", "1p", "3ms", "3fs", "3md", "3fd", "3mp", "3fp")
# Without the dual of the past, which looks like an accusative (هدفا), and is rare.
ACTIVE = [
    f"{tense}_{person}"
    for tense in ("past", "ind", "sub", "juss")
    for person in PERSONS
    if (tense, person) != ("past", "3md")
]
PASSIVE = [f"{tense}_pass_{person}" for tense in ("past", "ind", "sub") for person in ("3ms", "3fs", "3mp")]
#: The share of a form's hits with the article, or with ب, above which it counts as a noun.
NOUN_SHARE = 0.12
OBLIQUE_SHARE = 0.05
#: Forms that are commoner as something else although they seldom take the article or ب.
NEVER = frozenset(
    fold(
        "كان كن قد أن إن أنه ألف مارس عقب أبدا سلبا علما فضلا أطول أشرف أقدم أحدث أبعد أخرى متن جين أكس نواز الزمن"
        " التهم الحق حيز قيد نصيب عدن نزع عادل توج حد ليل ورد وردا عقدا أسس هدى منى دير"
    ).split()
)


def forms(root: str, pattern: str) -> set[str]:
    """The folded forms of one verb that the table of forms takes."""
    slots = mazini.conjugate(root, pattern).slots
    found: set[str] = set()
    for slot in ACTIVE + PASSIVE:
        for form in slots.get(slot) or ():
            folded = fold(form.form)
            if len(folded) > 2 and folded.isalpha():
                found.add(folded)
                if slot.startswith("ind_"):
                    found.add("س" + folded)
    return found


def is_noun(form: str, counts: Counter[str]) -> bool:
    """Does news write this form with the article, or with ب or ل, so often that it is rather a noun?"""
    definite = sum(counts[article + form] for article in ("ال", "وال", "بال", "لل", "فال", "كال"))
    oblique = counts["ب" + form] + (counts["ل" + form] if form[0] not in "يتنا" else 0)
    total = counts[form] + counts["و" + form]
    return (definite > 2 and definite > NOUN_SHARE * total) or (oblique > 2 and oblique > OBLIQUE_SHARE * total)


def main() -> None:
    """Write the table of forms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=Path, required=True)
    counts: Counter[str] = Counter()
    for line in parser.parse_args().counts.read_text("utf-8").splitlines():
        word, number, _ = line.split("\t")
        counts[word] = int(number)
    found: set[str] = set()
    for line in (TABLES / "common_verbs.tsv").read_text("utf-8").splitlines()[1:]:
        if line and not line.startswith("#"):
            _, root, pattern, *drop = line.split("\t")
            found |= forms(root, pattern) - {fold(form) for form in (drop[0].split() if drop else ())}
    # What another table claims is no plain verb: particles, auxiliaries, offices, places. Names do not count.
    names = WordClass.VERB | WordClass.GIVEN | WordClass.SURNAME
    claimed = {word for word, flags in load().words.items() if flags & ~names}
    found -= claimed | NEVER
    kept = sorted(form for form in found if not is_noun(form, counts))
    (TABLES / "verb_forms.txt").write_text("\n".join(kept) + "\n", "utf-8")
    print(f"{len(kept)} forms, {len(found) - len(kept)} left out as nouns")


if __name__ == "__main__":
    main()
