"""Who decides: the name that every decision is appended under."""

from __future__ import annotations

import getpass
import os

from kb.errors import UsageError
from kb.model.plain import folded

VARIABLE = "KB_USER"


def person(by: str | None) -> str:
    """The name given, else that of the variable KB_USER, else the user of this machine.

    Raises:
        UsageError: there is none of them.
    """
    named = folded(by or "") or folded(os.environ.get(VARIABLE, ""))
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:  # no such user: in a container, on Windows
        raise UsageError(f"who decides? Give a name with --by, or set {VARIABLE}") from error
