"""Ask what people hold. Everything takes its actor; a supervisor of one site gets no answer about the people of another."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q

from skillmark.errors import NotFound
from skillmark.rooms.holdings.models import (
    Ask,
    CalendarFeed,
    Holding,
    LoosePhoto,
    MailStop,
    Photo,
    Poster,
    PosterPhoto,
    Reminded,
    ReminderPlan,
    Signature,
    SignOff,
    SourceCheck,
    StoredFile,
)
from skillmark.rooms.holdings.rules import REMINDER_STEPS
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, digest, may, plain_code

_MOST_IDS = 10_000  # in one statement: databases allow some ten thousand parameters
_FILES_AT_ONCE = 16


def holdings_of(*, actor: Actor, person_id: UUID, closed: bool = False) -> list[Holding]:
    """What one person holds, newest first; `closed`: also what was corrected or withdrawn. Raises NotFound."""
    found = Holding.objects.filter(org_id=actor.org_id, person_id__in=people.ids_of(actor=actor, person_id=person_id))
    found = found if closed else found.filter(superseded_at=None)
    return list(found.select_related("item").prefetch_related("photos", "source_checks", "signatures", "late_notes"))


def holding(*, actor: Actor, holding_id: UUID) -> Holding:
    """One holding with what speaks for it. Raises NotFound."""
    found = Holding.objects.filter(org_id=actor.org_id, id=holding_id).select_related("item", "person").first()
    if found is None:
        raise NotFound
    people.person(actor=actor, person_id=found.person_id)
    return found


def holdings_by_id(*, actor: Actor, holding_ids: Collection[UUID]) -> dict[UUID, Holding]:
    """Several holdings with photos, look-ups, signatures and notes, by id, in six queries; of the actor's people only.

    The files' own bytes are left out: `stored_bodies` reads them.
    """
    found = Holding.objects.filter(org_id=actor.org_id).select_related("item", "person")
    if actor.sites:
        found = found.filter(person_id__in=[one.id for one in people.people(actor=actor)])
    photos = Prefetch("photos", Photo.objects.select_related("file").defer("file__body"))
    looks = Prefetch("source_checks", SourceCheck.objects.select_related("screenshot").defer("screenshot__body"))
    found = found.prefetch_related(photos, looks, "signatures", "late_notes")
    wanted = list(holding_ids)
    pieces = (found.filter(id__in=wanted[at : at + _MOST_IDS]) for at in range(0, len(wanted), _MOST_IDS))
    return {one.id: one for piece in pieces for one in piece}


def stored_bodies(*, actor: Actor, file_ids: Collection[UUID]) -> Iterator[tuple[UUID, bytes]]:
    """(id, bytes) of stored files of the actor's people, a few at a time, so that many never lie in memory at once."""
    found = StoredFile.objects.filter(org_id=actor.org_id)
    if actor.sites:
        mine = Holding.objects.filter(org_id=actor.org_id, person_id__in=[one.id for one in people.people(actor=actor)])
        found = found.filter(Q(id__in=mine.values("photos__file")) | Q(id__in=mine.values("source_checks__screenshot")))
    wanted = list(file_ids)
    for at in range(0, len(wanted), _FILES_AT_ONCE):
        for id_, body in found.filter(id__in=wanted[at : at + _FILES_AT_ONCE]).values_list("id", "body"):
            yield id_, bytes(body)


def numbers(*, actor: Actor) -> dict[UUID, str]:
    """The numbers on the cards, by holding; those without one are left out."""
    found = Holding.objects.filter(org_id=actor.org_id, superseded_at=None).exclude(number="")
    return dict(found.values_list("id", "number"))


def waiting_photos(*, actor: Actor) -> list[Photo]:
    """Photos that nobody has looked at yet, oldest first."""
    found = Photo.objects.filter(
        holding__org_id=actor.org_id, holding__superseded_at=None, approved_at=None, refused_at=None, removed_at=None
    )
    if actor.sites:
        found = found.filter(holding__person_id__in=[one.id for one in people.people(actor=actor)])
    return list(found.select_related("holding__person", "holding__item").order_by("added_at"))


def photo(*, actor: Actor, photo_id: UUID) -> Photo:
    """One photo with its file. Raises NotFound."""
    found = Photo.objects.filter(holding__org_id=actor.org_id, id=photo_id, removed_at=None)
    one = found.select_related("file", "holding__person", "holding__item").first()
    if one is None:
        raise NotFound
    people.person(actor=actor, person_id=one.holding.person_id)
    return one


def stored_file(*, actor: Actor, file_id: UUID) -> StoredFile:
    """A stored file that the actor may see: a photo (of a sign-off, too), its original, the screenshot of a look-up.

    Of a supervisor of some sites, what is about their people, what they brought in themselves, and what was handed in at
    their posters. Raises NotFound.
    """
    found = StoredFile.objects.filter(org_id=actor.org_id, id=file_id).first()
    if found is None or (actor.sites and not _seen(actor, found)):
        raise NotFound
    return found


def is_shown(*, actor: Actor, file: StoredFile) -> bool:
    """Whether anything of the firm shows a file, also what was closed."""
    holdings = Holding.objects.filter(_shows(file), org_id=actor.org_id).exists()
    loose = LoosePhoto.objects.filter(Q(file=file) | Q(original=file), org_id=actor.org_id).exists()
    seen = SignOff.objects.filter(photo=file, org_id=actor.org_id).exists()
    return holdings or loose or seen or PosterPhoto.objects.filter(file=file, org_id=actor.org_id).exists()


def _shows(file: StoredFile) -> Q:
    return Q(photos__file=file) | Q(photos__original=file) | Q(source_checks__screenshot=file)


def _seen(actor: Actor, file: StoredFile) -> bool:
    shows = Holding.objects.filter(_shows(file), org_id=actor.org_id)
    mine = LoosePhoto.objects.filter(Q(file=file) | Q(original=file), org_id=actor.org_id, added_key=actor.key)
    posted = PosterPhoto.objects.filter(file=file, org_id=actor.org_id, poster__site_id__in=actor.sites or ())
    seen = {one.id for one in people.people(actor=actor)}
    signed = SignOff.objects.filter(photo=file, org_id=actor.org_id, person_id__in=seen)
    return shows.filter(person_id__in=seen).exists() or mine.exists() or posted.exists() or signed.exists()


def history(*, actor: Actor, holding_id: UUID) -> list[Holding]:
    """A holding and every row before and after it that it was corrected from and to, newest first. Raises NotFound."""
    one = holding(actor=actor, holding_id=holding_id)
    mine = Holding.objects.filter(org_id=actor.org_id).select_related("person")
    after: list[Holding] = []
    newer = mine.filter(supersedes_id=one.id).first()
    while newer is not None:
        after.append(newer)
        newer = mine.filter(supersedes_id=newer.id).first()
    before: list[Holding] = []
    older_id = one.supersedes_id
    while older_id is not None:
        before.append(mine.get(id=older_id))
        older_id = before[-1].supersedes_id
    return [*reversed(after), one, *before]


def earlier_photos(*, actor: Actor, photos: Collection[Photo]) -> dict[UUID, Photo]:
    """By photo: the last one that was approved of the same item of the same person, to be laid beside it. One query."""
    persons = {one.holding.person_id for one in photos}
    items = {one.holding.item_id for one in photos}
    approved = Photo.objects.filter(
        holding__org_id=actor.org_id, holding__person_id__in=persons, holding__item_id__in=items,
        holding__superseded_at=None, removed_at=None,
    ).exclude(approved_at=None)  # fmt: skip
    last = {
        (one.holding.person_id, one.holding.item_id): one for one in approved.select_related("holding").order_by("approved_at")
    }
    found = {one.id: last.get((one.holding.person_id, one.holding.item_id)) for one in photos}
    return {photo_id: earlier for photo_id, earlier in found.items() if earlier is not None}


def loose_photos(*, actor: Actor) -> list[LoosePhoto]:
    """Photos of a pile that nobody has put anywhere yet, by name; of a supervisor of some sites those they brought in."""
    found = LoosePhoto.objects.filter(org_id=actor.org_id)
    return list(found.filter(added_key=actor.key) if actor.sites else found)


def loose_photo(*, actor: Actor, loose_id: UUID) -> LoosePhoto:
    """One of them. Raises NotFound."""
    found = LoosePhoto.objects.filter(org_id=actor.org_id, id=loose_id).select_related("file", "original")
    one = (found.filter(added_key=actor.key) if actor.sites else found).first()
    if one is None:
        raise NotFound
    return one


def signatures_on(*, actor: Actor, checked_item_id: UUID) -> list[Signature]:
    """The latest signature of each holding that rests on a checked item, for whoever has to note a new answer."""
    found = Signature.objects.filter(
        holding__org_id=actor.org_id, holding__superseded_at=None, checked_item_id=checked_item_id
    ).order_by("recorded_at")
    return list({one.holding_id: one for one in found}.values())


def signatures_of_proof(*, actor: Actor, issued_id: UUID) -> list[Signature]:
    """The latest signature of each standing holding that rests on a proof of ours, for whoever has to note a new answer."""
    held = Holding.objects.filter(org_id=actor.org_id, superseded_at=None, signatures__issued_id=issued_id).distinct()
    latest = (one.signatures.order_by("recorded_at", "id").last() for one in held)
    return [one for one in latest if one is not None and one.issued_id == issued_id]


def asks(*, actor: Actor, person_id: UUID | None = None, open_only: bool = False) -> list[Ask]:
    """Requests for a photo, newest first."""
    found = Ask.objects.filter(org_id=actor.org_id).select_related("person", "item")
    if person_id is not None:
        found = found.filter(person_id__in=people.ids_of(actor=actor, person_id=person_id))
    elif actor.sites:
        found = found.filter(person_id__in=[one.id for one in people.people(actor=actor)])
    return list(found.filter(used_at=None, closed_at=None) if open_only else found)


def ask_behind(*, token: str) -> Ask:
    """The request that a link was made for, whatever became of it, with its photo. The token is the permission.

    Raises NotFound.
    """
    found = Ask.objects.filter(token_hash=digest(plain_code(token))).select_related("person", "item", "org").first()
    if found is None:
        raise NotFound
    return found


def said_no(*, actor: Actor) -> set[UUID]:
    """Who of the firm wants no reminders by e-mail."""
    return set(MailStop.objects.filter(person__org_id=actor.org_id).values_list("person_id", flat=True))


def reminder_plan(*, actor: Actor) -> ReminderPlan:
    """The firm's automatic reminders; before anybody switched them on, what they would be, not yet kept."""
    found = ReminderPlan.objects.filter(org_id=actor.org_id).first()
    return found or ReminderPlan(org_id=actor.org_id, steps=list(REMINDER_STEPS))


def reminded(*, actor: Actor, ends_from: date) -> list[Reminded]:
    """Everything that was told by itself about what ends on that day or later, oldest first, with the request if any."""
    found = Reminded.objects.filter(org_id=actor.org_id, ends__gte=ends_from)
    return list(found.select_related("ask").order_by("at"))


def feeds(*, actor: Actor) -> list[CalendarFeed]:
    """Open calendars: the owner sees all, others those they made."""
    found = CalendarFeed.objects.filter(org_id=actor.org_id, closed_at=None)
    if not may(actor, "settings.change"):
        found = found.filter(made_by_id=actor.user_id)
    return list(found.select_related("site", "person", "made_by"))


def posters(*, actor: Actor) -> list[Poster]:
    """Posters that still take photos; of a supervisor of some sites, those of their sites."""
    found = Poster.objects.filter(org_id=actor.org_id, closed_at=None)
    return list((found.filter(site_id__in=actor.sites) if actor.sites else found).select_related("site"))


def poster_photos(*, actor: Actor) -> list[PosterPhoto]:
    """What was handed in at posters and is still nobody's, oldest first."""
    found = PosterPhoto.objects.filter(org_id=actor.org_id, settled_at=None)
    return list((found.filter(poster__site_id__in=actor.sites) if actor.sites else found).select_related("poster__site"))


def poster_photo(*, actor: Actor, photo_id: UUID) -> PosterPhoto:
    """One photo of a poster with its file. Raises NotFound."""
    found = PosterPhoto.objects.filter(org_id=actor.org_id, id=photo_id)
    if actor.sites:
        found = found.filter(poster__site_id__in=actor.sites)
    one = found.select_related("file", "poster__site").first()
    if one is None:
        raise NotFound
    return one
