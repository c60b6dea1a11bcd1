"""A killed load leaves whole articles: a few rounds of `benchmarks.kill`."""

from __future__ import annotations

import pytest

from benchmarks.kill import rounds


@pytest.mark.slow
def test_a_killed_load_leaves_whole_articles() -> None:
    assert [problems for _, _, problems in rounds(2, seed=7)] == [[], []]
