"""Nobody can make us work long: each bomb, and each twin, is answered in less than two seconds."""

from __future__ import annotations

from time import perf_counter

import pytest

from tests.negative import families
from tests.negative.case import Case
from tests.negative.families import bombs
from tests.negative.looking import look
from tests.patience import BUSY

LIST = families.trust_list()


@pytest.mark.parametrize("case", list(bombs.cases()), ids=lambda case: case.name)
def test_answered_in_time(case: Case) -> None:
    twin_pages = case.pages if case.good_pages is None else case.good_pages
    for data, pages in ((case.bad, case.pages), (case.good, twin_pages)):
        begun = perf_counter()
        look(data, pages=pages, name=case.name + case.suffix, trust=LIST)
        assert perf_counter() - begun < 2 * BUSY
