"""Do two statements report the same utterance? A probability, from what their words, numbers, negations, days and
speakers have in common, and how they are reported.

Everything here is a pure function of the two statements: it asks nothing of a database, and the order of the two does
not matter. The weights (``models/likeness.json``) are trained by ``scripts/train_likeness.py``.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from sys import intern
from typing import Final, Literal

from qawl.arabic.letters import fold
from qawl.arabic.marks import QUOTES, find_marks
from qawl.arabic.words import Words, tokenize
from qawl.compare.lists import going_on, negations
from qawl.compare.numbers import find_numbers
from qawl.compare.rarity import EMPTY, cosine, weights
from qawl.lexicon.classes import WordClass
from qawl.record.search import analysis
from qawl.statement import Act, Form

#: To be raised with every change of this package by which two statements may come to another likeness; a change of the
#: weights or of the table of rare words is noticed by itself.
_VERSION: Final = 3

#: What a pair that seems to be one counts, where the one negates what the other affirms: it keeps groups apart.
AGAINST: Final = -1.0
#: What a pair in the very same words counts that is taken for one; any other counts less.
SAME_WORDS: Final = 1.0
_MOST: Final = 0.9999
#: The likeness from which two statements are taken for one; groups hold together by how far their pairs lie from it.
JOIN: Final = 0.38

Relation = Literal["same", "related", "unclear", "apart"]

#: How many words at its beginning are taken for the main point of a statement.
_HEAD: Final = 5
#: The word right behind a negation is negated (with one particle in between); of those that follow so near it is not
#: clear, the others are affirmed.
_NEGATED: Final = 2
_REACH: Final = 6
#: So many of its rarest words count by which a statement is found, if it has words enough.
_RAREST: Final = 4
_FEWEST: Final = 5
#: Two statements stand at the same place of two articles where so few more come before the one than before the other.
_SAME_PLACE: Final = 3
#: What lies further apart, in days or in statements of an article, makes no more difference.
_MOST_DAYS: Final = 30
_FAR: Final = 10
#: A content of so few words is often cut short, and says little by itself.
_FEW_WORDS: Final = 4
#: How many statements may come between a headline and the one of the body that says the same, for them to be near.
_NEAR_HEADLINE: Final = 2
#: Letters that are compared as one.
_STRETCH: Final = 4
_SIGNS: Final = re.compile(r"\W+")
#: From this cosine on two articles tell of one event, mostly.
_ONE_EVENT: Final = 0.35
#: A statement of less weight has two rare words or so.
_SHORT: Final = 10.0
#: So many words of a speaker's name count by which others of such a name are found, if they are rare enough.
_CALLED: Final = 2
_RARE: Final = 4.0
_SUBORDINATE: Final = WordClass.SUBORDINATOR.value
#: A negation with "except" so near behind it affirms (لن ترفع العقوبات إلا بعد التفتيش); إلا أن is "but".
_EXCEPT: Final = fold("إلا")
_EXCEPTED: Final = 8
_BUT: Final = fold("أن")
_WEAK: Final = str.maketrans("", "", "اأإآؤئءويىةه")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, as far as it is known.

    `entity` is who it is across articles (None: nobody knows). `state` is the state that it is, or whose capital, body
    or office-holder it is (ISO 3166). `called` are the rarest words of its name in the article: `call` gives them.
    """

    entity: int | None = None
    state: str | None = None
    called: frozenset[str] = frozenset()


class Context:
    """The words of an article, each weighted by how rare it is in the news and how often it stands there, and the
    length of that vector. Both are worked out when they are asked for: most statements that are loaded turn out not to
    be worth comparing in full."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def words(self) -> Mapping[str, float]:
        weight = weights()
        counts = Counter(analysis.first_keys(self._text))
        self._text = ""  # no longer wanted
        return {key: own * (1 + math.log(n)) for key, n in counts.items() if (own := weight[key]) > EMPTY}

    @cached_property
    def length(self) -> float:
        return math.sqrt(math.fsum(own * own for own in self.words.values()))


#: Of a statement without an article around it.
NOWHERE: Final = Context("")


def one_context(one: Context, other: Context) -> float:
    """How much two articles have in common, 0 to 1: the cosine of their words."""
    if not one.length or not other.length:
        return 0.0
    both = math.fsum(one.words[key] * other.words[key] for key in one.words.keys() & other.words.keys())
    return both / (one.length * other.length)


@dataclass(frozen=True)
class Utterance:
    """A statement as far as it is compared with others; `utterance` makes it of the statement's words.

    `ref` is its public ID, `article` tells its article from others. `day` is the day on which it was said where the
    text tells (`dated`), else the day of publication, which is `published`, as ordinals (None: unknown). `spans`
    are its content's half-open code points in the article, `content` is what stands there; `number` is its place among
    the article's statements, `within` the numbers of those in which it stands; `headline`: it stands in the headline.
    `keys` are its words but for empty ones, `weight` is what they weigh together, `head` are the first of them,
    `rarest` those by which a statement finds others of other speakers (none in a short one). `numbers` are the values
    of the numbers in it. `negated` are the roots (roughly) of words right behind a negation, `affirmed` those of words
    far from any. `roots` are those of all words, with their weights, and `letters` all stretches of four letters;
    `quoted` are the roots of what stands in quotation marks. `telling` are the `keys` with less weight for those that
    the article repeats, `brief` is a content of very few words. `context` are the words of the article. `act`, `form`,
    `verb` (the root, roughly, of the word that reports; empty without one), `goes_on` (by that word it is the next
    thing said), `setting` (the text tells where or on what occasion it was said) and `negative` say how it is reported.
    """

    ref: str
    article: int
    day: int | None
    published: int | None
    dated: bool
    voice: Voice
    denies: bool
    spans: tuple[tuple[int, int], ...]
    content: str
    number: int
    within: frozenset[int]
    keys: frozenset[str]
    weight: float
    head: tuple[str, ...]
    rarest: frozenset[str]
    negated: frozenset[str]
    affirmed: frozenset[str]
    roots: Mapping[str, float]
    headline: bool
    act: Act
    form: Form
    verb: str
    goes_on: bool
    setting: bool
    negative: bool
    context: Context

    # Only a few of those that are loaded are compared in full.

    @cached_property
    def numbers(self) -> frozenset[str]:
        words = tokenize(self.content)
        return frozenset(number.value for number in find_numbers(words, 0, len(words)))

    @cached_property
    def letters(self) -> frozenset[str]:
        letters = " ".join(_SIGNS.sub(" ", fold(self.content)).split())
        return frozenset(intern(letters[at : at + _STRETCH]) for at in range(len(letters) - _STRETCH + 1))

    @cached_property
    def quoted(self) -> frozenset[str]:
        return _quoted(self.content, self.form)

    @cached_property
    def telling(self) -> Mapping[str, float]:
        weight = weights()
        return {key: own / (1 + math.log(_times(self.context, key, own))) for key in self.keys if (own := weight[key])}

    @cached_property
    def brief(self) -> bool:
        return sum(form.kind != "punct" for form in tokenize(self.content).forms) <= _FEW_WORDS


def utterance(
    *,
    ref: str,
    article: int,
    day: int | None,
    published: int | None = None,
    dated: bool = False,
    voice: Voice,
    act: Act,
    text: str,
    spans: Sequence[tuple[int, int]],
    number: int = 0,
    within: Iterable[int] = (),
    headline: bool = False,
    form: Form = "indirect",
    cue: str = "",
    setting: bool = False,
    negative: bool = False,
    context: Context = NOWHERE,
) -> Utterance:
    """A statement of the article with this `text`, whose content are these `spans`, reported by the words of `cue`.

    Without another day it was published on `day`.
    """
    content = " ".join(text[start:end] for start, end in spans)
    words = tokenize(content)
    keys: dict[str, float] = {}
    roots: dict[str, float] = {}
    head: list[str] = []
    negated: set[str] = set()
    affirmed: set[str] = set()
    table = negations()
    since = _REACH + 1
    for at, word_form in enumerate(words.forms):
        since += 1
        if word_form.kind == "punct":
            continue
        if word_form.core == _EXCEPT and word_form.text not in table.exact[_EXCEPT]:
            continue
        if word_form.core in table.times or word_form.stem in table.times:
            after = words.forms[at + 1].core if at + 1 < len(words) else ""
            if after not in table.after and not _excepted(words, at):
                since = 0
            continue
        if word_form.classes & _SUBORDINATE:
            since = _NEGATED  # what comes under a condition is not affirmed
            continue
        for key, own, root in _weighed(word_form.text):
            if key not in keys:
                keys[key] = own
                roots[root] = own
            if len(head) < _HEAD:
                head.append(key)
            if since <= _NEGATED:
                negated.add(root)
                since = _NEGATED  # what follows is no longer right behind it
            elif since > _REACH:
                affirmed.add(root)
    return Utterance(
        ref=ref,
        article=article,
        day=day,
        published=day if published is None else published,
        dated=dated,
        voice=voice,
        denies=act == "deny",
        spans=tuple(spans),
        content=content,
        number=number,
        within=frozenset(within),
        keys=frozenset(keys),
        weight=math.fsum(keys.values()),
        head=tuple(head),
        rarest=_rarest(keys),
        negated=frozenset(negated - affirmed),
        affirmed=frozenset(affirmed),
        roots=roots,
        headline=headline,
        act=act,
        form=form,
        verb=_verb(cue),
        goes_on=_goes_on(cue),
        setting=setting,
        negative=negative,
        context=context,
    )


def _excepted(words: Words, at: int) -> bool:
    """Does "except" follow the negation at this place?"""
    for n in range(at + 1, min(at + 1 + _EXCEPTED, len(words))):
        form = words.forms[n]
        if form.kind == "punct":
            return False
        if form.core == _EXCEPT and form.text not in negations().exact[_EXCEPT]:
            return n + 1 < len(words) and words.forms[n + 1].core != _BUT
    return False


@lru_cache(maxsize=65536)
def _weighed(token: str) -> tuple[tuple[str, float, str], ...]:
    """Key, weight and root of the words of a token, but for empty ones."""
    weight = weights()
    return tuple((key, own, _root(key)) for key in analysis.first_keys(token) if (own := weight[key]) > EMPTY)


@lru_cache(maxsize=4096)
def _verb(cue: str) -> str:
    return next(map(_root, analysis.first_keys(cue)), "")


@lru_cache(maxsize=4096)
def _goes_on(cue: str) -> bool:
    return any(word.form in going_on() for word in analysis.words(cue))


def _times(context: Context, key: str, weight: float) -> float:
    """How often the article has a word; 1 where it is not known."""
    own = context.words.get(key)
    return math.exp(own / weight - 1) if own else 1.0


def _quoted(content: str, form: Form) -> frozenset[str]:
    """The roots of what is in quotation marks: of all of a direct statement, of nothing of an indirect one.

    A content may begin or end in the middle of a quotation.
    """
    if form == "indirect":
        return frozenset()
    stretches: list[str] = []
    if form == "direct":
        stretches = [content]
    else:
        words = tokenize(content)
        marks = find_marks(words)
        at, inside = 0, False
        for n in words.points:
            if words.forms[n].text not in QUOTES:
                continue
            opens = marks.opens(n)
            if inside or not opens:
                stretches.append(content[at : words.starts[n]])
            at, inside = words.ends[n], opens
        if inside:
            stretches.append(content[at:])
    weight = weights()
    found = (key for stretch in stretches for key in analysis.first_keys(stretch))
    return frozenset(_root(key) for key in found if weight[key] > EMPTY)


def _root(key: str) -> str:
    """The letters that words of one root have in common, roughly (نرفع, ترتفع): without weak ones, without the t of
    derived verbs."""
    root = key.removeprefix("v").translate(_WEAK) or key
    if len(root) > 3 and root[1] == "ت":
        root = root[0] + root[2:]
    return root if len(root) > 2 else key


def _rarest(keys: Mapping[str, float]) -> frozenset[str]:
    if len(keys) < _FEWEST:
        return frozenset()
    return frozenset(sorted(keys, key=lambda key: (-keys[key], key))[:_RAREST])


def relation(one: Voice, other: Voice) -> Relation:
    """What two speakers are to each other."""
    if one.entity is None or other.entity is None:
        return "unclear"
    if one.entity == other.entity:
        return "same"
    if one.state is not None and one.state == other.state:
        return "related"
    return "apart"


@lru_cache(maxsize=16384)
def call(name: str) -> frozenset[str]:
    """The rarest words of a speaker's name, by which a statement finds those of speakers of such a name."""
    weight = weights()
    found = {key for word in analysis.words(name) for key in word.keys if weight[key] >= _RARE}
    return frozenset(sorted(found, key=lambda key: (-weight[key], key))[:_CALLED])


def alike(one: Voice, other: Voice) -> bool:
    """Do the names of two speakers share one of their rarest words?"""
    return bool(one.called & other.called)


def overlap(one: Utterance, other: Utterance) -> bool:
    """Do the two stand in one another, in one article?"""
    if one.article != other.article:
        return False
    if one.number in other.within or other.number in one.within:
        return True
    return any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def shared_weight(one: Utterance, other: Utterance) -> float:
    """The weight of the words that two statements have in common."""
    weight = weights()
    return math.fsum(weight[key] for key in one.keys & other.keys)


def opposite(one: Utterance, other: Utterance) -> bool:
    """Does the one negate or deny what the other affirms? Of two that negate something, both do not."""
    if one.denies != other.denies:
        return not (other if one.denies else one).negated
    return bool(
        (one.negated & other.affirmed and not other.negated) or (other.negated & one.affirmed and not one.negated)
    )


def same_words(one: Utterance, other: Utterance) -> bool:
    """Are the two in the very same words?"""
    return one.letters == other.letters and one.keys == other.keys and bool(one.keys)


#: The features, in the order in which `features` gives them.
FEATURES: Final = (
    "speakers related",
    "speakers of like names",
    "speakers with nothing in common",
    "days",
    "days between the articles after the second",
    "cosine",
    "smaller in larger",
    "larger in smaller",
    "shared weight",
    "head of the larger",
    "number shared",
    "numbers of their own",
    "a number of one's own",
    "cosine of the roots",
    "letters of the smaller in the larger",
    "one article",
    "one article, side by side",
    "one article, its headline and its body",
    "a headline and a body",
    "two headlines",
    "in one another",
    "two articles, at the same place",
    "cosine of the articles",
    "articles on one event",
    "weight of the smaller",
    "how much larger",
    "a short one",
    "roots of the smaller in the larger",
    "opposite",
    "form of both",
    "verb of both",
    "negation in both or neither",
    "setting in both or neither",
    "day in both or neither",
    "one article, within the same",
    "one article, how far apart",
    "act of both, but for asserting",
    "cosine of the words that their articles do not repeat",
    "quotation of either in the other",
    "a very short one",
    "one article, retold and then quoted",
    "one article, the later one goes on",
    "one article, its headline and the body near it",
)


def features(one: Utterance, other: Utterance) -> tuple[float, ...]:
    """The features of a pair, in the order of `FEATURES`; most lie between 0 and 1.

    `cosine` is that of the words' weights; the next two are the shares of their weight that the two have in common.
    `head of the larger` is the share of its first words that the smaller one has: of two points that a long statement
    makes, the first is the one that it is about.
    """
    weight = weights()
    small, large = (one, other) if (one.weight, one.ref) <= (other.weight, other.ref) else (other, one)
    shared = [weight[key] for key in one.keys & other.keys]
    common = math.fsum(shared)  # exactly rounded, whatever the order: sets have none
    inside = common / small.weight if small.weight else 0.0
    norms = math.fsum(weight[key] ** 2 for key in one.keys) * math.fsum(weight[key] ** 2 for key in other.keys)
    of_words = math.fsum(w * w for w in shared) / math.sqrt(norms) if norms else 0.0
    head = sum(weight[key] for key in large.head)
    in_head = sum(weight[key] for key in large.head if key in small.keys)
    how = relation(one.voice, other.voice)
    by_name = how in ("unclear", "apart") and alike(one.voice, other.voice)
    days, between = days_apart(one.day, other.day), days_apart(one.published, other.published)
    together, beside = one.article == other.article, abs(one.number - other.number)
    first, second = (one, other) if one.number < other.number else (other, one)
    around = 0.0 if together else one_context(one.context, other.context)
    mine = {value for value in one.numbers - other.numbers if not _year(value)}
    others = {value for value in other.numbers - one.numbers if not _year(value)}
    return (
        how == "related",
        by_name,
        how in ("unclear", "apart") and not by_name,
        math.log1p(min(days, _MOST_DAYS)),
        max(between - 2, 0),
        of_words,
        inside,
        common / large.weight if large.weight else 0.0,
        math.log1p(common) / 5,
        in_head / head if head else 0.0,
        any(not _year(value) for value in one.numbers & other.numbers),
        bool(mine) and bool(others),
        bool(mine) != bool(others),
        cosine(one.roots, other.roots),
        len(one.letters & other.letters) / (min(len(one.letters), len(other.letters)) or 1),
        together,
        together and beside == 1,
        together and one.headline != other.headline,
        one.headline != other.headline,
        one.headline and other.headline,
        together and overlap(one, other),
        not together and beside < _SAME_PLACE,
        around,
        around > _ONE_EVENT,
        math.log1p(small.weight) / 5,
        math.log((large.weight + 1) / (small.weight + 1)),
        small.weight < _SHORT,
        _inside(small.roots, large.roots),
        opposite(one, other),
        one.form == other.form,
        bool(one.verb) and one.verb == other.verb,
        one.negative == other.negative,
        one.setting == other.setting,
        one.dated == other.dated,
        together and one.within == other.within,
        min(beside, _FAR) / _FAR if together else 0.0,
        one.act == other.act != "assert",
        cosine(one.telling, other.telling),
        _quotations(one, other),
        one.brief or other.brief,
        together and first.form == "indirect" != second.form and not first.headline,
        together and second.goes_on,
        together and one.headline != other.headline and beside <= _NEAR_HEADLINE,
    )


def _quotations(one: Utterance, other: Utterance) -> float:
    """How much of what the one quotes the other has, in whatever way; of two that quote, the lesser share."""
    pairs = ((one, other), (other, one))
    return min((len(a.quoted & b.roots.keys()) / len(a.quoted) for a, b in pairs if a.quoted), default=0.0)


def _inside(small: Mapping[str, float], large: Mapping[str, float]) -> float:
    """The share of the weight of the smaller one's words that the larger one has."""
    whole = math.fsum(small.values())
    return math.fsum(own for word, own in small.items() if word in large) / whole if whole else 0.0


def days_apart(one: int | None, other: int | None) -> int:
    """The days between two days; 0 where either is unknown."""
    return abs(one - other) if one is not None and other is not None else 0


def _year(value: str) -> bool:
    return len(value) == 4 and value[:2] in ("19", "20")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A logistic model over `FEATURES`."""

    weights: tuple[float, ...]
    bias: float

    def of(self, one: Utterance, other: Utterance) -> float:
        """How probable it is that the two report the same utterance, 0 to 1; `AGAINST` where they seem to, but the one
        negates what the other affirms; `SAME_WORDS` where they seem to, and their words are the same."""
        likeness = self.probability(features(one, other))
        if likeness < JOIN:
            return likeness
        if opposite(one, other):
            return AGAINST
        return SAME_WORDS if same_words(one, other) else min(likeness, _MOST)

    def probability(self, values: Sequence[float]) -> float:
        """The probability that the features of a pair speak for."""
        logit = self.bias + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1 / (1 + math.exp(-logit)) if logit > -40 else 0.0


def model(weights: Mapping[str, float], bias: float) -> Likeness:
    """A model from weights by the names of the features; one that is not named weighs nothing."""
    return Likeness(tuple(weights.get(name, 0.0) for name in FEATURES), bias)


def _text() -> str:
    return files("qawl.compare").joinpath("models", "likeness.json").read_text("utf-8")


@cache
def load() -> Likeness:
    """The model of the package."""
    value = json.loads(_text())
    return model(value["weights"], value["bias"])


@cache
def fingerprint() -> str:
    """Changes whenever likenesses may have changed: then all statements have to be compared anew."""
    parts = (str(_VERSION), analysis.fingerprint(), _text(), "".join(f"{k}{w}" for k, w in weights().items()))
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
