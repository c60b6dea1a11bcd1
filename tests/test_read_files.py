"""Files as they come: encodings, what is no article, what the caller knows better."""

from __future__ import annotations

import codecs
import gzip
import random
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import KbError, ReadError, UsageError
from kb.lexicon import read_table
from kb.model.values import Genre
from kb.read import find_files, read_file
from kb.read.lines.days import parse_published
from kb.read.lines.page import Role
from tests.case_tables import cases
from tests.conftest import ARTICLES

SENTENCE = "The mayor said that the café would cost “nine” euros."
RUSSIAN = "Совет города решил в понедельник закрыть старый мост на два года, сообщил его представитель."


@pytest.mark.parametrize("case", cases("read_encodings"))
def test_encoding(case: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    raw = case["text"].encode(case["encoding"])
    path.write_bytes(bytes.fromhex(case["mark"]) + raw)
    article = read_file(path)
    assert article.text == case["text"]
    assert article.raw == path.read_bytes()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"PK\x03\x04" + b"a" * 99, "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x1f\x8b\x08\x00nothing", "damaged gzip"),
        (b"\xff\xfea\x00b", "first bytes"),
        (random.Random(1).randbytes(300).translate(None, bytes(range(32))), "encoding cannot be told|binary"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "feed"),
        (b"<html><body><script>let a = 1</script></body></html>", "holds no article"),
        (b"Share on Facebook\n\nCopy link\n", "nothing but page furniture"),
        (b"The mayor said no. " * 300_000, "--max-text"),
        (gzip.compress(b"<p>a</p>" * 7_000_000, mtime=0), "--max-text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_told(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "source"
    path.write_bytes(content)
    with pytest.raises(ReadError, match=told) as caught:
        read_file(path)
    assert str(path) in str(caught.value)


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="does not exist"):
        read_file(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read_file(tmp_path)
    with pytest.raises(ReadError, match="cannot be read"):
        read_file(tmp_path / ("long" * 100))


def test_the_limit_can_be_raised_and_counts_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RUSSIAN)
    assert len(RUSSIAN) < 150 < len(RUSSIAN.encode())
    with pytest.raises(ReadError, match="more than the"):
        read_file(path, max_text=150)
    assert read_file(path, max_text=200).text == RUSSIAN


def test_nul_and_lone_surrogates_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"The mayor said\x00 no to \xed\xa0\x80 all of it. " * 50)
    text = read_file(path).text
    assert "\x00" not in text
    assert text.encode("utf-8").decode("utf-8") == text
    assert "said\ufffd no" in text


def test_what_the_caller_says_goes_first(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"Café opens\n\nBy Ann Doe\n\nJune 3, 2026\n\n{SENTENCE}\n\nhttps://cafe.example.org/a")
    article = read_file(
        path,
        url="https://b.example.org/",
        title="Café opens",
        published="4 June 2026",
        publisher="The Example",
    )
    assert (article.url, article.published) == ("https://b.example.org/", "2026-06-04")
    assert (article.publisher, article.authors) == ("The Example", ("Ann Doe",))
    assert article.text == SENTENCE


@pytest.mark.parametrize("case", cases("read_given_dates"))
def test_given_date(case: dict[str, str]) -> None:
    if case["iso"]:
        assert parse_published(case["given"]) == case["iso"]
    else:
        with pytest.raises(UsageError, match="give it like 2026-06-03"):
            parse_published(case["given"])


def test_a_date_that_is_none_is_told_before_the_file_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'soon' is no date"):
        read_file(tmp_path / "none.txt", published="soon")


def test_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "README.md", "c.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert [str(p.relative_to(tmp_path)) for p in find_files(tmp_path)] == ["a/z.txt", "b.txt", "c.html"]
    with pytest.raises(ReadError, match="does not exist"):
        list(find_files(tmp_path / "none"))


def test_links_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("x")
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "gone")
    assert list(find_files(tmp_path)) == [tmp_path / "a" / "x.txt", tmp_path / "b"]
    with pytest.raises(ReadError, match="does not exist"):
        read_file(tmp_path / "b")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda b: b"<html><body><p>" + b)))
def test_no_bytes_raise_anything_but_our_errors(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    try:
        article = read_file(path)
    except KbError:
        return
    assert article.text.strip()


@pytest.mark.parametrize("seed", range(30))
def test_articles_cut_or_changed_anywhere(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    raw = bytearray(chance.choice(sorted(find_files(ARTICLES))).read_bytes())
    del raw[chance.randrange(len(raw)) :]
    for _ in range(chance.randrange(20) if raw else 0):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    path = tmp_path / "any.txt"
    path.write_bytes(raw)
    try:
        text = read_file(path).text
    except ReadError:
        return
    assert text


def test_the_table_of_encodings_names_codecs() -> None:
    assert all(codecs.lookup(row["encoding"]) for row in read_table("encodings"))


def test_the_classes_of_furniture_are_roles_of_lines() -> None:
    classes = {row["class"] for row in read_table("furniture")}
    roles = set(get_args(Role))
    assert {name for name in classes if not name.startswith(("label-", "genre-"))} <= roles
    assert {name.removeprefix("genre-") for name in classes if name.startswith("genre-")} == set(
        get_args(Genre)
    )
    assert {row["match"] for row in read_table("furniture")} == {"whole", "start", "part"}
    assert all(row["words"] == row["words"].lower().strip() for row in read_table("furniture"))
