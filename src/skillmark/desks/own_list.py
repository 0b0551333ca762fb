"""What lies on a person's own page, as a list: many things at once, so nobody is asked and only what is shown is opened."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credcore import formats
from credcore.errors import CredcoreError
from credcore.verify import day as day_in_words
from credcore.verify import opening
from credcore.verify.report import STATES, Verdict
from skillmark.desks import answers
from skillmark.desks.own_record import SOON
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.people.rules import Actor

WHY: Mapping[str, str | Promise] = {
    "status.cancelled": gettext_lazy("The giver cancelled it"),
    "status.paused": gettext_lazy("The giver paused it"),
    "dates.expired": gettext_lazy("Its date is over"),
    "dates.not_yet": gettext_lazy("It starts later"),
    "issuer.unknown": gettext_lazy("Signed, but no list here knows the giver"),
    "name.differs": gettext_lazy("The giver has another name now"),
    "status.unknown": gettext_lazy("We couldn’t ask whether it was cancelled"),
    "keys.remembered": gettext_lazy("We couldn’t ask the giver today"),
    "review.open": gettext_lazy("Under review"),
    "parts.bad": gettext_lazy("Something inside does not count"),
    "parts.unsure": gettext_lazy("We couldn’t be sure of everything inside"),
    "altered": gettext_lazy("It is not what its giver signed"),
    "key.compromised": gettext_lazy("The giver no longer stands by this signature"),
    "name.borrowed": gettext_lazy("Somebody else signed it"),
}
"""Why the answer is not simply good, in a few words; the page of the proof says more."""
UNKNOWN = "issuer.unknown"
GROUPS = ("", "good", "soon", "look", "over")


@dataclass(frozen=True, slots=True)
class Line:
    """`state` is the sign: ok, due, warn, bad or unk; `word` goes with it; `why` may be empty. `group` is one of GROUPS."""

    id: uuid.UUID
    title: str
    giver: str
    state: str
    word: str
    why: str | Promise
    group: str
    ends: date | None
    names_other: bool
    signed: bool


@dataclass(frozen=True, slots=True)
class Inside:
    """What stands in a proof that is shown in the list. Read, not checked: the sign beside it is the last check's."""

    name: str
    level: str


def lines(*, actor: Actor, now: datetime) -> list[Line]:
    """Everything that the person keeps, newest first, in the language of the page."""
    return [_line(one, now) for one in queries.kept_lines(actor=actor, now=now)]


def chosen(*, lines: Sequence[Line], group: str, words: str) -> list[Line]:
    """Those of a group whose title or giver holds the words."""
    sought = words.casefold().split()
    return [
        one for one in lines if _in_group(one, group) and all(word in f"{one.title} {one.giver}".casefold() for word in sought)
    ]


def counts(*, lines: Sequence[Line]) -> dict[str, int]:
    """How many lines each of GROUPS holds; those that end soon are good ones, too."""
    return {group: sum(_in_group(one, group) for one in lines) for group in GROUPS}


def inside(*, actor: Actor, lines: Sequence[Line]) -> dict[uuid.UUID, Inside]:
    """What stands in the proofs of some lines. Raises CannotSign `sign.outer_key`."""
    found = {}
    for id_, held in queries.held_some(actor=actor, held_ids=[one.id for one in lines]).items():
        try:
            credential = formats.parse(opening.lay_open(bytes(held.document)).document)
        except CredcoreError:  # another version of this program could read it; the page of the proof says what is wrong
            continue
        found[id_] = Inside(credential.subject.name, credential.level)
    return found


def _in_group(line: Line, group: str) -> bool:
    return not group or line.group == group or (group == "good" and line.group == "soon")


def _line(one: queries.KeptLine, now: datetime) -> Line:
    verdict = STATES.get(one.known.code, Verdict.UNKNOWN)
    zone = ZoneInfo(one.time_zone) if one.time_zone else timezone.get_current_timezone()
    ends = one.valid_until.astimezone(zone).date() if one.valid_until is not None else None
    old = verdict in (Verdict.GOOD, Verdict.CAREFUL) and (one.known.at is None or now - one.known.at > rules.FRESH_FOR)
    why: str | Promise = ""
    if old:
        state, group, word = "unk", "look", _asked_on(one.known.at)
    elif verdict is Verdict.GOOD:
        soon = one.valid_until is not None and one.valid_until - now < SOON
        state, group = ("due", "soon") if soon else ("ok", "good")
        word = _ends(ends, soon=soon)
    else:
        state, group = answers.SIGNS[verdict], "over" if verdict is Verdict.BAD else "look"
        word, why = answers.heading(verdict=verdict), WHY.get(one.known.code, "")
    return Line(
        id=one.id, title=one.title or _("A proof without a name"), giver=one.giver, state=state, word=word, why=why,
        group=group, ends=ends, names_other=one.names_other, signed=one.known.code not in rules.NEVER,
    )  # fmt: skip


def told(*, answer: answers.Answer) -> str:
    """What an answer says, put for whoever the proof belongs to: the list that a giver is not on is none of theirs."""
    if answer.report.code != UNKNOWN or answer.proof is None:
        return answer.said.sentence
    return _(
        "It is signed and unchanged, but no list here knows %(giver)s. Whoever you show it to decides whether they know them."
    ) % {"giver": answer.proof.giver}


def _asked_on(moment: datetime | None) -> str:
    if moment is None:
        return _("Not asked yet")
    return _("Last known on %(day)s") % {"day": _day(timezone.localtime(moment).date())}


def _ends(ends: date | None, *, soon: bool) -> str:
    if ends is None:
        return _("In date, no end date")
    said = _("Ends %(day)s") if soon else _("In date until %(day)s")
    return said % {"day": _day(ends)}


def _day(day: date) -> str:
    return day_in_words(f"{day.isoformat()}T12:00:00+00:00", language=answers.spoken())
