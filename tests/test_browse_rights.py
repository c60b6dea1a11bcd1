"""Who may write through the browser: those who judge, by one address; nobody else, by any."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from kb import KnowledgeBase
from tests.browsing import Browser

SAID = {"sql": "DELETE FROM review", "verdict": "accept", "type": "INFO", "message": "x", "token": "x"}


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


def a_figure(path: Path) -> str:
    with KnowledgeBase(path, read_only=True) as base:
        return base.figures()[0].uid


def addresses(browser: Browser, uid: str) -> list[str]:
    """An address of every route of the server, Datasette's own included."""
    filled = {"database": browser.name, "uid": uid, "table": "review", "pks": "1", "path": "app.css"}
    found = []
    for route, _ in browser.datasette._routes():
        pattern = route if isinstance(route, str) else route.pattern
        words = re.sub(r"\(\\?\.?\(?\?P<format>.*$|\(\\\.\(\?P<format>.*$", "", pattern)
        words = re.sub(
            r"\(\?P<(\w+)>(?:[^()\[\]]|\[[^\]]*\])*\)", lambda group: filled.get(group[1], ""), words
        )
        found.append(re.sub(r"\\(.)", r"\1", words).strip("^$?").replace(".*", ""))
    return found


@pytest.mark.parametrize(
    ("review", "actor"), [(False, None), (False, "root"), (True, None), (True, "somebody")]
)
def test_nobody_without_the_right_writes_by_any_address(
    base_path: Path, review: bool, actor: str | None
) -> None:
    """Each address is sent each method, with a form's token and without: the base stays as it was."""
    browser, before = Browser(base_path, review=review), dump(base_path)
    uid = a_figure(base_path)
    told = addresses(browser, uid)
    assert f"/-/kb/{browser.name}/decide" in told
    assert f"/{browser.name}/review" in told
    said = {**SAID, "fact": uid}
    for address in told:
        for token in (True, False):
            browser.send("POST", address, actor, said, token=token)
    for method in ("PUT", "PATCH", "DELETE"):
        assert browser.send(method, f"/-/kb/{browser.name}/decide", actor).status_code in (403, 405)
    assert browser.decide(actor=actor, fact=uid, verdict="accept").status_code == 403
    assert browser.get(f"/-/kb/{browser.name}/review", actor).status_code == 403
    assert dump(base_path) == before


def test_sql_writes_nothing(base_path: Path) -> None:
    browser, before = Browser(base_path, review=True), dump(base_path)
    for query in ("DELETE FROM review", "select 1; drop table review", "pragma writable_schema=1", "VACUUM"):
        answer = browser.get(f"/{browser.name}", "root", params={"sql": query})
        assert answer.status_code == 400, query
    writes = "with x as (select 1) insert into review select * from review"
    assert browser.get(f"/{browser.name}", "root", params={"sql": writes}).status_code == 400
    assert dump(base_path) == before


def test_a_verdict_is_appended_under_a_name_and_taken_back(base_path: Path) -> None:
    browser, uid = Browser(base_path, review=True), a_figure(base_path)
    here = f"/-/kb/{browser.name}/review"
    answer = browser.decide(fact=uid, verdict="reject", back=here, note="no figure")
    assert (answer.status_code, answer.headers["location"]) == (302, here)
    with KnowledgeBase(base_path, read_only=True) as base:
        last = base.last_answer("Ada Example")
        assert last is not None
        assert (last.verdict, last.about) == ("rejected", uid)
        (made,) = (entry for entry in base.decided(uid) if entry.kind == "review")
        assert (made.by, made.note, made.stands) == ("Ada Example", "no figure", True)
    assert "rejected" in browser.get(here, "root").text
    assert browser.decide(answer=last.uid, of=last.kind, verdict="undo").status_code == 302
    with KnowledgeBase(base_path, read_only=True) as base:
        assert base.last_answer("Ada Example") is None
        assert len(base.decided(uid)) == 3  # read, rejected, taken back: nothing is deleted


def test_only_what_was_changed_in_the_form_is_corrected(base_path: Path) -> None:
    browser, uid = Browser(base_path, review=True), a_figure(base_path)
    said = {
        "fact": uid,
        "verdict": "correct",
        "was.value": "5",
        "value": "over 6",
        "was.date": "",
        "date": "",
    }
    assert browser.decide(said).status_code == 302
    with KnowledgeBase(base_path, read_only=True) as base:
        fields = {entry.field for entry in base.decided(uid) if entry.verdict == "corrected"}
    assert {"low", "comparator"} <= fields
    assert "date" not in fields
    same = browser.decide(said | {"was.value": "over 6"})
    assert same.status_code == 400
    assert "nothing was changed" in same.text


def test_two_are_decided_to_be_one(base_path: Path) -> None:
    browser = Browser(base_path, review=True)
    with KnowledgeBase(base_path, read_only=True) as base:
        a, b = [one.uid for one in base.entities(kind="person")[:2]]
    assert browser.decide(a=a, b=b, verdict="same").status_code == 302
    with KnowledgeBase(base_path, read_only=True) as base:
        (made,) = base.decisions()
        last = base.last_answer("Ada Example")
    assert (made.verdict, made.by) == ("same", "Ada Example")
    assert last is not None
    assert browser.decide(answer=last.uid, of=last.kind, verdict="undo").status_code == 302
    with KnowledgeBase(base_path, read_only=True) as base:
        assert base.decisions()[0].withdrawn


def test_what_was_missed_is_added(base_path: Path) -> None:
    browser = Browser(base_path, review=True)
    with KnowledgeBase(base_path, read_only=True) as base:
        (row,) = base.sql("SELECT article_uid AS uid FROM figures LIMIT 1")
        text = base.article(row["uid"]).text or ""
    word = text.split()[3].strip(".,")
    said = {"article": row["uid"], "quote": word, "at": str(text.index(word)), "kind": "event"}
    answer = browser.decide(verdict="add", title="Something else", event_kind="", form=said)
    assert answer.status_code == 302, answer.text
    with KnowledgeBase(base_path, read_only=True) as base:
        assert any(report.trigger == word for report in base.article(row["uid"]).reports)
    assert browser.decide(said | {"at": "-1"}, verdict="add").status_code == 400


@pytest.mark.parametrize(
    "said",
    [
        {"verdict": "accept", "fact": "nosuchfact"},
        {"verdict": "explode", "fact": "x"},
        {"verdict": "accept"},
        {"verdict": "correct", "fact": "nosuchfact", "value": "5"},
        {"verdict": "undo", "answer": "x"},
        {"verdict": "undo", "answer": "x", "of": "decision"},
        {"verdict": "same", "a": "x", "b": "x"},
        {"verdict": "add", "article": "x", "quote": "y", "kind": "poem"},
        {},
    ],
)
def test_what_cannot_be_is_refused_and_said(base_path: Path, said: dict[str, str]) -> None:
    browser, before = Browser(base_path, review=True), dump(base_path)
    answer = browser.decide(said)
    assert answer.status_code == 400
    assert "Not done" in answer.text
    assert dump(base_path) == before


def test_forged_forms_are_refused(base_path: Path) -> None:
    """Without the token of a form, or with the sign of another site, the right is of no use."""
    browser, before, uid = Browser(base_path, review=True), dump(base_path), a_figure(base_path)
    assert browser.decide(token=False, fact=uid, verdict="accept").status_code == 403
    there = f"/-/kb/{browser.name}/decide"
    for sign in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        data = {"fact": uid, "verdict": "accept"}
        answer = browser.send("POST", there, "root", data, token=True, headers=sign)
        assert answer.status_code == 403, sign
    assert dump(base_path) == before


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "/-/kb/kb/\\evil", "/-/kb/kb/\r\nX: y", "javascript:x", ""],
)
def test_nobody_is_sent_elsewhere(base_path: Path, back: str) -> None:
    browser = Browser(base_path, review=True)
    answer = browser.decide(fact=a_figure(base_path), verdict="accept", back=back)
    assert answer.headers["location"] == f"/-/kb/{browser.name}/"


def test_the_settings_name_others_who_judge(base_path: Path) -> None:
    browser = Browser(base_path, review=True, allow={"id": ["eve"]})
    uid = a_figure(base_path)
    assert browser.decide(actor="root", fact=uid, verdict="accept").status_code == 403
    assert browser.decide(actor="eve", fact=uid, verdict="accept").status_code == 302
    with KnowledgeBase(base_path, read_only=True) as base:
        assert base.last_answer("eve") is not None


def test_the_token_is_asked_for_once(base_path: Path) -> None:
    browser = Browser(base_path, review=True)
    token = browser.datasette._root_token
    assert browser.get("/-/auth-token", params={"token": "wrong"}).status_code == 403
    first = browser.get("/-/auth-token", params={"token": token})
    assert "ds_actor" in first.headers["set-cookie"]
    assert browser.get("/-/auth-token", params={"token": token}).status_code == 403


def test_readers_get_no_forms_and_no_script(demo: Path) -> None:
    browser = Browser(demo, review=True)
    for page in ("", "entities", "conflicts"):
        text = browser.get(f"/-/kb/{browser.name}/{page}").text
        assert "<script" not in text
        assert "verdict" not in text
