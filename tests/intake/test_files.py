"""Files and folders."""

from pathlib import Path

import pytest

from qawl.intake import InputError, find_files, load


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "c.json", ".hidden.txt", "d/x.HTM", "d/e/y.txt", ".git/z.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("قال", "utf-8")
    found = [str(path.relative_to(tmp_path)) for path in find_files(tmp_path)]
    assert found == ["a.html", "b.txt", "d/x.HTM", "d/e/y.txt"]


def test_a_link_in_a_circle_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("قال", "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(list(find_files(tmp_path))) == 1


def test_load_names_the_article_after_the_file(tmp_path: Path) -> None:
    path = tmp_path / "news.2024.txt"
    path.write_text(" قال\n", "utf-8")
    article, extracted = load(path)
    assert (article.id, article.text, extracted) == ("news.2024", " قال\n", False)


def test_html_is_known_by_ending_and_by_content(tmp_path: Path) -> None:
    for name, data in (("a.html", "<p>قال"), ("b.dat", "<!doctype html><p>قال")):
        (tmp_path / name).write_text(data, "utf-8")
        article, extracted = load(tmp_path / name)
        assert (article.text, extracted) == ("قال", True)


def test_what_cannot_be_loaded(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load(tmp_path / "gone.txt")
    with pytest.raises(InputError, match="directory"):
        load(tmp_path)
    with pytest.raises(InputError):
        list(find_files(tmp_path / "gone"))
