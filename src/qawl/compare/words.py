"""The words of a version: what each of them is in the comparison with another version of the same statement.

Words of content (nouns, verbs, names, numbers) are compared with each other. Particles are not: which of them stands
there follows from the sentence. But those that negate, and those that say how certain a thing is, count with the word
of content that they govern.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, Literal

from qawl.arabic.letters import fold, strip_marks
from qawl.arabic.marks import QUOTES, Marks, find_marks
from qawl.arabic.words import SUFFIXES, Form, Words, form_of, tokenize
from qawl.compare.lists import Degree, Force, Sense, Time, approximations, certainties, force_of, negations
from qawl.compare.numbers import Number, find_numbers
from qawl.lexicon.classes import WordClass
from qawl.lexicon.classes import load as load_classes
from qawl.record.search import analysis
from qawl.statement import Act, Polarity, Span, Statement
from qawl.statement import Form as Quoting

Role = Literal["content", "particle", "negation", "certainty"]

_PARTICLE: Final = (
    WordClass.AN
    | WordClass.IN
    | WordClass.PREPOSITION
    | WordClass.PREP_PRONOUN
    | WordClass.CONJUNCTION
    | WordClass.SUBORDINATOR
    | WordClass.RELATIVE
    | WordClass.PRONOUN
    | WordClass.DEMONSTRATIVE
    | WordClass.AUXILIARY
).value
_COMPLEMENTIZER: Final = (WordClass.AN | WordClass.IN).value
_KANA: Final = WordClass.KANA.value
_TITLE: Final = (WordClass.OFFICE | WordClass.HONORIFIC | WordClass.COMMON).value
_PLACE: Final = WordClass.PLACE.value
_NATIONALITY: Final = WordClass.NATIONALITY.value
#: What stands before a name and says who bears it: الرئيس الأميركي.
_BEFORE_NAME: Final = (WordClass.OFFICE | WordClass.HONORIFIC | WordClass.NATIONALITY).value
#: Of these a mention is a name; a group is mostly described (عدة مسؤولين).
_NAMED: Final = frozenset({"person", "organization", "place", "document"})
_QAD: Final = fold("قد")
_MA: Final = fold("ما")
_GHAYR: Final = fold("غير")
_OF: Final = fold("من")
#: How many words may stand between a negation and the word that it governs; punctuation but quotation marks ends both.
_REACH: Final = 3
#: How many tokens may stand between a number and what says after it how exact it is.
_COUNTED: Final = 3


@dataclass(frozen=True, slots=True)
class Marker:
    """What negates a word, or says how certain or how exact it is: the words [first, last) of the version, and what
    they say."""

    first: int
    last: int
    says: Time | Degree | Sense


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a version.

    `span` is its slice of the article; `piece` the piece of the content that it stands in. `keys` are the words that it
    can be a form of: two words with a key in common are the same word, whatever their inflection. `title`: it can be
    part of a title before a name. `number` is the value of the number that begins with it, `length` how many words that
    number, or a place of several words, has. `negation` and `certainty` are what governs it; `exactness` is what says
    how exact its number is.
    """

    span: Span
    piece: int
    role: Role
    keys: frozenset[str]
    name: bool = False
    title: bool = False
    quoted: bool = False
    number: str | None = None
    length: int = 1
    negation: Marker | None = None
    certainty: Marker | None = None
    exactness: Marker | None = None

    @property
    def verb(self) -> bool:
        """Can it be a verb?"""
        return any(key.startswith("v") for key in self.keys)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version was published: the statement's public ID, its article and, where they are known, the outlet, the
    day (ISO 8601), the address, and the speaker as the article names it."""

    ref: str
    article: int = 0
    outlet: str | None = None
    day: str | None = None
    url: str | None = None
    speaker: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.ref,
            "article": self.article,
            "outlet": self.outlet,
            "day": self.day,
            "url": self.url,
            "speaker": self.speaker,
        }


@dataclass(frozen=True, slots=True)
class Version:
    """One rendering of a statement. `also` are the other places that have it in the very same words (agency copies).

    `force` is that of the word that reports it; `headline`: it stands in its article's headline.
    """

    place: Place
    cue: Span | None
    force: Force
    act: Act
    form: Quoting
    polarity: Polarity
    hedge: Span | None
    content: tuple[Span, ...]
    headline: bool
    words: tuple[Word, ...]
    also: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """All places that have it in these words."""
        return (self.place, *self.also)

    @property
    def weight(self) -> int:
        """How many words of content it has."""
        return sum(word.role == "content" for word in self.words)

    def slice(self, first: int, last: int) -> Span:
        """The slice of the article from word `first` to before word `last` (or with all words of a number or place that
        has several), as far as it lies in the piece of the first."""
        last += self.words[last - 1].length - 1
        words = [word for word in self.words[first:last] if word.piece == self.words[first].piece]
        piece = self.content[words[0].piece]
        start, end = words[0].span.start, words[-1].span.end
        return Span(start, end, piece.text[start - piece.start : end - piece.start])

    @property
    def text(self) -> str:
        """What was said; pieces are joined by `` … ``."""
        return " … ".join(piece.text for piece in self.content)

    def to_json(self) -> dict[str, Any]:
        """All but the analysis of its words."""
        return {
            **self.place.to_json(),
            "cue": self.cue.to_json() if self.cue else None,
            "act": self.act,
            "form": self.form,
            "polarity": self.polarity,
            "hedge": self.hedge.to_json() if self.hedge else None,
            "headline": self.headline,
            "content": [piece.to_json() for piece in self.content],
            "text": self.text,
            "also": [place.to_json() for place in self.also],
        }

    def wording(self) -> tuple[object, ...]:
        """What two versions of the very same words have in common, whatever their spelling."""
        words = tuple((fold(word.span.text), word.quoted) for word in self.words)
        return words, self.force, self.act, self.headline, self.hedge is None


#: Code points of a paragraph (no outlet has such) beyond which only so many before and after a statement are looked at:
#: else a paragraph of megabytes takes minutes.
_LONGEST: Final = 100_000
_FAR: Final = 2000


def version(text: str, statement: Statement, place: Place, headline: tuple[int, int] | None = None) -> Version:
    """The version that a statement of the article with this text is. Total; linear in its paragraphs, up to a bound."""
    content = statement.content
    at = text.rfind("\n", 0, content[0].start) + 1
    end = text.find("\n", max(piece.end for piece in content))
    end = len(text) if end < 0 else end
    if end - at > _LONGEST:
        first, last = content[0].start, max(piece.end for piece in content)
        at = text.find(" ", max(at, first - _FAR), first) + 1 or first
        end = max(last, text.rfind(" ", last, last + _FAR))
    words = _Reading(text, at, end, statement).words()
    hedge, cue = statement.hedge, statement.cue
    if hedge is not None and cue is not None and hedge.start < cue.end and cue.start < hedge.end:
        hedge = None  # the reporting word itself: its force tells it
    return Version(
        place=place,
        cue=statement.cue,
        force=_force(statement),
        act=statement.act,
        form=statement.form,
        polarity=statement.polarity,
        hedge=hedge,
        content=content,
        headline=headline is not None and headline[0] <= content[0].start < headline[1],
        words=tuple(words),
    )


def _force(statement: Statement) -> Force:
    """The force of the reporting word: of its readings that one which does the statement's act, if one does."""
    found: Force | None = None
    cue = tokenize(statement.cue.text if statement.cue else "")
    for form in cue.forms:
        for reading in sorted(form.cues, key=lambda reading: reading.form.lemma.act != statement.act):
            own = force_of(reading.form.lemma.lemma, statement.act)
            if found is None or abs(own.force) > abs(found.force):
                found = own
            break
    return found or force_of("", statement.act)


class _Reading:
    """The paragraphs of a statement, while its words are made."""

    def __init__(self, text: str, at: int, end: int, statement: Statement) -> None:
        self.text = text
        self.at = at
        self.statement = statement
        self.tokens: Words = tokenize(text[at:end])
        self.marks: Marks = find_marks(self.tokens)

    def words(self) -> list[Word]:
        found: list[Word] = []
        for number, (first, last) in enumerate(self._pieces()):
            found += _governed(self._piece(number, first, last), len(found))
        return found

    def _pieces(self) -> list[tuple[int, int]]:
        tokens = self.tokens
        return [
            (bisect_right(tokens.ends, piece.start - self.at), bisect_left(tokens.starts, piece.end - self.at))
            for piece in self.statement.content
        ]

    def _piece(self, piece: int, first: int, last: int) -> list[_Token]:
        tokens, forms = self.tokens, self.tokens.forms
        numbers = {number.first: number for number in find_numbers(tokens, first, last)}
        places = self._places(first, last)
        within = {k for number in numbers.values() for k in range(number.first + 1, number.last)}
        within |= {k for at, (length, _) in places.items() for k in range(at + 1, at + length)}
        exactness = {k: self._exactness(number, first, last) for k, number in numbers.items()}
        exact = {k: told for k, told in exactness.items() if told is not None}
        within |= {k for at, end, _ in exact.values() for k in range(at, end)}
        markers = self._markers(first, last)
        names = [(m.span.start - self.at, m.span.end - self.at) for m in self.statement.about if m.type in _NAMED]
        hedge = self.statement.hedge
        hedged = (hedge.start - self.at, hedge.end - self.at) if hedge else (0, 0)
        content = self.statement.content[piece]
        found: list[_Token] = []
        opened = first > 0 and self._unclosed(first - 1)
        for k in range(first, last):
            form = forms[k]
            if form.kind == "punct":
                opened = opened or (self.marks.within[k] < 0 and self._unclosed(k))
                found.append(_Token(stops=form.text not in QUOTES))
                continue
            if form.kind == "newline":
                opened = False
                found.append(_Token(stops=True))
                continue
            flags = form.classes
            role: Role = "content"
            if k in markers and k not in within:
                role = markers[k][0]
            elif hedged[0] <= tokens.starts[k] < hedged[1]:
                role = "particle"  # the outlet's, not the speaker's
            elif k not in numbers and k not in places and (k in within or flags & _PARTICLE):
                role = "particle"
            # People may have given a content that begins or ends within a word.
            start = max(tokens.starts[k] + self.at, content.start)
            end = min(tokens.ends[k] + self.at, content.end)
            named = role == "content" and k not in numbers and not flags & _TITLE
            named = k in places or (named and any(s <= tokens.starts[k] and tokens.ends[k] <= e for s, e in names))
            word = Word(
                span=Span(start, end, self.text[start:end]),
                piece=piece,
                role=role,
                keys=places[k][1] if k in places else _keys_and_state(form.text),
                name=named,
                title=bool(flags & _BEFORE_NAME),
                # Of a forgotten text the marks around a quotation are gone; that it was one is kept.
                quoted=self.marks.within[k] >= 0 or opened or self.statement.form == "direct",
                number=numbers[k].value if k in numbers else None,
                length=self._length(numbers[k]) if k in numbers else places[k][0] if k in places else 1,
            )
            length, says = markers[k][1:] if role in ("negation", "certainty") else (0, None)
            future = role == "content" and _future(form.text)
            found.append(_Token(word=word, length=length, says=says, future=future, token=k, exactness=exact.get(k)))
        return found

    def _places(self, first: int, last: int) -> dict[int, tuple[int, frozenset[str]]]:
        """The places among the tokens [first, last): the first token of each, with its number of tokens and its keys.
        All names of a state have one key (أميركا, الولايات المتحدة); its capital has another."""
        table = load_classes()
        forms = self.tokens.forms
        found: dict[int, tuple[int, frozenset[str]]] = {}
        k = first
        while k < last:
            form, length = forms[k], 1
            for start in dict.fromkeys((form.core, _bare(form))):
                for phrase in table.multiword.get(start, ()):
                    end = k + len(phrase)
                    if (
                        end <= last
                        and table.phrases[phrase] & _PLACE
                        and all(forms[k + n].core == phrase[n] for n in range(1, len(phrase)))
                    ):
                        found[k] = (len(phrase), _place_keys(" ".join(phrase)))
                        length = max(length, len(phrase))
                        break
            if length == 1 and form.classes & _PLACE and not form.classes & _TITLE:
                found[k] = (1, _keys(form.text) | _place_keys(_bare(form)))
            k += length
        return found

    def _exactness(self, number: Number, first: int, last: int) -> tuple[int, int, Sense] | None:
        """The tokens that say how exact a number is, and what they say: نحو عشرين, عشرون مركبا على الأقل."""
        forms = self.tokens.forms
        for words, sense in approximations()["before"]:
            start = number.first - len(words)
            if start >= first and all(forms[start + n].core == word for n, word in enumerate(words)):
                return start, number.first, sense
        for words, sense in approximations()["after"]:
            for start in range(number.last, min(number.last + _COUNTED, last - len(words)) + 1):
                if all(start + n < last and forms[start + n].core == word for n, word in enumerate(words)):
                    return start, start + len(words), sense
                if start < last and forms[start].kind != "word" and forms[start].text not in QUOTES:
                    break
        return None

    def _length(self, number: Number) -> int:
        return sum(form.kind != "punct" for form in self.tokens.forms[number.first : number.last])

    def _unclosed(self, k: int) -> bool:
        """Does token k open a quotation that its paragraph never closes?"""
        partner = self.marks.partner
        return partner[k] > k and (partner[k] >= len(partner) or partner[partner[k]] != k)

    def _markers(self, first: int, last: int) -> dict[int, tuple[Role, int, Time | Degree | None]]:
        """The tokens of negations and of expressions of certainty: the first of each with its length and what it says,
        the others with length 0."""
        found: dict[int, tuple[Role, int, Time | Degree | None]] = {}
        k = first
        while k < last:
            length, degree = self._certainty(k, last)
            if degree is not None:
                words = sum(form.kind != "punct" for form in self.tokens.forms[k : k + length])
                found[k] = ("certainty", words, degree)
                found.update({k + n: ("certainty", 0, None) for n in range(1, length)})
                k += length
                continue
            time = self._negation(k, first, last)
            if time is not None:
                found[k] = ("negation", 1, time)
            k += 1
        return found

    def _certainty(self, k: int, last: int) -> tuple[int, Degree | None]:
        """The length, in tokens, of the expression of certainty that begins at token k, and what it says."""
        forms = self.tokens.forms
        for words, degree in certainties().get(forms[k].core, ()):
            end = k
            for word in words:
                while k < end < last and forms[end].text in QUOTES:
                    end += 1
                if end >= last or not _is(forms[end].core, word):
                    break
                end += 1
            else:
                if forms[k].core == _QAD and not (end < last and _present(forms[end].text)):
                    continue  # قد before the past says that it is done
                return end - k, degree
        return 0, None

    def _negation(self, k: int, first: int, last: int) -> Time | None:
        form = self.tokens.forms[k]
        table = negations()
        word = form.core if form.core in table.times else form.stem
        time = table.times.get(word)
        if time is None or k + 1 >= last:
            return None
        after = self.tokens.forms[k + 1]
        spelled = strip_marks(form.text).removeprefix(form.conj)
        if word in table.exact and spelled not in table.exact[word] and (spelled != word or not _present(after.text)):
            return None
        if after.core in table.after or after.kind != "word":
            return None
        before = self.tokens.forms[max(first, k - _REACH) : k]
        if any(other.core in table.before or other.stem in table.before for other in before):
            return None
        if word == _MA:
            begins = k == first or self.tokens.forms[k - 1].kind != "word"
            begins = begins or bool(self.tokens.forms[k - 1].classes & _COMPLEMENTIZER)
            return time if begins and (after.classes & _KANA or after.core == _OF) else None
        if word == _GHAYR and after.classes & _COMPLEMENTIZER:
            return None  # غير أن: but
        return time


@dataclass(slots=True)
class _Token:
    """A word on its way, or what stands between words. A marker begins here where `length` is more than 0."""

    word: Word | None = None
    stops: bool = False
    length: int = 0
    says: Time | Degree | None = None
    future: bool = False
    token: int = 0
    exactness: tuple[int, int, Sense] | None = None


def _governed(tokens: Sequence[_Token], at: int) -> list[Word]:
    """The words of a piece, each with what governs it. `at` is how many words the version has before it."""
    found: list[Word] = []
    negation: Marker | None = None
    certainty: Marker | None = None
    place = {token.token: n for n, token in enumerate((t for t in tokens if t.word is not None), at)}
    for token in tokens:
        word, n = token.word, at + len(found)
        if word is None:
            if token.stops:
                _give_back(found, at, certainty)
                negation = certainty = None
            continue
        if token.says is not None:
            marker = Marker(n, n + token.length, token.says)
            if word.role == "negation":
                negation = marker
            else:
                certainty = marker
        elif word.role == "content":
            if negation is not None and n - negation.last < _REACH:
                word = replace(word, negation=negation)
            if certainty is not None:
                if word.verb or not _give_back(found, at, certainty, verb=True):
                    word = replace(word, certainty=certainty)
            elif token.future:
                word = replace(word, certainty=Marker(n, n + 1, "future"))
            if token.exactness is not None:
                start, end, sense = token.exactness
                word = replace(word, exactness=Marker(place[start], place[end - 1] + 1, sense))
            negation = certainty = None
        found.append(word)
    _give_back(found, at, certainty)
    return found


def _give_back(found: list[Word], at: int, certainty: Marker | None, *, verb: bool = False) -> bool:
    """Give a mark of certainty to the word of content before it (تفتح السوق حتما), with `verb` only where that is a
    verb right before it (تفتح على الأرجح السوق); was it given?"""
    if certainty is None:
        return False
    for n in range(certainty.first - at - 1, -1, -1):
        if found[n].role == "content":
            if found[n].certainty is not None or (verb and not found[n].verb):
                return False
            found[n] = replace(found[n], certainty=certainty)
            return True
        if verb:
            return False
    return False


def _bare(form: Form) -> str:
    """The folded word without a glued conjunction or preposition, its article kept."""
    if form.article:
        return "ال" + form.stem
    return form.stem if form.prep else form.core


@lru_cache(maxsize=100_000)
def _keys_and_state(token: str) -> frozenset[str]:
    """The keys of a word; of the adjective of a state also that of the state: الإيراني, إيران."""
    form = form_of(token)
    state = load_classes().state(form.stem) if form.classes & _NATIONALITY else None
    return _keys(token) | {f"={state}"} if state else _keys(token)


def _place_keys(name: str) -> frozenset[str]:
    table = load_classes()
    return frozenset({f"={table.state(name)}" if name in table.countries else name})


def _is(core: str, word: str) -> bool:
    """Is this the word, with or without a pronoun (شأن, شأنه)?"""
    return core == word or (core.startswith(word) and core[len(word) :] in SUFFIXES)


@lru_cache(maxsize=100_000)
def _keys(token: str) -> frozenset[str]:
    return frozenset(key for word in analysis.words(token) for key in word.keys) or frozenset({fold(token)})


@lru_cache(maxsize=20_000)
def _future(token: str) -> bool:
    """Is this a verb with the سـ of the future?"""
    core = form_of(token).core
    return core[:1] == "س" and any(
        word.form == core[1:] and any(key[0] == "v" for key in word.keys) for word in analysis.words(token)
    )


@lru_cache(maxsize=20_000)
def _present(token: str) -> bool:
    """Is this a verb of the present (يفتح, and تفتح where it is a form of the same verb)?"""
    core = form_of(token).core
    if core[:1] in ("ي", "ن", "ا"):
        return any(key[0] == "v" for key in _keys(core)) and core[:1] != "ا"
    if core[:1] != "ت" or len(core) < 4:
        return False
    own, masculine = _keys(core), _keys("ي" + core[1:])
    return any(key[0] == "v" for key in masculine) and (bool(own & masculine) or form_of(core).classes & _KANA > 0)
