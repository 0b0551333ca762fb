"""What the next employer will see of a proof that is not given yet. Nothing is signed and nothing is checked here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from credcore.formats import openbadges3
from credcore.verify.report import Finding, Outcome, Report
from skillmark.desks import answers
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.credentials.rules import Seen
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor

SAMPLE_LEVEL = 3


def preview(
    *,
    actor: Actor,
    key: UUID | str,
    person_name: str,
    language: str,
    level: int | None,
    observed_on: date | None,
    note: str,
    now: datetime,
) -> answers.Answer:
    """The answer of the check page to a proof like this, if it is given now and checked at once. Raises NotFound."""
    payload = credentials.preview(
        actor=actor, key=key, person_name=person_name, language=language, level=level, observed_on=observed_on, note=note,
        now=now,
    )  # fmt: skip
    return _answer(payload, actor=actor, now=now)


def sample(*, actor: Actor, key: UUID | str, language: str, on: date, now: datetime) -> answers.Answer:
    """The same for somebody made up, seen today by whoever looks at it. Raises NotFound."""
    seen = Seen(on=on, by=actor.label, seen=_("What you write down when you sign stands here."))
    payload = credentials.preview(
        actor=actor, key=key, person_name="Alex Rivera", language=language, level=SAMPLE_LEVEL, observed_on=on,
        evidence=[seen], now=now,
    )  # fmt: skip
    return _answer(payload, actor=actor, now=now)


def _answer(payload: dict[str, Any], *, actor: Actor, now: datetime) -> answers.Answer:
    """What the checks will say of it once it is signed: the words come from where all answers get them."""
    said = openbadges3.parse(payload)
    ends = {"date": said.valid_until.isoformat()} if said.valid_until is not None else {}
    findings: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("proof", "proof.fits", {}),
        ("issuer", "issuer.key", {}),
        (
            "trust",
            "trust.listed",
            {"list": answers.ON_SERVER, "since": people.organisation(actor=actor).created_at.date().isoformat()},
        ),
        ("dates", "dates.current" if ends else "dates.no_end", ends),
        ("status", "status.clear", {"asked": now.isoformat()}),
    )
    report = Report(
        findings=tuple(Finding(check, code, Outcome.PASSED, facts=facts) for check, code, facts in findings),
        checked_at=now,
        credential=said,
    )
    with timezone.override(ZoneInfo(people.site(actor=actor).time_zone)):
        return answers.answer(report=report)
