"""The journal in plain words: one sentence an event."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STEP, MOST = 100, 5000


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    says: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Page:
    """The newest lines; `more` is how many to ask for to see older ones, 0 when these are all."""

    lines: list[Line]
    more: int


def asked(*, text: str) -> int:
    """How many lines a reader asked for: a multiple of the step, within bounds."""
    number = int(text) if text.isdecimal() and len(text) < 6 else STEP
    return min(max(number, STEP), MOST)


def page(*, entries: Sequence[Any], shown: int) -> Page:
    """The journal's newest entries as lines; `entries` holds one more than `shown` when there are older ones."""
    older = len(entries) > shown and shown < MOST
    lines = [
        Line(says=sentence(event=entry.event, data=entry.data), who=entry.actor, at=entry.at)
        for entry in entries[:shown]
        if entry.event not in QUIET
    ]
    return Page(lines=lines, more=min(shown + STEP, MOST) if older else 0)


def sentence(*, event: str, data: dict[str, Any]) -> str:
    """What happened, in the reader's language. Facts that an old entry lacks are left out."""
    words = WORDS.get(event)
    if words is None:
        return _("Something was noted (%(event)s)") % {"event": event}
    facts = defaultdict(str, {name: str(value) for name, value in data.items()})
    return " ".join((str(words) % facts).split())


# Housekeeping that would drown the rest.
QUIET = frozenset({"credentials.status_list.published"})

WORDS: dict[str, str | Promise] = {
    "people.firm.set_up": gettext_lazy("The workplace was set up"),
    "people.settings.changed": gettext_lazy("The firm’s settings were changed"),
    "people.person.added": gettext_lazy("%(name)s was added"),
    "people.person.changed": gettext_lazy("Details of %(name)s were changed"),
    "people.supervisor.invited": gettext_lazy("%(name)s was invited to give proofs"),
    "people.supervisor.joined": gettext_lazy("%(name)s joined"),
    "people.member.removed": gettext_lazy("Access was taken away from %(name)s"),
    "people.token.made": gettext_lazy("The program %(name)s was let in"),
    "people.token.ended": gettext_lazy("A program’s access was ended"),
    "signing.key.rotated": gettext_lazy("A new stamp for signing was made"),
    "credentials.template.made": gettext_lazy("A kind of proof was added: %(name)s"),
    "credentials.template.changed": gettext_lazy("A kind of proof was changed: %(name)s"),
    "credentials.template.archived": gettext_lazy("A kind of proof was taken off the list: %(name)s"),
    "credentials.proof.given": gettext_lazy("Proof given to %(person)s: %(title)s"),
    "credentials.proof.cancelled": gettext_lazy("Proof of %(person)s cancelled: %(title)s"),
    "credentials.proof.kept": gettext_lazy("Proof kept: %(title)s"),
    "credentials.offer.made": gettext_lazy("Proof made ready to hand over to %(person)s: %(title)s"),
    "credentials.offer.email_asked": gettext_lazy("Proof sent by e-mail"),
    "credentials.offer.taken": gettext_lazy("%(person)s keeps the proof: %(title)s"),
    "credentials.offer.refused": gettext_lazy("Someone said “This isn’t me” to the proof of %(person)s: %(title)s"),
    "credentials.offer.locked": gettext_lazy("Locked after wrong PINs: %(title)s for %(person)s"),
    "credentials.check.kept": gettext_lazy("Checked: %(name)s"),
    "credentials.check.changed": gettext_lazy("The answer about a proof changed: %(title)s %(person)s"),
    "credentials.item.watched": gettext_lazy("Is checked every day from now on: %(name)s"),
    "credentials.item.unwatched": gettext_lazy("Is no longer checked every day: %(name)s"),
    "credentials.item.forgotten": gettext_lazy("Something checked was forgotten: %(name)s"),
    "credentials.batch.started": gettext_lazy("Check of many began: %(name)s"),
    "credentials.batch.stopped": gettext_lazy("Check of many stopped: %(name)s"),
    "credentials.batch.resumed": gettext_lazy("Check of many goes on: %(name)s"),
    "credentials.batch.finished": gettext_lazy("Check of many is done: %(name)s"),
    "credentials.giver.trusted": gettext_lazy("Trusted as a giver from now on: %(name)s"),
    "credentials.giver.untrusted": gettext_lazy("No longer trusted as a giver: %(name)s"),
    "credentials.list.followed": gettext_lazy("List of givers followed: %(name)s"),
    "credentials.list.updated": gettext_lazy("List of givers read again: %(name)s"),
    "credentials.list.unfollowed": gettext_lazy("List of givers no longer followed: %(name)s"),
    "records.pin.chosen": gettext_lazy("A slip and PIN were made"),
    "records.pin.changed": gettext_lazy("A PIN was changed"),
    "backups.backup.made": gettext_lazy("A backup was made"),
    "backups.backup.restored": gettext_lazy("Everything was brought back from a backup"),
}
