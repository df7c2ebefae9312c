"""Build src/qawl/record/search/words.txt: which written forms are one word, for the keys of the search.

A line is a key and its forms, all folded and bare (without و ف ب ل ك, the article and pronouns). Verbs (key in v) come
from the tables of verbs, conjugated with mazini (CC BY 4.0); broken plurals from `plurals.txt` beside the result,
which is written by hand; regular plurals, duals and feminines from rules that ask counts of news whether the shorter
word exists; what is left and frequent, names above all, is its own word, so that no letter is taken off it. Of the
news only counts are used (`scripts/count_words.py`).

    python scripts/build_search_words.py counts.tsv
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import mazini

from qawl.arabic.letters import fold
from qawl.lexicon import ordinary
from qawl.lexicon.classes import WordClass, load
from qawl.lexicon.conjugate import bare
from qawl.record.search.analysis import spellings

ROOT = Path(__file__).resolve().parent.parent / "src" / "qawl"
TARGET = ROOT / "record" / "search" / "words.txt"
PLURALS = TARGET.with_name("plurals.txt")
LEXICON = ROOT / "lexicon" / "tables"
WORD = re.compile(r"[\u0621-\u064a]{2,}")
ARTICLES = ("ال", "وال", "بال", "لل", "فال", "كال", "ولل", "وبال")
#: How often news must write a word with the article for it to be a noun, and any word to be one of its own.
NOUN = 5
OWN = 12
#: Finite forms that news uses. The jussive of the first person looks like nouns (نقل، أقل), so does its passive.
SLOTS = re.compile(r"(past|ind|sub)_(3\w\w|1[sp])|juss_3\w\w|(past|ind|sub)_pass_3(ms|fs|mp)")
#: A form of a verb is rather a noun where this share of it takes the article (حكم، نقل).
NOUN_SHARE = 0.35
PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "نا", "كم", "ه", "ك", "ي")
#: Words that look like forms of verbs (بدون) and are none.
PARTICLES = int(WordClass.PREPOSITION | WordClass.SUBORDINATOR | WordClass.CONJUNCTION | WordClass.ADVERB)
#: Verbs that neither table lists because they are auxiliaries: lemma, root and pattern (mazini's names).
AUXILIARIES = (("كان", "كون", "I/a~u"),)


class News:
    """Counts of folded words, and what they say of a word."""

    def __init__(self, path: Path) -> None:
        self.counts: Counter[str] = Counter()
        for line in path.read_text("utf-8").splitlines():
            word, count, *_ = line.split("\t")
            if WORD.fullmatch(word):
                self.counts[word] = int(count)
        self._definite: Counter[str] = Counter()
        for word, number in self.counts.items():
            for article in ARTICLES:
                if word.startswith(article) and len(word) > len(article) + 1:
                    self._definite[word[len(article) :]] += number

    def definite(self, word: str) -> int:
        """How often it stands with the article."""
        return self._definite[word]

    def bare(self, word: str) -> int:
        """How often it stands without, alone or after و."""
        return self.counts[word] + self.counts["و" + word]

    def rather_noun(self, form: str) -> bool:
        """Is this form of a verb more often a noun (حكم)?"""
        if form.endswith("ا") and self.definite(form[:-1]) >= 10 * NOUN:
            return True  # a noun's accusative (يوما)
        return self.definite(form) > NOUN_SHARE * (self.bare(form) + self.definite(form))

    def nouns(self) -> list[str]:
        """The words with an article, the most frequent first."""
        return [word for word, number in self._definite.most_common() if number >= NOUN and len(word) > 1]

    def words(self) -> list[str]:
        return [word for word, number in self.counts.most_common() if number >= OWN]


def verb_forms(news: News) -> Iterator[tuple[str, set[str]]]:
    """Key and folded finite forms of every verb of the tables, but for those that are rather nouns."""
    verbs: list[tuple[str, str, str]] = list(AUXILIARIES)
    for table in ("verbs.tsv", "common_verbs.tsv"):
        for line in (LEXICON / table).read_text("utf-8").splitlines()[1:]:
            if line and not line.startswith("#"):
                lemma, root, pattern, *_ = line.split("\t")
                verbs.append((lemma, root.replace(" ", ""), pattern))
    active: dict[str, set[str]] = {}
    passive: dict[str, set[str]] = {}
    lemmas = {fold(bare(lemma)) for lemma, _, _ in verbs}
    particles = {word for word, flags in load().words.items() if flags & PARTICLES}
    for lemma, root, pattern in verbs:
        key = "v" + bare(lemma)
        for slot, forms in mazini.conjugate(root, pattern).slots.items():
            if SLOTS.fullmatch(slot):
                kind = passive if "_pass_" in slot else active
                for form in (fold(form.form) for form in forms or ()):
                    # I prefer and better, we describe and half are one form (أفضل، نصف); لم يقل and لا يقل عن another;
                    # the passive of واصل is وصل with و.
                    if slot[-2] == "1" and (news.definite(form) >= NOUN or form in lemmas):
                        continue
                    if (slot.startswith("juss") and len(form) < 4) or form.startswith("وو") or form in particles:
                        continue
                    if WORD.fullmatch(form):
                        kind.setdefault(key, set()).add(form)
                        if root.endswith("ء") and form[-3:] in ("وون", "ووا"):
                            kind[key].add(form[:-3] + "ا" + form[-2:])  # يبدأون beside يبدؤون
    # Of two verbs that differ in a hamza alone (بدأ، بدا) the one with it has the forms that they share.
    for key in [key for key in active if key != "v" + fold(key[1:]) and "v" + fold(key[1:]) in active]:
        active["v" + fold(key[1:])] -= active[key]
    taken = {form for found in active.values() for form in found}
    for key, found in active.items():
        # A passive that looks like another verb's active (يُدعى، يدّعي) is rather that one.
        found |= passive.get(key, set()) - taken
        # What another verb is called by is rather that one where its present is commoner: يتوقع than يوقع.
        others = {
            form for form in found & lemmas - {fold(key[1:])} if news.bare("ي" + form) >= news.bare("ي" + form[1:])
        }
        yield key, {form for form in found - others if not news.rather_noun(form)}


class Builder:
    """Finds the key of every noun by its shape and by what else the news has."""

    def __init__(self, news: News) -> None:
        self.news = news
        self.nouns = set(news.nouns())
        self.adjectives = ordinary.load().adjectives
        places = int(WordClass.PLACE)
        self.places = {word.removeprefix("ال") for word, flags in load().words.items() if flags & places}
        self.given: dict[str, list[str]] = defaultdict(list)
        for line in PLURALS.read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                words = [fold(word) for word in line.split()]
                for word in words:
                    form = word.partition("/")[0]
                    self.given[form].append(words[0])

    def is_noun(self, word: str, least: int = NOUN) -> bool:
        return self.news.definite(word) >= least or word in self.given

    def keys(self, word: str) -> list[str]:
        """The keys of a bare noun or adjective: itself, or the word it is a form of."""
        seen = [word]
        while True:
            if seen[-1] in self.given:
                return self.given[seen[-1]]
            shorter = self._shorter(seen[-1])
            if shorter is None or shorter in seen:
                return [seen[-1]]
            seen.append(shorter)

    def _shorter(self, word: str) -> str | None:
        if word in self.places or len(word) < 4:
            return None
        definite = self.news.definite
        here = definite(word)
        stem, end = word[:-2], word[-2:]
        feminine = stem + "ه"
        if end == "ات" and re.fullmatch(r"م\wا\w\w", stem) and feminine not in self.adjectives:
            return feminine  # مفاوضات، محادثات: of the verbal noun in ة, rare as it may be
        if end == "ات" and len(stem) > 2:
            if {feminine, stem} <= self.adjectives and definite(stem) > NOUN:
                return stem
            if self.is_noun(feminine) and definite(feminine) >= 0.3 * definite(stem):
                return feminine
            if self.is_noun(stem, 3) or self.news.counts[stem] >= 20:
                return stem
        if end in ("ون", "ين") and len(stem) > 2 and not (end == "ين" and re.fullmatch(r"ت\w\wي\w", word)):
            if word[-3] == "ت" and self.is_noun(word[:-3] + "ه") and len(word) > 4:
                return word[:-3] + "ه"  # سنتين
            if self.is_noun(stem) and definite(stem) >= 0.03 * here:
                return stem
            if stem.endswith("ي") and self.is_noun(stem[:-1] + "اه"):
                return stem[:-1] + "اه"
        if end == "ان" and len(stem) > 2:
            if word[-3] == "ت" and self.is_noun(word[:-3] + "ه") and len(word) > 4:
                return word[:-3] + "ه"
            if self.is_noun(stem) and definite(stem) >= 2 * here and word not in self.adjectives:
                return stem
        stem, end = word[:-1], word[-1]
        if end == "ه" and len(stem) > 2:
            if stem[-1] == "ي" and (definite(stem) >= 0.08 * here or {word, stem} <= self.adjectives):
                return stem if self.is_noun(stem) else None
            if {word, stem} <= self.adjectives and self.is_noun(stem):
                return stem
        rare = here < 0.1 * definite(stem) and self.is_noun(stem)
        if end in "يو" and len(stem) > 2 and rare and not self.is_noun(word + "ه"):
            persons = max(definite(stem + "ين"), definite(stem + "ون"))
            if persons >= 10 or (end == "و" and persons):
                return stem  # مسؤولو، مسؤولي
        if (
            end == "ا"
            and len(stem) > 2
            and stem[-1] != "ه"
            and here < 0.1 * self.news.bare(word)
            and self.is_noun(stem)
        ):
            return stem
        return None

    def two_words(self, word: str, known: set[str]) -> bool:
        """Is its first letter rather a particle glued to a word that is known and commoner?"""
        for prefix in ("وال", "بال", "فال", "كال", "لل", "ال", "ولل", "وبال", "وب", "ول", "و", "ف", "ب", "ل", "ك", "س"):
            rest = word[len(prefix) :]
            if not word.startswith(prefix) or len(rest) < 2 or (rest not in known and self.news.counts[rest] < OWN):
                continue
            if prefix == "و" and len(rest) > 2 and rest in known:
                return True  # وقالت is commoner than قالت
            if self.news.counts[rest] + self.news.definite(rest) > 0.5 * self.news.counts[word]:
                return True
        return False


def main(counts: Path) -> None:
    """Write the table."""
    news = News(counts)
    build = Builder(news)
    forms: dict[str, set[str]] = defaultdict(set)
    for key, found in verb_forms(news):
        forms[key] |= found
    verbs = {form for found in forms.values() for form in found}
    nouns = {word for word in build.nouns if WORD.fullmatch(word)} | set(build.given)
    for noun in sorted(nouns):
        # Of a verb's form the article makes no noun where it is but a slip or a relative (الـيقول).
        if noun not in build.given and (
            (noun in verbs and news.definite(noun) < 0.02 * news.bare(noun))
            or (noun[0] in "وفبلك" and noun[1:] in verbs | nouns and news.definite(noun) < 0.02 * news.counts[noun])
        ):
            continue
        for key in build.keys(noun):
            # The word itself, too, if news has only its plural (مفاوضة).
            forms[key] |= {noun, key.partition("/")[0]}
    # وصفه is he described him and a recipe: where others are written onto the word as often (وصفها), it is both.
    for found in forms.values():
        found |= {
            form + "ه"
            for form in found
            if form + "ه" in nouns - build.given.keys() and 3 * news.bare(form + "ها") >= news.bare(form + "ه")
        }
    known = {form for found in forms.values() for form in found}
    for word in news.words():
        keys = build.keys(word)
        if word in known or build.two_words(word, known):
            continue
        if keys == [word] and any(
            spelling in known
            for pronoun in PRONOUNS
            if word.endswith(pronoun) and len(word) > len(pronoun) + 2
            for spelling in spellings(word.removesuffix(pronoun))
        ):
            continue  # a form with its pronoun
        for key in keys:
            forms[key].add(word)
    # للجنة is ل and اللجنة where لجنة is commoner than جنة.
    for word in sorted(known):
        if word[0] == "ل" and news.definite(word) > news.definite(word[1:]):
            for found in forms.values():
                if word in found:
                    found.add("ل" + word)
    lines = [f"{key.replace('/', '')}\t{' '.join(sorted(found))}" for key, found in sorted(forms.items())]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(lines)} words, {sum(map(len, forms.values()))} forms, {TARGET.stat().st_size >> 10} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
