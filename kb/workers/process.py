"""One process of the pool, `python -m kb.workers.process`: articles on standard input, their facts on output.

Both are pickled values of `kb.model.values`, one after the other; the process ends with its input. It is
started anew rather than forked: threads and open databases of its parent are none of its own.
"""

from __future__ import annotations

import os
import pickle
import sys

from kb.extract import extract
from kb.extract.document import model


def main() -> None:
    """Extract what comes until nothing more does, or nobody listens."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library may print is no answer
    model()
    while True:
        try:
            article = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that began this one
            pickle.dump(extract(article), answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()
        except (EOFError, BrokenPipeError):
            os._exit(0)  # nothing to clean up, and nobody to tell


if __name__ == "__main__":
    main()
