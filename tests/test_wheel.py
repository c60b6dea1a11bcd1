"""The wheel: built, installed elsewhere, and able to make a database and load an article by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ARTICLES, ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, cwd=target)
    (made,) = target.glob("*.whl")
    return made


def test_the_wheel_holds_what_kb_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    here = {
        f"kb/{path.relative_to(ROOT / 'kb')}"
        for path in (ROOT / "kb").rglob("*")
        if path.suffix in (".py", ".csv", ".sql", ".typed")
    }
    steps = {
        f"kb/migrations/{path.relative_to(ROOT / 'migrations')}"
        for path in (ROOT / "migrations").rglob("*.py")
    }
    assert here | steps <= names
    assert not [name for name in names if name.startswith(("tests", "benchmarks", "data"))]


def test_an_installed_kb_makes_a_base(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
        str(wheel),
    ]
    subprocess.run([*install, "--disable-pip-version-check"], check=True, capture_output=True)
    article = next(path for path in sorted(ARTICLES.iterdir()) if path.suffix == ".txt")
    # The folder comes before a checkout that may be installed in the same environment.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COV")} | {
        "PYTHONPATH": str(site)
    }

    def kb(*arguments: str) -> str:
        command = [sys.executable, "-m", "kb", *arguments, "--db", "kb.db"]
        ran = subprocess.run(
            command, check=True, capture_output=True, text=True, cwd=tmp_path, env=environment
        )
        return ran.stdout

    where = [sys.executable, "-c", "import kb; print(kb.__file__)"]
    found = subprocess.run(where, check=True, capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert Path(found.stdout.strip()).is_relative_to(site)
    assert kb("load", str(article)) == "1 loaded\n"
    assert json.loads(kb("figures", "--json"))
    assert kb("check") == "all holds\n"
