"""The country of a national body's site: by host, and for figures of texts that name no place at all."""

from __future__ import annotations

import pytest

from kb.extract import extract
from kb.extract.claims.national_sites import country_of_site
from kb.lexicon import read_table
from kb.model.values import Article
from tests.case_tables import cases

SITE = "https://mvd.gov.by/news/1"


@pytest.mark.parametrize("case", cases("sites"))
def test_sites(case: dict[str, str]) -> None:
    assert country_of_site(case["url"] or None) == (case["country"] or None)


def test_the_table_names_countries_and_every_host_once() -> None:
    rows = read_table("national_sites")
    countries = {row["name"] for row in read_table("countries")}
    assert {row["country"] for row in rows} <= {*countries, "*", ""}
    assert len({row["host"] for row in rows}) == len(rows)
    assert all(row["host"] == row["host"].lower().strip("./") for row in rows)
    assert all((row["country"] == "") == (row["body"] in ("abroad", "part")) for row in rows)


def place(text: str, url: str = SITE, **said: str) -> str | None:
    """The place of the first figure of a quote."""
    article = Article(text, kind="quote", cites_url=url, language="en", **said)  # type: ignore[arg-type]
    told = extract(article).claims[0].place
    assert told is None or told.span is None or told.span.words in text
    return None if told is None else told.name


def test_a_text_that_names_no_place_is_of_its_bodys_country() -> None:
    assert place("At least 3,100 drivers were fined in May.") == "Belarus"
    assert place("At least 3,100 drivers were fined in May.", "https://a.example.org/") is None


def test_a_page_is_read_as_a_quote_is() -> None:
    article = Article("At least 3,100 drivers were fined in May.", url=SITE, language="en")
    (claim,) = extract(article).claims
    assert claim.place is not None
    assert (claim.place.name, claim.place.span) == ("Belarus", None)


@pytest.mark.parametrize(
    "text",
    [
        "Latvia has fined at least 3,100 drivers.",
        "At least 3,100 Latvian drivers were fined.",
        "At least 3,100 drivers were fined. The minister was in Riga.",
        "At least 3,100 drivers were fined worldwide.",
        "At least 3,100 drivers were fined in 12 countries.",
    ],
)
def test_a_text_that_names_any_place_or_the_world_is_left_alone(text: str) -> None:
    assert place(text) != "Belarus"


def test_a_title_or_an_address_that_names_a_place_counts() -> None:
    said = "At least 3,100 drivers were fined."
    assert place(said, title="Latvian police report") is None
    assert place(said, f"{SITE}/drivers-in-latvia") == "Latvia"
    assert place(said, f"{SITE}/latvia-and-estonia-compared") is None
    assert place(said, f"{SITE}/belarus-drivers-fined") == "Belarus"


def test_the_place_that_an_address_names_holds_in_every_clause_of_a_quote() -> None:
    text = "Police detained 650 people after the vote, and thousands have left Belarus."
    assert place(text, "https://a.example.org/belarus-arrests-go-on") == "Belarus"
