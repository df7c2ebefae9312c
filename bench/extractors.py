"""Page to article: extractors side by side on ten layouts of our own (tests/intake/pages).

    python bench/extractors.py            a table: words kept and let in, paragraphs whole, boilerplate let in, speed
    python bench/extractors.py --show X   what the extractor X gives for each page

All pages and articles are invented. Each page stands beside a list of its paragraphs, and of pieces of what is around
them. `words` is F1 over the bag of words of the body (the headline apart); `paragraphs` the share of the paragraphs
that stand in the output as a line of their own; `let in` the number of pieces of boilerplate that are found in it. The
peers are of the extra `bench`; one that is not installed is left out. readability-lxml is not of the extra, since what
it asks for is more than pip 23 can sort out: pip install --no-deps readability-lxml 'chardet<6' 'cssselect<1.4'.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_TESTS = Path(__file__).resolve().parent.parent / "tests" / "intake"
PAGES = {"pages": _TESTS / "pages", "unseen": _TESTS / "pages_unseen"}
_WORD = re.compile(r"\w+")
_ROUNDS = 20


def _own() -> Callable[[bytes], str]:
    from qawl.intake.html import article_from_html

    return lambda page: article_from_html(page, "page").text


def _trafilatura(**options: Any) -> Callable[[bytes], str]:
    trafilatura = importlib.import_module("trafilatura")
    return lambda page: trafilatura.extract(page, include_comments=False, **options) or ""


def _readability() -> Callable[[bytes], str]:
    readability = importlib.import_module("readability")
    html = importlib.import_module("lxml.html")

    def extract(page: bytes) -> str:
        from qawl.intake.html import decode_html

        # It guesses encodings badly, so it gets the text as we decode it.
        summary = readability.Document(decode_html(page)).summary()
        blocks = html.fromstring(summary).xpath(
            "//p|//li|//h2|//h3|//blockquote[not(p)]|//div[text()[normalize-space()]]"
        )
        return "\n".join(re.sub(r"\s+", " ", block.text_content()).strip() for block in blocks)

    return extract


def _resiliparse() -> Callable[[bytes], str]:
    module = importlib.import_module("resiliparse.extract.html2text")

    def extract(page: bytes) -> str:
        from qawl.intake.html import decode_html

        return str(module.extract_plain_text(decode_html(page), main_content=True, alt_texts=False, links=False))

    return extract


def _justext() -> Callable[[bytes], str]:
    justext = importlib.import_module("justext")

    def extract(page: bytes) -> str:
        stops = justext.get_stoplist("Arabic")
        return "\n".join(found.text for found in justext.justext(page, stops) if not found.is_boilerplate)

    return extract


EXTRACTORS: dict[str, Callable[[], Callable[[bytes], str]]] = {
    "qawl": _own,
    "trafilatura": _trafilatura,
    "trafilatura, precision": lambda: _trafilatura(favor_precision=True),
    "trafilatura, recall": lambda: _trafilatura(favor_recall=True),
    "readability-lxml": _readability,
    "resiliparse": _resiliparse,
    "justext": _justext,
}


def load_pages(which: str = "pages") -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Name, bytes, and what is to come out, of each page."""
    for path in sorted(PAGES[which].glob("*.html")):
        yield path.stem, path.read_bytes(), json.loads(path.with_suffix(".json").read_text("utf-8"))


def score(text: str, wanted: dict[str, Any]) -> tuple[float, float, int]:
    """Word F1, share of whole paragraphs, pieces of boilerplate let in."""
    lines = [re.sub(r"\s+", " ", line).strip(" -•") for line in text.split("\n") if line.strip()]
    if lines and lines[0] == wanted["headline"]:
        lines = lines[1:]
    got = Counter(_WORD.findall(" ".join(lines)))
    gold = Counter(_WORD.findall(" ".join(wanted["paragraphs"])))
    common = (got & gold).total()
    f1 = 2 * common / (got.total() + gold.total()) if common else 0.0
    whole = sum(paragraph in lines for paragraph in wanted["paragraphs"]) / len(wanted["paragraphs"])
    return f1, whole, sum(piece in " ".join(lines) for piece in wanted["unwanted"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", choices=EXTRACTORS)
    parser.add_argument("--pages", choices=PAGES, default="pages")
    arguments = parser.parse_args()
    pages = list(load_pages(arguments.pages))
    if arguments.show:
        extract = EXTRACTORS[arguments.show]()
        for name, page, _ in pages:
            print(f"== {name}\n{extract(page)}\n")
        return
    unwanted = sum(len(wanted["unwanted"]) for _, _, wanted in pages)
    print(f"| extractor | words (F1) | worst page | paragraphs whole | let in, of {unwanted} | ms a page |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, make in EXTRACTORS.items():
        try:
            extract = make()
        except ImportError:
            print(f"| {name} | not installed | | | | |")
            continue
        scores = {page_name: score(extract(page), wanted) for page_name, page, wanted in pages}
        times = []
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            for _, page, _ in pages:
                extract(page)
            times.append((time.perf_counter() - start) / len(pages))
        worst = min(scores, key=lambda page_name: scores[page_name][0])
        print(
            f"| {name} | {statistics.mean(s[0] for s in scores.values()):.3f} "
            f"| {scores[worst][0]:.2f} ({worst}) "
            f"| {statistics.mean(s[1] for s in scores.values()):.2f} "
            f"| {sum(s[2] for s in scores.values())} | {statistics.median(times) * 1000:.1f} |"
        )


if __name__ == "__main__":
    main()
