"""The journal in plain words: one sentence an event."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.edges.web import wording

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


def page(*, entries: Sequence[Any], shown: int, names: Mapping[str, str] | None = None) -> Page:
    """The journal's newest entries as lines; `entries` holds one more than `shown` when there are older ones.

    `names` tells who a subject is: evidence is noted with the person's id, so that a name that was corrected is the new one.
    """
    older = len(entries) > shown and shown < MOST
    lines = [
        Line(says=sentence(event=entry.event, data=_facts(entry, names or {})), who=entry.actor, at=entry.at)
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


def subjects(*, entries: Sequence[Any]) -> list[UUID]:
    """Whom the entries may be about, to ask for their names of today."""
    return list({UUID(entry.subject_id) for entry in entries if entry.event.startswith(_ABOUT_A_PERSON)})


_ABOUT_A_PERSON = ("holdings.", "talent.exemption.", "talent.showing.")
_DAYS = ("ends", "first", "from", "last", "to", "until")


def _facts(entry: Any, names: Mapping[str, str]) -> dict[str, Any]:
    """An entry's facts with days in words, and with the name of whom it is about."""
    facts = {name: _day(value) if name in _DAYS else value for name, value in entry.data.items()}
    if entry.event.startswith(_ABOUT_A_PERSON):
        person = names.get(entry.subject_id) or entry.data.get("name") or _("Someone no longer on your list")
        return {**facts, "person": person}
    return facts


def _day(value: Any) -> Any:
    """An ISO day in words; a card without one says so. What is no day stays as it is."""
    if value == "":
        return _("no date")
    try:
        return wording.day(day=date.fromisoformat(value))
    except (TypeError, ValueError):
        return value


# Housekeeping that would drown the rest, and wishes whose answer is told.
QUIET = frozenset(
    {
        "credentials.status_list.published",
        "credentials.token_list.published",
        "holdings.ask.made",
        "holdings.reminders.summary_asked",
        "holdings.reminders.tell_asked",
        "holdings.sign_off.counted",
        "jobs.proof.found_damaged",
        "notices.change.asked",
        "notices.mail.failed",
        "notices.mail.sent",
    }
)

# What happens on a worker's own page stands in its own journal, which no firm reads.
ON_OWN_PAGES = frozenset(
    {
        "credentials.proof.answer_changed",
        "credentials.proof.commented",
        "credentials.proof.removed",
        "records.addition.made",
        "records.addition.resumed",
        "records.consent.given",
        "records.consents.moved_in",
        "records.copy.kept",
        "records.page.closed",
        "records.page.closed_elsewhere",
        "records.page.joined",
        "records.page.moved",
        "records.page.opened",
        "records.passkey.added",
        "records.passkey.removed",
        "records.recovery.printed",
        "records.recovery.used",
        "records.share.asked_for",
        "records.share.item_taken_out",
        "records.share.link_renewed",
        "records.share.made",
        "records.share.opened",
        "records.share.reader_allowed",
        "records.share.reader_refused",
        "records.share.stopped",
        "records.space.erased",
        "records.space.erased_again",
    }
)

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
    "signing.key.made": gettext_lazy("A signing key was made"),
    "signing.key.staged": gettext_lazy("A new signing key was made, and waits to be used"),
    "signing.key.discarded": gettext_lazy("A new signing key was put away unused"),
    "signing.key.rotated": gettext_lazy("The signing key was changed"),
    "signing.key.compromised": gettext_lazy("A signing key was given up: %(why)s"),
    "signing.stop.made": gettext_lazy("Giving proofs was stopped: %(why)s"),
    "signing.stop.ended": gettext_lazy("Proofs can be given again"),
    "credentials.template.made": gettext_lazy("A kind of proof was added: %(name)s"),
    "credentials.template.changed": gettext_lazy("A kind of proof was changed: %(name)s"),
    "credentials.template.archived": gettext_lazy("A kind of proof was taken off the list: %(name)s"),
    "credentials.proof.given": gettext_lazy("Proof given to %(person)s: %(title)s"),
    "credentials.proof.cancelled": gettext_lazy("Proof of %(person)s cancelled: %(title)s"),
    "credentials.proof.paused": gettext_lazy("Proof of %(person)s paused: %(title)s"),
    "credentials.proof.resumed": gettext_lazy("Proof of %(person)s counts again: %(title)s"),
    "credentials.proof.disputed": gettext_lazy("%(person)s says something is wrong: %(title)s"),
    "credentials.proof.dispute_answered": gettext_lazy("What %(person)s said is wrong was answered: %(title)s"),
    "credentials.app.locked": gettext_lazy("Code for another app locked after five wrong numbers: %(title)s"),
    "credentials.app.offered": gettext_lazy("Offered to another app: %(title)s"),
    "credentials.app.taken": gettext_lazy("Taken by another app: %(title)s"),
    "credentials.form.made": gettext_lazy("One more file was made of a proof: %(title)s"),
    "credentials.proof.kept": gettext_lazy("Proof kept: %(title)s"),
    "credentials.offer.made": gettext_lazy("Proof made ready to hand over to %(person)s: %(title)s"),
    "credentials.offer.email_asked": gettext_lazy("Proof sent by e-mail"),
    "credentials.offer.taken": gettext_lazy("%(person)s keeps the proof: %(title)s"),
    "credentials.offer.refused": gettext_lazy("Someone said “This isn’t me” to the proof of %(person)s: %(title)s"),
    "credentials.offer.locked": gettext_lazy("Locked after wrong PINs: %(title)s for %(person)s"),
    "credentials.check.kept": gettext_lazy("Checked: %(name)s"),
    "credentials.check.changed": gettext_lazy("The answer about a proof changed: %(title)s %(person)s"),
    "credentials.asking.made": gettext_lazy("A person’s phone was asked: %(purpose)s"),
    "credentials.asking.answered": gettext_lazy("A person’s phone showed proofs: %(proofs)s"),
    "credentials.asking.refused": gettext_lazy("The person said no on their phone"),
    "credentials.asking.stopped": gettext_lazy("Asking a person’s phone was stopped"),
    "credentials.item.watched": gettext_lazy("Is checked every day from now on: %(name)s"),
    "credentials.item.unwatched": gettext_lazy("Is no longer checked every day: %(name)s"),
    "credentials.item.forgotten": gettext_lazy("Something checked was forgotten: %(name)s"),
    "credentials.run.planned": gettext_lazy("Class looked at before giving: %(name)s"),
    "credentials.run.mended": gettext_lazy("Rows changed before giving: %(name)s"),
    "credentials.run.started": gettext_lazy("Giving a class began: %(name)s"),
    "credentials.run.stopped": gettext_lazy("Giving a class stopped: %(name)s"),
    "credentials.run.halted": gettext_lazy("Giving a class stopped by itself: %(name)s"),
    "credentials.run.resumed": gettext_lazy("Giving a class goes on: %(name)s"),
    "credentials.run.finished": gettext_lazy("A class is given: %(name)s"),
    "credentials.batch.started": gettext_lazy("Check of many began: %(name)s"),
    "credentials.batch.stopped": gettext_lazy("Check of many stopped: %(name)s"),
    "credentials.batch.resumed": gettext_lazy("Check of many goes on: %(name)s"),
    "credentials.batch.finished": gettext_lazy("Check of many is done: %(name)s"),
    "credentials.giver.trusted": gettext_lazy("Trusted as a giver from now on: %(name)s"),
    "credentials.giver.told": gettext_lazy("Shown from now on: you accept proofs of %(name)s"),
    "credentials.giver.told_no_more": gettext_lazy("No longer shown: you accept proofs of %(name)s"),
    "credentials.proofs.exported": gettext_lazy("Everybody’s proofs were packed (people: %(people)s)"),
    "credentials.giver.untrusted": gettext_lazy("No longer trusted as a giver: %(name)s"),
    "credentials.list.followed": gettext_lazy("List of givers followed: %(name)s"),
    "credentials.list.updated": gettext_lazy("List of givers read again: %(name)s"),
    "credentials.list.unfollowed": gettext_lazy("List of givers no longer followed: %(name)s"),
    "records.pin.chosen": gettext_lazy("A slip and PIN were made"),
    "records.pin.changed": gettext_lazy("A PIN was changed"),
    "health.item.added": gettext_lazy("Something is asked for in the restricted part"),
    "health.item.changed": gettext_lazy("What is asked for in the restricted part was changed"),
    "health.item.stopped": gettext_lazy("Something is no longer asked for in the restricted part"),
    "health.record.added": gettext_lazy("Restricted part of %(name)s: something was added"),
    "health.record.corrected": gettext_lazy("Restricted part of %(name)s: something was put right"),
    "health.record.withdrawn": gettext_lazy("Restricted part of %(name)s: something was taken back"),
    "health.record.read": gettext_lazy("Restricted part of %(name)s was looked at"),
    "health.record.packed": gettext_lazy("Restricted part of %(name)s was put into a pack"),
    "health.file.read": gettext_lazy("Restricted part of %(name)s: a paper was saved"),
    "health.list.read": gettext_lazy("The list of the restricted part was looked at"),
    "health.access.given": gettext_lazy("%(name)s was let into the restricted part"),
    "health.access.ended": gettext_lazy("%(name)s can no longer open the restricted part"),
    "backups.backup.made": gettext_lazy("A backup was made"),
    "backups.backup.restored": gettext_lazy("Everything was brought back from a backup"),
    "people.auditor.invited": gettext_lazy("%(name)s was invited to read"),
    "people.auditor.joined": gettext_lazy("%(name)s joined, to read only"),
    "people.owner.invited": gettext_lazy("%(name)s was invited as an owner"),
    "people.owner.joined": gettext_lazy("%(name)s joined as an owner"),
    "people.member.changed": gettext_lazy("What %(name)s may see was changed"),
    "people.people.added": gettext_lazy("%(count)s people were added"),
    "people.people.removed": gettext_lazy("%(count)s people of an import were taken out again"),
    "people.person.left": gettext_lazy("%(name)s leaves; last day %(last)s"),
    "people.person.leaving_taken_back": gettext_lazy("%(name)s stays; the last day was taken back"),
    "records.share.looked_at": gettext_lazy("Looked at what somebody shows the firm"),
    "records.pack.made": gettext_lazy("A pack to take along was made for %(person)s"),
    "records.pack.code_renewed": gettext_lazy("The pack of %(person)s got a new code"),
    "records.pack.taken_back": gettext_lazy("The pack of %(person)s was taken back"),
    "records.pack.opened": gettext_lazy("%(person)s opened the pack"),
    "records.pack.locked": gettext_lazy("The pack of %(person)s is locked: too many wrong PINs"),
    "records.pack.kept": gettext_lazy("%(person)s kept what is in the pack"),
    "people.person.came_back": gettext_lazy("%(name)s came back on %(first)s"),
    "people.person.merged": gettext_lazy("%(other)s and %(name)s are the same person"),
    "people.person.unmerged": gettext_lazy("%(other)s and %(name)s are two people again"),
    "people.person.forgotten": gettext_lazy("A person was deleted for good"),
    "people.assignment.made": gettext_lazy("%(name)s works as %(position)s from %(from)s"),
    "people.assignment.ended": gettext_lazy("A place of %(name)s ends on %(last)s"),
    "people.assignment.taken_back": gettext_lazy("A place of work was taken back"),
    "people.assignments.made": gettext_lazy("%(count)s people were given their place of work"),
    "people.absence.noted": gettext_lazy("%(name)s is away from %(from)s to %(to)s"),
    "people.absence.taken_back": gettext_lazy("Days away of %(name)s were taken back"),
    "people.site.added": gettext_lazy("Site added: %(name)s"),
    "people.site.changed": gettext_lazy("Site changed: %(name)s"),
    "people.site.archived": gettext_lazy("Site closed: %(name)s"),
    "people.site.removed": gettext_lazy("Site of an import taken out again: %(name)s"),
    "people.position.added": gettext_lazy("Position added: %(name)s"),
    "people.position.changed": gettext_lazy("Position changed: %(name)s"),
    "people.position.archived": gettext_lazy("Position taken off the list: %(name)s"),
    "people.shift.added": gettext_lazy("Shift added: %(name)s"),
    "people.shift.changed": gettext_lazy("Shift changed: %(name)s"),
    "skills.item.signing_changed": gettext_lazy("How %(name)s is signed off was changed"),
    "people.sign_pin.chosen": gettext_lazy("%(name)s chose a PIN for shared phones"),
    "people.sign_pin.link_made": gettext_lazy("A link to choose a PIN was made for %(name)s"),
    "people.shared_phone.started": gettext_lazy("A phone is shared from now on"),
    "people.shift.archived": gettext_lazy("Shift taken off the list: %(name)s"),
    "skills.item.added": gettext_lazy("Asked for from now on: %(name)s"),
    "skills.item.changed": gettext_lazy("Changed: %(name)s"),
    "skills.item.archived": gettext_lazy("No longer asked for: %(name)s"),
    "skills.rule.changed": gettext_lazy("Rule of %(name)s changed from %(from)s"),
    "skills.link.made": gettext_lazy("Linked: %(first)s and %(second)s"),
    "skills.link.taken_back": gettext_lazy("A link between two cards was taken back"),
    "skills.document.added": gettext_lazy("Document added: %(code)s"),
    "skills.revision.raised": gettext_lazy("Document %(document)s is now %(revision)s"),
    "skills.alias.added": gettext_lazy("“%(text)s” means %(name)s from now on"),
    "talent.requirement.made": gettext_lazy("Who needs it was set: %(item)s"),
    "talent.requirement.ended": gettext_lazy("Needed until %(last)s: %(item)s"),
    "talent.head_count.made": gettext_lazy("Each shift needs %(n)s people who can do it"),
    "talent.head_count.ended": gettext_lazy("A number of people for each shift was taken back"),
    "talent.exemption.granted": gettext_lazy("%(person)s need not have %(item)s until %(until)s: %(why)s"),
    "talent.exemption.ended": gettext_lazy("%(person)s needs %(item)s again"),
    "talent.code.made": gettext_lazy("Code to scan made: %(title)s %(name)s"),
    "talent.code.closed": gettext_lazy("Code to scan closed: %(title)s"),
    "talent.showing.proposed": gettext_lazy("%(person)s was asked what others may see"),
    "talent.showing.agreed": gettext_lazy("%(person)s agreed what others may see"),
    "talent.showing.ended": gettext_lazy("Others see nothing of %(person)s any more"),
    "holdings.holding.recorded": gettext_lazy("%(person)s: %(item)s was noted, until %(ends)s"),
    "holdings.holdings.recorded": gettext_lazy("%(count)s cards were noted"),
    "holdings.holding.corrected": gettext_lazy("%(person)s: %(item)s was corrected, until %(ends)s"),
    "holdings.holding.withdrawn": gettext_lazy("%(person)s: %(item)s was taken back: %(why)s"),
    "holdings.holding.moved": gettext_lazy("%(item)s was moved to %(to)s"),
    "holdings.holding.disputed": gettext_lazy("%(person)s: someone said that %(item)s is wrong"),
    "holdings.holding.dispute_ended": gettext_lazy("%(person)s: the question about %(item)s is settled"),
    "holdings.sign_off.made": gettext_lazy("%(person)s: %(item)s was signed off"),
    "holdings.sign_off.undone": gettext_lazy("%(person)s: the sign-off of %(item)s was taken back"),
    "holdings.sign_off.co_signed": gettext_lazy("%(person)s: the sign-off of %(item)s has a second signature"),
    "holdings.sign_off.commented": gettext_lazy("%(person)s said something about the sign-off of %(item)s"),
    "holdings.sign_off.signed": gettext_lazy("%(person)s: the sign-offs of %(item)s became a proof"),
    "holdings.sign_off.refused": gettext_lazy("%(person)s: the sign-offs of %(item)s can’t become a proof"),
    "holdings.sign_off.signers_set": gettext_lazy("Who may sign off %(item)s was set: %(who)s"),
    "holdings.look_up.logged": gettext_lazy("%(person)s: %(item)s was looked up at its source"),
    "holdings.signature.noted": gettext_lazy("%(person)s: signed file of %(item)s was checked"),
    "holdings.late.noted": gettext_lazy("%(person)s: a note on why %(item)s came late"),
    "holdings.photo.added": gettext_lazy("%(person)s: photo of %(item)s added"),
    "holdings.photo.approved": gettext_lazy("%(person)s: photo of %(item)s looks right"),
    "holdings.photo.refused": gettext_lazy("%(person)s: another photo of %(item)s is needed"),
    "holdings.photo.removed": gettext_lazy("%(person)s: photo of %(item)s removed"),
    "holdings.photo.discarded": gettext_lazy("A photo was thrown away: %(name)s"),
    "holdings.ask.sent": gettext_lazy("%(person)s was asked for a photo: %(item)s"),
    "holdings.ask.closed": gettext_lazy("%(person)s: the link for %(item)s was taken back"),
    "holdings.ask.email_asked": gettext_lazy("E-mail for %(person)s is on its way"),
    "holdings.ask.answered": gettext_lazy("%(person)s handed in a photo: %(item)s"),
    "holdings.mail.unwanted": gettext_lazy("%(person)s wants no reminders by e-mail"),
    "holdings.mail.wanted": gettext_lazy("%(person)s wants reminders by e-mail again"),
    "holdings.reminders.switched_on": gettext_lazy("Automatic reminders are on: %(days)s days before"),
    "holdings.reminders.switched_off": gettext_lazy("Automatic reminders are off"),
    "holdings.calendar.made": gettext_lazy("Calendar made: %(name)s"),
    "holdings.calendar.renewed": gettext_lazy("Calendar has a new address: %(name)s"),
    "holdings.calendar.closed": gettext_lazy("Calendar closed: %(name)s"),
    "holdings.poster.made": gettext_lazy("Poster printed %(site)s"),
    "holdings.poster.closed": gettext_lazy("Poster closed %(site)s"),
    "holdings.poster_photo.handed_in": gettext_lazy("Photo handed in at a poster: %(item)s"),
    "holdings.poster_photo.matched": gettext_lazy("Photo from a poster belongs to %(person)s: %(item)s"),
    "holdings.poster_photo.put_aside": gettext_lazy("Photo from a poster put aside: %(name)s"),
    "notices.mail.given_up": gettext_lazy("An e-mail could not be sent"),
    "imports.import.opened": gettext_lazy("Spreadsheet opened: %(name)s"),
    "imports.import.started": gettext_lazy("Spreadsheet is being saved: %(name)s"),
    "imports.import.saved": gettext_lazy("Spreadsheet saved: %(name)s"),
    "imports.import.undone": gettext_lazy("Spreadsheet undone: %(name)s"),
    "imports.import.thrown_away": gettext_lazy("Spreadsheet put aside: %(name)s"),
    "credentials.proof.forgotten": gettext_lazy("A proof was deleted with its person"),
}
