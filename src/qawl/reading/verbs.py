"""Is a token a finite verb? The tables of reporting words, of common verbs and of ordinary nouns together say."""

from __future__ import annotations

from qawl.lexicon import ordinary
from qawl.reading.text import VERB, Text


def is_finite(text: Text, k: int) -> bool:
    """Is token k a finite verb, as far as the tables know, and no noun?"""
    form = text.forms[k]
    if form.kind != "word" or form.article or form.prep:
        return False
    table = ordinary.load()
    if form.core in table.nouns and form.core[0] not in "يت":
        return False
    if any(reading.form.part in ("past", "present") and not reading.form.passive for reading in form.cues):
        return True
    return bool(text.classes[k] & VERB) or form.core in table.verbs
