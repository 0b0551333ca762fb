"""One item cannot hold up the others: a file of a few kilobytes that would keep the drawing libraries busy for hours is put
down, and what lies in one archive is counted together.
"""

from __future__ import annotations

import resource
import signal
from io import BytesIO
from time import perf_counter

import pytest
import segno

from credcore.containers import Found, drawer, open_item, qr
from credcore.effort import Effort
from credcore.errors import BudgetError, MalformedError
from credcore.verify import check_item
from tests.core.containers import samples
from tests.core.proofs import NOW, as_bytes, signed, verifier
from tests.patience import BUSY

NEVER_DONE = {
    "a page painted over and over": samples.page_filled(1_000_000),
    "forms in forms": samples.forms_in_forms(9),
    "large shapes over one another": samples.large_shapes(40_000),
}


@pytest.mark.parametrize("data", NEVER_DONE.values(), ids=NEVER_DONE)
def test_what_is_never_drawn_is_put_down(data: bytes) -> None:
    begun = perf_counter()
    with pytest.raises(BudgetError) as caught:
        open_item(data)
    assert caught.value.code == "item.budget"
    assert perf_counter() - begun < 3 * BUSY
    (report,) = check_item(data, verifier=verifier(), now=NOW, name="card.pdf")
    assert (report.code, report.verdict.value) == ("unreadable.budget", "unknown")


def test_what_was_drawn_before_counts() -> None:
    data = samples.page_filled(1_000_000, printed=samples.URL)
    assert open_item(data, name="c.pdf") == (Found(samples.URL, "qr", "c.pdf#page=1", "link"),)


def test_no_more_is_drawn_when_the_time_is_used_up() -> None:
    effort = Effort(seconds=0)
    with pytest.raises(BudgetError):
        open_item(samples.pdf(printed=samples.URL), effort=effort)
    with pytest.raises(MalformedError) as caught:
        open_item(samples.pdf(), effort=Effort())
    assert caught.value.code == "pdf.no_proof"


def test_drawing_costs_what_it_took() -> None:
    effort = Effort()
    open_item(samples.pdf(printed=samples.URL), effort=effort)
    assert 0 < effort.seconds < Effort().seconds


def test_a_machine_of_many_processors_draws_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library starts a thread for each, and each wants memory."""
    monkeypatch.setenv("RAYON_NUM_THREADS", "256")
    drawn = BytesIO()
    segno.make_qr(samples.URL).save(drawn, kind="svg", scale=4, border=4)
    assert open_item(drawn.getvalue(), name="c.svg") == (Found(samples.URL, "qr", "c.svg", "link"),)


def test_a_system_that_takes_no_limit_of_memory_draws_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As macOS, where the call is refused; the time is limited all the same."""
    set_to: list[tuple[int, float]] = []

    def refused(_what: int, _limits: tuple[int, int]) -> None:
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refused)
    monkeypatch.setattr(signal, "setitimer", lambda which, seconds: set_to.append((which, seconds)))
    drawer.limit(2.0)
    assert set_to == [(signal.ITIMER_PROF, 2.0)]


def test_pictures_in_an_archive_are_counted_together() -> None:
    large = samples.empty_picture(6_300)
    entries = {f"{number}.png": large for number in range(150)} | {"proof.json": samples.CREDENTIAL}
    found = open_item(samples.archive(entries))
    codes = [one.body for one in found if one.kind == "problem"]
    assert codes == [b"picture.no_code"] + [b"item.budget"] * 149
    assert [one.body for one in found if one.kind == "document"] == [samples.CREDENTIAL]


def test_a_smaller_picture_still_counts_after_one_that_was_too_large() -> None:
    effort = Effort(points=1_000_000)
    with pytest.raises(BudgetError):
        qr.read(samples.empty_picture(1_500), effort=effort)
    assert qr.read(samples.code(samples.URL), effort=effort)


def test_proofs_in_an_archive_are_counted_together() -> None:
    """Each takes most of a second, so that thirty in an archive of 40 KB would take half a minute."""
    dear = {**signed(), "evidence": [{"type": ["Evidence"]}] * 4_900}
    names = [f"urn:uuid:6c54b12a-9b0f-4f1c-9a53-{number:012}" for number in range(30)]
    entries = {f"{name[-3:]}.json": as_bytes({**dear, "id": name}) for name in names}
    begun = perf_counter()
    reports = check_item(samples.archive(entries | {"z.json": as_bytes(signed())}), verifier=verifier(), now=NOW)
    assert perf_counter() - begun < 3 * BUSY
    assert {report.code for report in reports[:-1]} == {"unreadable.budget"}
    assert reports[-1].code == "good"


def test_a_larger_item_may_cost_more() -> None:
    small, large = Effort.of(1), Effort.of(8 * 2**20)
    assert (large.points, large.seconds, large.objects) == (8 * small.points, 8 * small.seconds, 8 * small.objects)
    assert small.size < large.size
