"""docs/api.md: its examples, sent to a desk over the samples, are answered as it says."""

from __future__ import annotations

from pathlib import Path

from desks import Running
from shell_examples import examples, run

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text("utf-8")


def test_examples(desk: Running, tmp_path: Path) -> None:
    assert len(examples(PAGE)) == 4
    (tmp_path / ".curlrc").write_text(r'write-out = "\n"')  # so that each answer is a line
    run(PAGE.replace("http://127.0.0.1:8000", desk.url), tmp_path, {"CURL_HOME": str(tmp_path)})
