"""The figures that the accuracy page adds to the scorer's."""

import accuracy_report
import pytest


def test_auroc() -> None:
    assert accuracy_report.auroc([(0.9, True), (0.8, True), (0.2, False)]) == 1.0
    assert accuracy_report.auroc([(0.1, True), (0.8, False)]) == 0.0
    assert accuracy_report.auroc([(0.5, True), (0.5, False)]) == 0.5
    assert accuracy_report.auroc([(0.5, True)]) == 0.5


def test_calibration_error() -> None:
    assert accuracy_report.calibration_error([(1.0, True)] * 4) == 0.0
    assert accuracy_report.calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)
    assert accuracy_report.calibration_error([(0.95, False), (0.15, True)]) == pytest.approx(0.9)
    assert accuracy_report.calibration_error([]) == 0.0


def test_every_block_of_the_page_has_a_table() -> None:
    text = accuracy_report.PAGE.read_text("utf-8")
    blocks = [m[2] for m in accuracy_report._BLOCK.finditer(text)]
    assert sorted(blocks) == ["confidence", "errors", "metrics", "outlets"]
    for block in accuracy_report._BLOCK.finditer(text):
        assert "| ---" in block[0], "run: python scripts/accuracy_report.py"
