"""Releases and single files: read back, validated by the libraries of their own communities."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import rdflib

from kb import KnowledgeBase
from kb.errors import UsageError
from kb.export import FORMATS
from kb.export.passages import text_fragment
from kb.export.quickstatements import property_of
from kb.export.tables import TABLES, columns
from tests.conftest import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")


@pytest.fixture(scope="module")
def release(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "release"
    with KnowledgeBase(demo, read_only=True) as base:
        base.export(folder)
    return folder


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_same_base_and_options_same_bytes(demo: Path, release: Path, tmp_path: Path) -> None:
    with KnowledgeBase(demo, read_only=True) as base:
        base.export(tmp_path / "again")
    for path in release.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_data_package_is_valid(release: Path) -> None:
    from frictionless import Package

    report = Package(str(release / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])


def test_every_column_is_described_and_typed(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    found = {r["name"]: r["schema"]["fields"] for r in package["resources"] if "schema" in r}
    assert set(found) == set(TABLES)
    for name, fields in found.items():
        assert [field["name"] for field in fields] == [column.name for column in columns()[name]]
        assert all(field["description"] for field in fields)


def test_parquet_holds_what_csv_holds(release: Path) -> None:
    for name in TABLES:
        rows = table(release, name)
        told = pq.read_table(release / f"{name}.parquet").to_pylist()
        assert [row["uid"] for row in told] == [row["uid"] for row in rows]
    figures = pq.read_table(release / "figures.parquet").to_pylist()
    for row, said in zip(figures, table(release, "figures"), strict=True):
        assert row["low"] == (float(said["low"]) if said["low"] else None)
        assert (row["earliest"].isoformat() if row["earliest"] else "") == said["earliest"]


def test_pandas_and_duckdb_read_it(release: Path) -> None:
    import duckdb
    import pandas as pd

    frame = pd.read_csv(release / "figures.csv", parse_dates=["earliest", "latest"])
    assert frame.low.dtype == "float64"
    assert str(frame.earliest.dtype).startswith("datetime64")
    query = f"SELECT count(*), count(DISTINCT source) FROM '{release / 'figures.csv'}'"
    relation = duckdb.sql(query)
    assert relation is not None
    assert relation.fetchall() == [(len(frame), frame.source.nunique())]


def test_a_figure_is_verified_with_the_release_and_the_page_alone(release: Path, demo: Path) -> None:
    sources = {row["uid"]: row for row in table(release, "sources")}
    figure = table(release, "figures")[0]
    source = sources[figure["source"]]
    with KnowledgeBase(demo, read_only=True) as base:
        (row,) = base.sql("SELECT bytes FROM raw WHERE sha256 = :sha256", sha256=source["raw_sha256"])
    import zlib

    page = zlib.decompress(row["bytes"])
    assert hashlib.sha256(page).hexdigest() == source["raw_sha256"]
    assert figure["quote"] in " ".join(page.decode("utf-8").split())


def test_texts_reviewers_and_notes_go_out_only_where_asked_for(base_path: Path, tmp_path: Path) -> None:
    with KnowledgeBase(base_path) as base:
        figure = base.figures()[0]
        base.accept(figure.uid, by="Quincy Reviewer", note="looked twice at it")
        base.export(tmp_path / "plain")
        base.export(tmp_path / "all", texts=True, reviewers=True)
        text = base.sql("SELECT text FROM revision LIMIT 1")[0]["text"]
    everything = b"".join(path.read_bytes() for path in (tmp_path / "plain").rglob("*") if path.is_file())
    assert b"Quincy" not in everything
    assert b"looked twice" not in everything
    assert text.encode() not in everything
    assert "Quincy Reviewer" in (tmp_path / "all" / "reviews.csv").read_text(encoding="utf-8")
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (tmp_path / "all" / "texts").iterdir()}
    for row in table(tmp_path / "all", "figures"):
        words = texts[row["source"]][int(row["start_char"]) : int(row["end_char"])]
        assert " ".join(words.split()) == row["phrase"]


def test_reviewed_only_and_rejected(base_path: Path, tmp_path: Path) -> None:
    with KnowledgeBase(base_path) as base:
        accepted, rejected = base.figures()[:2]
        base.accept(accepted.uid)
        base.reject(rejected.uid)
        base.export(tmp_path / "reviewed", reviewed_only=True)
        base.export(tmp_path / "all")
    assert [row["uid"] for row in table(tmp_path / "reviewed", "figures")] == [accepted.uid]
    assert rejected.uid not in {row["uid"] for row in table(tmp_path / "all", "figures")}
    assert {row["uid"] for row in table(tmp_path / "reviewed", "sources")} == {
        row["source"] for row in table(tmp_path / "reviewed", "figures")
    }


def test_changes_since_the_release_before(base_path: Path, tmp_path: Path) -> None:
    with KnowledgeBase(base_path) as base:
        base.export(tmp_path / "first")
        corrected, rejected = [figure for figure in base.figures() if figure.comparator == "="][:2]
        base.correct(corrected.uid, {"value": "more than 12"})
        base.reject(rejected.uid)
        made = base.export(tmp_path / "second", previous=tmp_path / "first")
    assert made is not None
    with (tmp_path / "second" / "CHANGES.csv").open(encoding="utf-8") as file:
        changes = [row for row in csv.DictReader(file) if row["table"] == "figures"]
    of_corrected = {row["column"]: row for row in changes if row["uid"] == corrected.uid}
    assert of_corrected["comparator"]["after"] == ">"
    assert of_corrected["comparator"]["reason"] == "corrected in review"
    (gone,) = [row for row in changes if row["uid"] == rejected.uid]
    assert (gone["change"], gone["reason"]) == ("withdrawn", "rejected in review")


def test_changes_tell_why(base_path: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with KnowledgeBase(base_path) as base:
        base.export(first)
        accepted = base.figures("political prisoners")[0]
        base.accept(accepted.uid)
        url = next(figure.url for figure in base.figures("exports") if figure.url)
        base.withdraw(url, reason="its publisher asked for it")
        base.load(ROOT / "data" / "notes")
        base.export(second, previous=first)
    with (second / "CHANGES.csv").open(encoding="utf-8") as file:
        changes = list(csv.DictReader(file))
    said: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in changes:
        said[row["table"], row["change"], row["column"]].add(row["reason"])
    for name in ("sources", "figures", "reports", "events"):
        assert said[name, "withdrawn", ""] == {"source withdrawn: its publisher asked for it"}
    assert said["figures", "corrected", "status"] == {"accepted in review"}
    assert said["figures", "corrected", "series"] == {"grouped otherwise"}  # the notes joined theirs
    entities = {row["uid"] for row in table(second, "entities")}
    for reason in said["entities", "withdrawn", ""] - {"not named any more"}:
        assert reason.startswith("now part of ")
        assert reason.split()[-1] in entities


@pytest.mark.parametrize("name", ["METHODOLOGY.md", "CITATION.cff"])
def test_what_a_person_wrote_into_a_release_is_not_replaced(demo: Path, tmp_path: Path, name: str) -> None:
    from frictionless import Package

    with KnowledgeBase(demo, read_only=True) as base:
        base.export(tmp_path / "release")
        base.export(tmp_path / "release")
        page = tmp_path / "release" / name
        filled = page.read_text("utf-8").replace("[TO FILL: who", "Ada Example: who")
        page.write_text(filled, "utf-8")
        with pytest.raises(UsageError, match="changed by hand"):
            base.export(tmp_path / "release")
        assert page.read_text("utf-8") == filled
        assert Package(tmp_path / "release" / "datapackage.json").validate().valid
        assert base.export(tmp_path / "next", previous=tmp_path / "release") is not None
        (tmp_path / "release" / "datapackage.json").write_text("{}", "utf-8")
        with pytest.raises(UsageError, match="not as kb made it"):
            base.export(tmp_path / "release")


@pytest.mark.parametrize("target", ["figures.csv", "release"])
def test_a_series_of_nothing_is_told(demo: Path, tmp_path: Path, target: str) -> None:
    with KnowledgeBase(demo, read_only=True) as base:
        with pytest.raises(UsageError, match="no figure that may go out is of 'unicorns'"):
            base.export(tmp_path / target, series="unicorns")
        assert not list(tmp_path.iterdir())


def test_an_ending_of_no_format_is_told(demo: Path, tmp_path: Path) -> None:
    with KnowledgeBase(demo, read_only=True) as base:
        with pytest.raises(UsageError, match=r"no format has the ending \.xlsx"):
            base.export(tmp_path / "figures.xlsx")
        assert not (tmp_path / "figures.xlsx").exists()
        assert base.export(tmp_path / "release-2.1") is not None


def test_a_folder_with_other_files_is_left_alone(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("mine", encoding="utf-8")
    with KnowledgeBase(demo, read_only=True) as base:
        with pytest.raises(UsageError, match="other files"):
            base.export(tmp_path / "mine")
        with pytest.raises(UsageError, match="no format 'word'"):
            base.export(tmp_path / "x.doc", form="word")
        with pytest.raises(UsageError, match="no release"):
            base.export(tmp_path / "new", previous=tmp_path / "mine")
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


@pytest.fixture(scope="module")
def files(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("formats")
    with KnowledgeBase(demo, read_only=True) as base:
        for form in FORMATS:
            base.export(folder / form, form=form)
    return folder


def test_json_lines(files: Path, release: Path) -> None:
    rows = [json.loads(line) for line in (files / "jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["uid"] for row in rows] == [row["uid"] for row in table(release, "figures")]


def test_json_ld_is_rdf_of_schema_org(files: Path, release: Path) -> None:
    graph = rdflib.Graph().parse(files / "jsonld", format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    figures, events = table(release, "figures"), table(release, "events")
    assert len(set(graph.subjects(rdflib.RDF.type, schema.Observation))) == len(figures)
    assert len(set(graph.subjects(rdflib.RDF.type, schema.Event))) == len(events)
    claims = list(graph.subjects(rdflib.RDF.type, schema.Claim))
    assert all((claim, schema.isBasedOn, None) in graph for claim in claims)
    starts = {
        int(str(start)) for start in graph.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#start"))
    }
    assert {int(row["start_char"]) for row in figures} <= starts


def test_annotations_quote_exactly(files: Path, demo: Path) -> None:
    page = json.loads((files / "annotations").read_text(encoding="utf-8"))
    assert page["type"] == "AnnotationPage"
    with KnowledgeBase(demo, read_only=True) as base:
        texts = {
            row["uid"]: row["text"]
            for row in base.sql(
                "SELECT article.uid, text FROM article JOIN revision ON revision.article_id = article.id"
            )
        }
    assert page["items"]
    for item in page["items"]:
        quoted, position = item["target"]["selector"]
        text = texts[item["id"].split(":")[3]]
        start, end = position["start"], position["end"]
        assert text[start:end] == quoted["exact"]
        assert text[:start].endswith(quoted["prefix"])
        assert text[end:].startswith(quoted["suffix"])


def test_provenance_is_turtle_and_conforms(files: Path, release: Path) -> None:
    from pyshacl import validate

    graph = rdflib.Graph().parse(files / "prov", format="turtle")
    shapes = rdflib.Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix prov: <http://www.w3.org/ns/prov#> .
        [] a sh:NodeShape ; sh:targetSubjectsOf prov:wasDerivedFrom ;
            sh:property [ sh:path prov:wasDerivedFrom ; sh:maxCount 1 ; sh:class prov:Entity ] ;
            sh:property [ sh:path prov:wasGeneratedBy ; sh:minCount 1 ; sh:class prov:Activity ] .
        [] a sh:NodeShape ; sh:targetClass prov:Activity ;
            sh:property [ sh:path prov:wasAssociatedWith ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .""",
        format="turtle",
    )
    conforms, _, words = validate(graph, shacl_graph=shapes)
    assert conforms, words
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    assert len(list(graph.subject_objects(prov.wasDerivedFrom))) == len(table(release, "figures"))


def test_follow_the_money_entities(files: Path) -> None:
    rows = [json.loads(line) for line in (files / "ftm").read_text(encoding="utf-8").splitlines()]
    assert {row["schema"] for row in rows} >= {
        "Person",
        "Organization",
        "Address",
        "Article",
        "Event",
        "Note",
    }
    assert len({row["id"] for row in rows}) == len(rows)
    python = Path(__file__).parents[1] / ".ftm" / "bin" / "python"
    if not python.exists():
        pytest.skip("no .ftm with followthemoney (make test makes it where ICU and a compiler are)")
    check = (
        "import json, sys\n"
        "from followthemoney import model\n"
        "from followthemoney.proxy import EntityProxy\n"
        "for line in sys.stdin:\n"
        "    row = json.loads(line)\n"
        "    schema = model.get(row['schema'])\n"
        "    unknown = set(row['properties']) - set(schema.properties)\n"
        "    assert not unknown, (row['schema'], unknown)\n"
        "    kept = model.get_proxy(row).to_dict()['properties']\n"
        "    lost = {k: v for k, v in row['properties'].items() if set(v) - set(kept.get(k, []))}\n"
        "    assert not set(lost) - {'language'}, lost\n"
    )
    said = (files / "ftm").read_text(encoding="utf-8")
    done = subprocess.run([python, "-c", check], input=said, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_stories_have_a_footnote_a_figure(files: Path, release: Path) -> None:
    story = (files / "markdown").read_text(encoding="utf-8")
    count = len(table(release, "figures"))
    for number in range(1, count + 1):
        assert story.count(f"[^{number}]") == 2, number


def test_references_name_every_source(files: Path, release: Path) -> None:
    count = len(table(release, "sources"))
    ris = (files / "ris").read_text(encoding="utf-8")
    assert ris.count("TY  - ELEC\n") == ris.count("ER  - \n") == count
    bibtex = (files / "bibtex").read_text(encoding="utf-8")
    assert bibtex.count("@online{") == count
    assert bibtex.count("{") - bibtex.count("\\{") == bibtex.count("}") - bibtex.count("\\}")


def test_wikidata_gets_accepted_exact_figures_of_known_items(tmp_path: Path) -> None:
    quotes = tmp_path / "quotes.csv"
    quotes.write_text(
        "url,published,title,quote\n"
        'https://example.org/q,2026-01-05,"The ""big"" flood",'
        '"On January 4, 2026, the flood killed 412 people in Tarvo, the ministry said."\n',
        encoding="utf-8",
    )
    with KnowledgeBase(tmp_path / "kb.db") as base:
        base.load(quotes)
        figure = base.figures()[0]
        base.export(tmp_path / "before.qs", form="quickstatements")
        base.accept(figure.uid)
        base._store.connection.exec_driver_sql(
            "UPDATE entity SET wikidata = 'Q90000001' WHERE name = 'Tarvo'"
        )
        base.export(tmp_path / "after.qs", form="quickstatements")
    assert (tmp_path / "before.qs").read_text(encoding="utf-8") == ""
    (line,) = (tmp_path / "after.qs").read_text(encoding="utf-8").splitlines()
    fields = line.split("\t")
    assert fields[:3] == ["Q90000001", "P1120", "412"]
    assert fields[3:5] == ["P585", "+2026-01-04T00:00:00Z/11"]
    assert fields[5:7] == ["S854", '"https://example.org/q"']
    assert line.count("''big''") == 1


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("people killed in Myanmar", "P1120"),
        ("civilians killed in Myanmar", None),
        ("population of Tarvo", "P1082"),
        ("share of people killed", None),
        ("political prisoners held", None),
    ],
)
def test_properties_of_measures(measure: str, expected: str | None) -> None:
    assert property_of(measure) == expected


@pytest.mark.parametrize(
    ("url", "words", "expected"),
    [
        ("https://example.org/a", "over 800", "https://example.org/a#:~:text=over%20800"),
        (
            "https://example.org/a#top",
            "a-b, c & d",
            "https://example.org/a#top:~:text=a%2Db%2C%20c%20%26%20d",
        ),
    ],
)
def test_text_fragments(url: str, words: str, expected: str) -> None:
    assert text_fragment(url, words) == expected


def test_columns_of_the_views_are_known() -> None:
    """What is exported under a name of a public view means what the schema says."""
    known: dict[str, Any] = {name: {column.name for column in of} for name, of in columns().items()}
    assert {"uid", "comparator", "quote", "start_char", "status"} <= known["figures"]
