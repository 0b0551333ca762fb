"""What was checked is kept as evidence: one item a content, rounds that are only added, and nobody else's business."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from credcore.errors import MalformedError
from credcore.model import Credential, Party
from credcore.verify import Finding, Outcome, Report, Verdict
from credcore.verify.record import load
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import Check, CheckedItem
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.operations import CannotDo
from tests.cast import NOW, Firm
from tests.core.proofs import COLLEGE, as_bytes, signed, verifier

pytestmark = pytest.mark.django_db
PROOF = as_bytes(signed())
LATER = NOW + timedelta(days=1)


def report(document: bytes = PROOF, *, now: datetime = NOW, **changes: Any) -> Report:
    """What the library says of a proof of the college, which is on its list."""
    return replace(verifier().check(document, now=now), **changes)


def altered() -> Report:
    return report(PROOF.replace(b"Sit-down forklift", b"Stand-up forklift"))


@pytest.fixture
def keep(firm: Firm) -> Callable[..., list[Check]]:
    def kept(*reports: Report, **changes: Any) -> list[Check]:
        asked: dict[str, Any] = {
            "actor": firm.supervisor, "kind": "file", "name": "proof.json", "body": PROOF, "now": NOW,
            "reports": list(reports) or [report()],
        }  # fmt: skip
        return operations.keep_checks(**(asked | changes))

    return kept


def test_what_is_kept(keep: Callable[..., list[Check]], firm: Firm) -> None:
    (made,) = keep()
    found = queries.check(actor=firm.owner, check_id=made.id)
    assert (found.verdict, found.code, found.changed, found.position) == ("good", "good", False, 1)
    assert (found.title, found.giver, found.giver_id, found.person) == (
        "Sit-down forklift operator", "Prairie Valley College", COLLEGE.did, "Rosa Delgado",
    )  # fmt: skip
    assert found.made_by == "Walt Jensen" and found.made_at == NOW and found.ends_at == NOW + timedelta(days=300)
    assert bytes(found.item.body) == PROOF and found.item.size == len(PROOF)
    assert found.item.sha256 == rules.fingerprint(PROOF)
    assert load(found.report) == report()
    (entry,) = journal.history(org_id=firm.org.id, subject_id=found.item_id)
    assert entry.event == "credentials.check.kept" and entry.data["verdicts"] == ["good"]


def test_the_same_again_is_one_item_with_another_round(keep: Callable[..., list[Check]], firm: Firm) -> None:
    (first,) = keep()
    (second,) = keep(altered(), now=LATER)
    assert first.item_id == second.item_id and CheckedItem.objects.count() == 1
    assert second.changed and not first.changed
    assert [one.id for one in queries.history_of(actor=firm.owner, item_id=first.item_id)] == [second.id, first.id]
    assert [one.id for one in queries.checks(actor=firm.owner)] == [second.id]
    assert queries.check_counts(actor=firm.owner) == {"bad": 1}
    assert queries.check(actor=firm.owner, check_id=first.id).verdict == "good"


def test_several_proofs_have_places_and_only_the_one_that_changed_says_so(keep: Callable[..., list[Check]]) -> None:
    assert [one.position for one in keep(report(), report(), report())] == [1, 2, 3]
    assert [one.changed for one in keep(report(), altered(), report())] == [False, True, False]
    # Fewer than last time: a proof that is no longer in it must not look as if it had been checked today.
    keep(altered(), now=LATER)
    assert Check.objects.filter(item__rounds=3, round=3).count() == 1


def test_a_day_without_network_is_no_change(keep: Callable[..., list[Check]]) -> None:
    """What was said before is compared with what is said after; in between nobody could be asked."""
    silent = replace(report(), findings=(Finding("issuer", "fetch.timeout", Outcome.UNKNOWN, state="signer.unreachable"),))
    assert [keep(one)[0].changed for one in (report(), silent, report(), silent, altered(), silent)] == [
        False, False, False, False, True, False,
    ]  # fmt: skip


def test_a_check_is_never_changed(keep: Callable[..., list[Check]]) -> None:
    (made,) = keep()
    made.verdict = "good"
    with pytest.raises(TypeError):
        made.save()


def test_only_reports_become_checks(keep: Callable[..., list[Check]]) -> None:
    with pytest.raises(ValueError, match="report"):
        keep(reports=[])
    with pytest.raises(AttributeError):
        keep(reports=["good"])
    assert not CheckedItem.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"kind": "mood"}, "check.kind_unknown"), ({"body": bytes(rules.ITEM_BYTES + 1)}, "check.too_large")],
)
def test_what_is_not_kept(keep: Callable[..., list[Check]], changes: dict[str, Any], code: str) -> None:
    with pytest.raises(operations.CannotCheck) as caught:
        keep(**changes)
    assert caught.value.code == code and not CheckedItem.objects.exists()


def test_odd_characters_do_not_break_a_database(keep: Callable[..., list[Check]], firm: Firm) -> None:
    """PostgreSQL stores neither U+0000 nor halves of a pair; a giver may print both."""
    odd = "A\0B\ud800C"
    credential = Credential(id="", name=odd, issuer=Party(id=odd, name=odd), subject=Party(id="", name=odd))
    findings = (Finding("read", "read.fine", Outcome.PASSED, odd, facts={odd: odd}),)
    (made,) = keep(report(credential=credential, findings=findings), name=odd)
    found = queries.check(actor=firm.owner, check_id=made.id)
    assert found.title == found.giver == found.person == "A\ufffdB?C"
    assert load(found.report).findings[0].facts == {"A\ufffdB?C": "A\ufffdB?C"}
    assert queries.checks(actor=firm.owner, text="\0") == queries.checks(actor=firm.owner)


def test_something_that_is_no_proof_is_kept_too(keep: Callable[..., list[Check]]) -> None:
    (made,) = keep(verifier().check(b"not json", now=NOW), kind="text", name="", body=b"not json")
    assert made.verdict == "unknown" and made.title == made.giver == made.person == "" and made.ends_at is None


def test_narrowing_and_pages(keep: Callable[..., list[Check]], firm: Firm) -> None:
    made = [keep(body=PROOF + b" " * number, now=NOW + timedelta(minutes=number))[0] for number in range(5)]
    keep(altered(), body=b"other", name="Altered.pdf")
    seen, after = [], None
    while page := queries.checks(actor=firm.owner, verdict="good", after=after, most=2):
        seen += [one.id for one in page]
        after = page[-1].id
    assert seen == [one.id for one in reversed(made)]
    for text, count in (("altered.PDF", 1), ("rosa", 6), ("prairie", 6), ("sit-down", 5), ("nobody", 0)):
        assert len(queries.checks(actor=firm.owner, text=text)) == count
    assert queries.check_counts(actor=firm.owner) == {"good": 5, "bad": 1}


def test_watching(keep: Callable[..., list[Check]], firm: Firm) -> None:
    (made,) = keep()
    assert queries.due_items(now=NOW + timedelta(days=9), most=9) == []
    operations.watch(actor=firm.supervisor, item_id=made.item_id, on=True, now=NOW)
    operations.watch(actor=firm.supervisor, item_id=made.item_id, on=True, now=NOW)
    assert queries.due_items(now=NOW, most=9) == []
    (due,) = queries.due_items(now=LATER, most=9)
    assert due.id == made.item_id
    keep(now=LATER)
    assert queries.due_items(now=LATER, most=9) == []
    keep(altered(), now=LATER)
    operations.watch(actor=firm.supervisor, item_id=made.item_id, on=False, now=LATER)
    assert queries.due_items(now=NOW + timedelta(days=9), most=9) == []
    events = [one.event for one in journal.entries(org_id=firm.org.id)]
    assert events.count("credentials.item.watched") == events.count("credentials.item.unwatched") == 1
    assert events.count("credentials.check.changed") == 1


def test_an_item_that_nobody_watches_tells_of_no_change(keep: Callable[..., list[Check]], firm: Firm) -> None:
    keep()
    keep(altered())
    assert not journal.entries(org_id=firm.org.id, events=["credentials.check.changed"])


def test_forgetting_leaves_only_that_it_happened(keep: Callable[..., list[Check]], firm: Firm) -> None:
    (made,) = keep()
    keep(altered())
    with pytest.raises(CannotDo):
        operations.forget_item(actor=firm.supervisor, item_id=made.item_id, now=NOW)
    operations.forget_item(actor=firm.owner, item_id=made.item_id, now=NOW)
    assert not CheckedItem.objects.exists() and not Check.objects.exists()
    assert journal.history(org_id=firm.org.id, subject_id=made.item_id)[-1].event == "credentials.item.forgotten"


def test_the_outsider_finds_nothing(keep: Callable[..., list[Check]], firm: Firm, other_firm: Firm) -> None:
    (made,) = keep()
    outsider, item = other_firm.owner, made.item_id
    asks: list[Callable[[], object]] = [
        lambda: queries.check(actor=outsider, check_id=made.id),
        lambda: queries.checked_item(actor=outsider, item_id=item),
        lambda: queries.history_of(actor=outsider, item_id=item),
        lambda: queries.checks(actor=outsider, after=made.id),
        lambda: operations.watch(actor=outsider, item_id=item, on=True, now=NOW),
        lambda: operations.forget_item(actor=outsider, item_id=item, now=NOW),
    ]
    for ask in asks:
        with pytest.raises(NotFound):
            ask()
    assert queries.checks(actor=outsider) == [] and queries.check_counts(actor=outsider) == {}
    # The same bytes checked by another firm are another item.
    (theirs,) = keep(actor=outsider)
    assert theirs.item_id != item and not theirs.changed


def test_a_worker_checks_nothing(keep: Callable[..., list[Check]], firm: Firm) -> None:
    from skillmark.rooms.people.rules import Role

    with pytest.raises(DomainError) as caught:
        keep(actor=replace(firm.owner, role=Role.WORKER))
    assert caught.value.code == "role.not_allowed"


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [("good", "good"), ("good careful", "careful"), ("careful unknown good", "unknown"), ("unknown bad", "bad")],
)
def test_the_worst_tells(verdicts: str, told: str) -> None:
    assert rules.worst([Verdict(one) for one in verdicts.split()]) == told


def test_a_damaged_report_is_noticed(keep: Callable[..., list[Check]]) -> None:
    (made,) = keep()
    with pytest.raises(MalformedError):
        load({**made.report, "version": 0})
