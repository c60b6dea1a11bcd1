"""The sources as references: RIS and BibTeX, for reference managers.

Source of RIS' tags: the format's specification of 2011 (TY, TI, AU, PB, PY, DA, UR, Y2, ID, ER).
"""

from __future__ import annotations

import re
from typing import TextIO

from kb.export.tables import rows
from kb.export.values import Row
from kb.store import Store

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def write_ris(store: Store, out: TextIO) -> None:
    """The sources as RIS, each an electronic news source; to be called within `released`."""
    for row in rows(store, "sources"):
        lines = [("TY", "ELEC"), ("ID", row["uid"]), ("TI", row["title"]), ("PB", row["publisher"])]
        lines += [("AU", author) for author in _authors(row)]
        day = (row["published"] or "")[:10]
        lines += [("PY", day[:4]), ("DA", day.replace("-", "/")), ("UR", row["url"] or row["cites_url"])]
        lines += [("Y2", (row["retrieved"] or "")[:10].replace("-", "/")), ("LA", row["language"])]
        for tag, value in lines:
            if value:
                out.write(f"{tag}  - {' '.join(value.split())}\n")
        out.write("ER  - \n\n")


def write_bibtex(store: Store, out: TextIO) -> None:
    """The sources as BibTeX `@online` entries, in UTF-8; to be called within `released`."""
    for row in rows(store, "sources"):
        fields = {
            "title": row["title"],
            "author": " and ".join(f"{{{_escaped(author)}}}" for author in _authors(row)) or None,
            "organization": row["publisher"],
            "date": row["published"] and row["published"][:10],
            "url": row["url"] or row["cites_url"],
            "urldate": row["retrieved"] and row["retrieved"][:10],
            "langid": row["language"],
        }
        lines = [
            f"  {name} = {{{_kept(value) if name in ('author', 'url') else _escaped(value)}}}"
            for name, value in fields.items()
            if value
        ]
        out.write(f"@online{{{row['uid']},\n" + ",\n".join(lines) + "\n}\n\n")


def _authors(row: Row) -> list[str]:
    return [name for name in (row["authors"] or "").split("; ") if name]


def _escaped(said: str) -> str:
    folded = " ".join(said.split())
    return re.sub(r"[\\{}&%$#_~^]", lambda found: _SPECIAL[found[0]], folded)


def _kept(said: str) -> str:
    """What stands as it is; braces of an address would end the field."""
    return said if said.startswith("{") else said.replace("{", "%7B").replace("}", "%7D")
