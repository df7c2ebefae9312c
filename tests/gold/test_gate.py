"""The accuracy gate itself: it sees a fall, and a gold that is not the one that was pinned."""

import json
from pathlib import Path

import gate
import pytest

needs_gold = pytest.mark.skipif(not (gate.SHARED / "gold" / "dev").is_dir(), reason="no gold beside the repository")


def test_a_fall_is_seen() -> None:
    pinned = {"gold_version": "1.1", "dev": {"record_f1": 0.78, "speaker_b3": 0.9}}
    assert gate.shortfalls({"dev": {"record_f1": 0.78, "speaker_b3": 0.95}}, pinned) == []
    assert gate.shortfalls({"dev": {"record_f1": 0.7799, "speaker_b3": 0.95}}, pinned) == [
        "dev: record_f1 is 0.7799, pinned 0.7800"
    ]
    assert len(gate.shortfalls({"dev": {}}, pinned)) == 2


def test_every_set_is_pinned() -> None:
    pinned = gate.pins()
    assert all(pinned[name]["record_f1"] > 0 for name in gate.SETS)
    assert pinned["gold_version"]


def test_pins_only_rise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "accuracy.toml"
    path.write_text('# why\ngold_version = "1.1"\npinned_on = 2020-01-01\n[dev]\na = 0.5\nb = 0.5\n', "utf-8")
    monkeypatch.setattr(gate, "PINS", path)
    gate._pin({"dev": {"a": 0.6789, "b": 0.4}}, gate.pins())
    assert path.read_text("utf-8").startswith("# why\n")
    assert gate.pins()["dev"] == {"a": 0.678, "b": 0.5}


@needs_gold
def test_the_gold_is_the_one_that_was_pinned() -> None:
    assert gate.gold_version() == gate.pins()["gold_version"]


@needs_gold
def test_gold_articles_keep_the_contract() -> None:
    from jsonschema import Draft202012Validator

    from qawl.intake import load
    from qawl.reading.reader import read
    from qawl.schema import schema

    valid = Draft202012Validator(schema())
    for path in sorted((gate.SHARED / "gold" / "dev").glob("*.txt")):
        article, _ = load(path)
        value = read(article).to_json()
        valid.validate(value)
        for statement in value["statements"]:
            for span in [statement["cue"], statement["source"], statement["hedge"], *statement["content"]]:
                assert span is None or article.text[span["start"] : span["end"]] == span["text"] != ""
        assert json.dumps(value)
