"""A report, made ready to be read by people. All words come from `credcore`; nothing is judged here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from credcore.codec import moments
from credcore.errors import MalformedError
from credcore.formats import openbadges3
from credcore.model import Alignment, Credential, Observation
from credcore.verify import Explanation, explain, sentences
from credcore.verify.printed import printed
from credcore.verify.record import load
from credcore.verify.report import Outcome, Report, Verdict
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.credentials import rules

ENDORSEMENT = "endorsement"
ON_SERVER = "firms on this server"
"""The list of them as a kept check names it; whoever reads the answer reads it in their own language."""
REASONS = (
    gettext_noop("Replaced by a corrected one"),
    gettext_noop("Replaced by a newer one"),
    gettext_noop("Signed anew with another key"),
)
"""Reasons that this program writes itself; whoever reads them reads them in their own language."""
SIGNS = {Verdict.GOOD: "ok", Verdict.CAREFUL: "warn", Verdict.BAD: "bad", Verdict.UNKNOWN: "unk"}


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof says, in the fields that the page shows. Nothing here is checked: the verdict above it is.

    `steps` are those of the check list, `seen` what was seen, by whom and when, `alignments` the same skill in other lists.
    `entries` are the lines of a record that holds many things. `role` is the position that the person held, from
    `worked_from` until `worked_until`; `planned`: that day had not come when it was signed.
    """

    giver: str
    title: str
    person: str
    did: str
    how: tuple[str, ...]
    level: str
    starts: date | None
    ends: date | None
    language: str
    entries: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    seen: tuple[Observation, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    role: str = ""
    worked_from: date | None = None
    worked_until: date | None = None

    @property
    def planned(self) -> bool:
        return self.worked_until is not None and self.starts is not None and self.worked_until > self.starts

    @property
    def from_onet(self) -> bool:
        """Whether it names O*NET, whose terms ask for a line of thanks."""
        return any(one.framework.startswith("O*NET") for one in self.alignments)


@dataclass(frozen=True, slots=True)
class Answer:
    """One proof's answer. `genuine` tells whether the content may be shown as a proof or only as what the file claims.

    `parts` are the answers about what lies inside; `kept` is the check that the firm keeps of it, if it keeps one.
    """

    report: Report
    said: Explanation
    proof: Proof | None
    genuine: bool
    parts: tuple[Answer, ...] = ()
    kept: Any = None

    @property
    def altered(self) -> bool:
        return self.report.code in {"altered", "altered.uncovered", "name.borrowed"}

    @property
    def why(self) -> str | None:
        """Why the giver cancelled or paused it; empty: it keeps the reason; None: this server does not know of one."""
        told = [one for one in self.report.findings if one.state == self.report.code and "reason" in one.facts]
        reason = told[0].facts["reason"] if told else None
        return _(reason) if reason else reason

    @property
    def answer_by(self) -> date | None:
        """The last day on which the giver should answer what was said to be wrong; None: nothing is under review."""
        review = self.report.finding("review")
        return date.fromisoformat(review.facts["answer_by"]) if review is not None else None

    @property
    def inside(self) -> list[Answer]:
        """The proofs of a record or of a hand-over."""
        return [part for part in self.parts if part.report.role != ENDORSEMENT]

    @property
    def endorsements(self) -> list[Answer]:
        """What others say in support."""
        return [part for part in self.parts if part.report.role == ENDORSEMENT]

    @property
    def trustable(self) -> bool:
        """Whether all that is missing is that somebody knows the giver."""
        credential = self.report.credential
        return self.report.code == "issuer.unknown" and credential is not None and rules.is_issuer(credential.issuer.id)


def answers(*, reports: Sequence[Report]) -> list[Answer]:
    """The reports in the language of the page."""
    zones = _zones(reports)
    return [_answer(report, zones) for report in reports]


def kept(*, check: Any) -> Answer:
    """The answer that a kept check gave, as it was said then, in the language of the page.

    Raises MalformedError `record.malformed` for a record that this version cannot read.
    """
    return answer(report=load(check.report), kept=check)


def answer(*, report: Report, kept: Any = None) -> Answer:
    """One report in the language of the page, its dates as days where the giver works."""
    return _answer(report, _zones([report]), kept)


def _answer(report: Report, zones: Mapping[uuid.UUID, tzinfo], kept: Any = None) -> Answer:
    report = _with_list_named(report)
    zone = _zone_in(zones, report)
    proof = shown(credential=report.credential, zone=zone) if report.credential is not None else None
    if proof is not None and not (proof.title or proof.person or proof.giver):
        proof = None
    signed = report.finding("proof")
    genuine = report.verdict is not Verdict.UNKNOWN and signed is not None and signed.outcome is Outcome.PASSED
    return Answer(
        report=report,
        said=explain(report, language=spoken(), zone=zone),
        proof=proof,
        genuine=genuine and report.code not in {"name.borrowed", "key.compromised"},
        parts=tuple(_answer(part, zones) for part in report.parts),
        kept=kept,
    )


def _with_list_named(report: Report) -> Report:
    findings = tuple(
        replace(one, facts={**one.facts, "list": _("firms on this server")}) if one.facts.get("list") == ON_SERVER else one
        for one in report.findings
    )
    return replace(report, findings=findings)


def heading(*, verdict: str) -> str:
    """One of the four answers in the language of the page, where only the verdict is known."""
    english, spanish = sentences.HEADINGS[verdict]
    return spanish if spoken() == "es" else english


def spoken() -> str:
    """The language of the page: `en` or `es`."""
    return "es" if (translation.get_language() or "en").startswith("es") else "en"


def zone_of(*, report: Report) -> tzinfo:
    """In whose days a date is told: the giver's, since its last good day ends where it works; else the page's."""
    return _zone_in(_zones([report]), report)


def _zones(reports: Iterable[Report]) -> dict[uuid.UUID, tzinfo]:
    """Where the givers of all proofs of this server work, of those that lie inside others, too."""
    named = {id_ for report in _with_parts(reports) if (id_ := _number(report)) is not None}
    return {id_: ZoneInfo(name) for id_, name in credentials.time_zones(issued_ids=named).items()} if named else {}


def _zone_in(zones: Mapping[uuid.UUID, tzinfo], report: Report) -> tzinfo:
    id_ = _number(report)
    found = zones.get(id_) if id_ is not None else None
    return found if found is not None else timezone.get_current_timezone()


def _with_parts(reports: Iterable[Report]) -> Iterator[Report]:
    for report in reports:
        yield report
        yield from _with_parts(report.parts)


def _number(report: Report) -> uuid.UUID | None:
    name = report.credential.id if report.credential is not None else ""
    try:
        return uuid.UUID(name.removeprefix("urn:uuid:"))
    except ValueError:
        return None


def shown(*, credential: Credential, zone: tzinfo) -> Proof:
    """The fields of a proof for people, dates as days in `zone`."""
    how, steps = _criteria(credential.criteria)
    seen = tuple(one for one in credential.observations if one.name or (one.text and one.text != credential.criteria))
    bare = () if credential.observations else tuple(one for one in credential.evidence if one != credential.criteria)
    worked_from = _day(credential.active_from, zone=zone)
    worked = credential.role or worked_from  # the last day alone is the day on which something was seen or done
    return Proof(
        giver=printed(credential.issuer.name),
        title=printed(credential.name, most=200),
        person=printed(credential.subject.name),
        did=credential.description,
        how=((how,) if how else ()) + bare,
        level=printed(credential.level),
        starts=credential.valid_from.astimezone(zone).date() if credential.valid_from is not None else None,
        ends=credential.valid_until.astimezone(zone).date() if credential.valid_until is not None else None,
        language=credential.language,
        entries=credential.entries,
        steps=steps,
        seen=seen,
        alignments=credential.alignments,
        role=printed(credential.role),
        worked_from=worked_from,
        worked_until=_day(credential.active_until, zone=zone) if worked else None,
    )


def _day(written: str, *, zone: tzinfo) -> date | None:
    """A day as it is written, or the day of a moment; what is neither is not shown."""
    try:
        if len(written) == len("2026-05-04"):
            return date.fromisoformat(written)
        moment = moments.instant(written) if written else None
    except (ValueError, MalformedError):
        return None
    return moment.astimezone(zone).date() if moment is not None else None


def read(*, payload: dict[str, Any]) -> Proof:
    """The fields of a proof of this server, from what was signed, in the days of the page."""
    return shown(credential=openbadges3.parse(payload), zone=timezone.get_current_timezone())


def _criteria(text: str) -> tuple[str, tuple[str, ...]]:
    """How it is checked, and the steps of the list that stands below it, as proofs of this program are written."""
    how, _blank, below = text.partition("\n\n- ")
    steps = tuple(below.split("\n- ")) if below else ()
    return (how, steps) if steps and not any("\n" in step for step in steps) else (text, ())
