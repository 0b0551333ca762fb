"""Ask about sign-offs: what was seen of whom, what is still missing, and what there is to sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.holdings.models import MaySign, SignOff
from skillmark.rooms.holdings.rules import Asked, Given, SignOffState, Standing, Witnessed, standing_of
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, may
from skillmark.rooms.skills import queries as skills

_NOW_KNOWN = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ToSign:
    """One item that can be signed off for a person. `item` is skills' Item; `version_id` the version of the words, to be sent
    along with the sign-off (None: they are written when the first one is signed). `document` and `revision` are of the
    instruction in force. `may_sign`: the actor is set up for it. `can_sign`: the item says how it is checked.

    `standing` is by level (None for items without levels): what is still missing; a level without sign-offs is left out.
    `asked` is what the item asks from the start. `last` is the newest sign-off that was not undone.
    """

    item: Any
    version_id: UUID | None
    document: str
    revision: str
    may_sign: bool
    can_sign: bool
    asked: Asked
    standing: dict[int | None, Standing] = field(default_factory=dict)
    last: SignOff | None = None


def sign_offs(*, actor: Actor, person_id: UUID | None = None, item_id: UUID | None = None) -> list[SignOff]:
    """What was seen, newest first, also what was undone; of a supervisor of some sites, of their people. Raises NotFound."""
    found = SignOff.objects.filter(org_id=actor.org_id).select_related("person", "item", "site")
    if person_id is not None:
        found = found.filter(person_id__in=people.ids_of(actor=actor, person_id=person_id))
    elif (seen := people.seen_ids(actor=actor)) is not None:
        found = found.filter(person_id__in=seen)
    if item_id is not None:
        found = found.filter(item_id=item_id)
    return list(found.order_by("-observed_at", "-recorded_at"))


def sign_off(*, actor: Actor, sign_off_id: UUID) -> SignOff:
    """One of them. Raises NotFound."""
    found = SignOff.objects.filter(org_id=actor.org_id, id=sign_off_id).select_related("person", "item", "site").first()
    if found is None:
        raise NotFound
    people.person(actor=actor, person_id=found.person_id)
    return found


def still_missing(
    *, actor: Actor, person_id: UUID, item_id: UUID, level: int | None, on: date | None = None
) -> Standing:  # fmt: skip
    """What is still missing until a person's sign-offs of an item at a level make a proof; those that may still be undone
    count. `on`: by the words and the revision in force on that day; without it, those of the newest sign-off.

    Before anything was signed, everything is missing; so it is once a proof was given. Raises NotFound.
    """
    item = skills.item(actor=actor, item_id=item_id)
    signed = [one for one in sign_offs(actor=actor, person_id=person_id, item_id=item_id) if one.level == level]
    newest = next((one for one in signed if one.state != SignOffState.UNDONE), None)
    if on is None and newest is not None:
        asked = asked_by(actor=actor, version_id=newest.version_id, revision=newest.revision)
    else:
        template = credentials.template_of(actor=actor, item_id=item_id)
        in_force = revision_in_force(actor=actor, item_id=item_id, on=on)[1]
        asked = _asked(item, _present(template.current if template is not None else None, item), in_force)
    given = given_of(signed, asked, cancelled_proofs(actor=actor, person_id=person_id))
    return standing_of(signed=[witnessed(one) for one in signed], asked=asked, given=given, waiting=True)


def to_sign(*, actor: Actor, person_id: UUID, on: date) -> list[ToSign]:
    """The items in use that the firm signs off itself, in the order of their columns, for one person on a day.

    What is due on the person's row of the board is known a floor above: whoever shows the list puts that first. Some ten
    queries, however many items. Raises NotFound.
    """
    person = people.person(actor=actor, person_id=person_id)
    items = [one for one in skills.items(actor=actor) if one.method]
    versions = {one.item_id: one.current for one in credentials.templates(actor=actor)}
    allowed = _signers_of(actor)
    revisions = _revisions(actor, on)
    signed: dict[UUID, list[SignOff]] = defaultdict(list)
    for one in sign_offs(actor=actor, person_id=person.id):
        signed[one.item_id].append(one)
    cancelled = cancelled_proofs(actor=actor, person_id=person.id)
    itself = people.is_self(actor=actor, person_id=person.id)
    found: list[ToSign] = []
    for item in items:
        version = _present(versions.get(item.id), item)
        document, revision = revisions.get(item.id, ("", ""))
        asked = _asked(item, version, revision)
        mine = [one for one in signed[item.id] if one.state != SignOffState.UNDONE]
        standing = {}
        for level in {one.level for one in mine}:
            same = [one for one in mine if one.level == level]
            given = given_of(same, asked, cancelled)
            standing[level] = standing_of(signed=[witnessed(one) for one in same], asked=asked, given=given, waiting=True)
        may_do = may(actor, "sign_off.make") and not itself and (item.id not in allowed or actor.user_id in allowed[item.id])
        row = ToSign(
            item=item, version_id=version.id if version else None, document=document, revision=revision, may_sign=may_do,
            can_sign=any(item.how.values()), asked=asked, standing=standing, last=next(iter(mine), None),
        )  # fmt: skip
        found.append(row)
    return found


def signers(*, actor: Actor, item_id: UUID) -> frozenset[int] | None:
    """The ids of the users who may sign an item off; None: every owner and supervisor. Raises NotFound."""
    skills.item(actor=actor, item_id=item_id)
    return _signers_of(actor).get(item_id)


def may_sign(*, actor: Actor, item_id: UUID) -> bool:
    """Whether the actor is set up to sign an item off. Raises NotFound."""
    allowed = signers(actor=actor, item_id=item_id)
    return may(actor, "sign_off.make") and (allowed is None or actor.user_id in allowed)


def revision_in_force(*, actor: Actor, item_id: UUID, on: date | None) -> tuple[str, str]:
    """(code of the instruction that an item follows, its revision in force on a day; None: the newest); "" where none is."""
    return _revisions(actor, on or date.max, item_id=item_id).get(item_id, ("", ""))


def asked_by(*, actor: Actor, version_id: UUID, revision: str) -> Asked:
    """What a version of the words asks, together with a revision. Raises NotFound."""
    version = credentials.version(actor=actor, version_id=version_id)
    return Asked(version.id, revision, len(version.steps), version.times_seen, version.co_sign)


def witnessed(one: SignOff) -> Witnessed:
    """A sign-off as the rules see it."""
    return Witnessed(
        one.id, one.day, one.recorded_at, one.version_id, one.revision, tuple(one.steps), one.co_signed_at is not None,
        SignOffState(one.state), used=one.bundle is not None,
    )  # fmt: skip


def cancelled_proofs(*, actor: Actor, person_id: UUID) -> dict[UUID, datetime]:
    """By number: when those of a person's proofs were cancelled that were. Raises NotFound."""
    found = credentials.proofs(actor=actor, person_id=person_id, state="cancelled")
    return {one.id: one.cancelled_at for one in found if one.cancelled_at is not None}


def given_of(signed: Sequence[SignOff], asked: Asked, cancelled: Mapping[UUID, datetime]) -> list[Given]:
    """The proofs that were made of sign-offs, or are being made, by these words and this revision."""
    bundles: dict[UUID, list[SignOff]] = defaultdict(list)
    for one in signed:
        same = (one.version_id, one.revision) == (asked.version_id, asked.revision)
        if same and one.bundle is not None and one.state in {SignOffState.SIGNED, SignOffState.COUNTED}:
            bundles[one.bundle].append(one)
    return [
        Given(max(one.day for one in some), cancelled.get(some[0].issued_id) if some[0].issued_id is not None else None)
        for some in bundles.values()
    ]


def _asked(item: Any, version: Any, revision: str) -> Asked:
    if version is not None:
        return Asked(version.id, revision, len(version.steps), version.times_seen, version.co_sign)
    return Asked(item.id, revision, len(item.checklist), item.times_seen, item.co_sign)  # nothing is signed by them yet


def _present(version: Any, item: Any) -> Any:
    """The version if it has the item's present words; else None: they are written anew when the next one is signed."""
    return version if version is not None and _says(version, item) else None


def _says(version: Any, item: Any) -> bool:
    texts = ((version.name, item.names), (version.did, item.shows), (version.how, item.how))
    steps = [_bare(one) for one in item.checklist]
    return (
        all(_bare(said) == _bare(meant) for said, meant in texts)
        and [_bare(one) for one in version.steps] == steps
        and (version.method, version.level_asked) == (item.method, item.leveled)
        and (version.times_seen, version.co_sign) == (item.times_seen, item.co_sign)
    )


def _bare(texts: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}


def _signers_of(actor: Actor) -> dict[UUID, frozenset[int]]:
    found: dict[UUID, set[int]] = defaultdict(set)
    for item_id, user_id in MaySign.objects.filter(org_id=actor.org_id).values_list("item_id", "user_id"):
        found[item_id].add(user_id)
    return {item_id: frozenset(users) for item_id, users in found.items()}


def _revisions(actor: Actor, on: date, item_id: UUID | None = None) -> dict[UUID, tuple[str, str]]:
    """By item: the code of its document and the code of the revision in force on a day."""
    codes = {one.id: one.code for one in skills.documents(actor=actor)}
    revisions = skills.revisions(actor=actor, known_at=_NOW_KNOWN)
    found = {}
    for one_id, rule in skills.rules_of(actor=actor, on=on, known_at=_NOW_KNOWN).items():
        if rule.document_id is None or (item_id is not None and one_id != item_id):
            continue
        in_force = [one.code for one in revisions.get(rule.document_id, ()) if one.effective_from <= on]
        found[one_id] = (codes[rule.document_id], in_force[-1] if in_force else "")
    return found
