"""What would be signed, before anybody gives anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import TemplateVersion
from skillmark.rooms.credentials.queries.templates import look, template
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import queries as keys

NOWHERE = "https://example.com/"
NOBODY = UUID(int=0)
"""The number of whatever is not there yet: the proof, and its person."""


def preview(
    *,
    actor: Actor,
    key: UUID | str,
    person_name: str,
    language: str,
    level: int | None,
    observed_on: date | None,
    note: str = "",
    evidence: Sequence[rules.Seen] = (),
    now: datetime,
) -> dict[str, Any]:
    """The payload of a proof that is not given: of the firm's own kind (its id) or a ready-made one (its key).

    It is made by the same function as a real one, so that what is looked at is what will be signed. It has a made-up number
    and no place in a list, and it is never signed. Raises NotFound.
    """
    version = _version(actor=actor, key=key)
    firm = people.organisation(actor=actor)
    title, language = rules.said(texts=version.name, language=language)
    time_zone = people.site(actor=actor).time_zone
    day = observed_on or rules.day_there(moment=now, time_zone=time_zone)
    return rules.proof_payload(
        proof_id=NOBODY, issuer=_issuer(org_id=firm.id), giver=firm.name, giver_url="", person_id=NOBODY,
        person_name=person_name, version_id=version.id, title=title,
        did=rules.said(texts=version.did, language=language)[0], how=rules.said(texts=version.how, language=language)[0],
        image=rules.svg(**look(version=version, title=title, giver=firm.name, language=language)),
        steps=[rules.said(texts=step, language=language)[0] for step in version.steps], codes=version.codes,
        level=level if version.level_asked else None, language=language, observer="" if evidence else actor.label,
        observed_on=observed_on, note=note, evidence=evidence, time_zone=time_zone, valid_from=now.replace(microsecond=0),
        valid_until=rules.last_good_moment(day=day, months=version.months, time_zone=time_zone),
        list_url=NOWHERE, pause_url=NOWHERE, index=0,
    )  # fmt: skip


def _version(*, actor: Actor, key: UUID | str) -> TemplateVersion:
    if isinstance(key, UUID):
        current = template(actor=actor, template_id=key).current
        if current is None:
            raise NotFound
        return current
    kind = next((one for one in rules.READY if one.key == key), None)
    if kind is None:
        raise NotFound
    return TemplateVersion(**rules.words_of(kind))


def _issuer(*, org_id: UUID) -> str:
    """The firm's identifier; one that has given nothing yet has no keys, and so none."""
    try:
        return keys.issuer(org_id=org_id).did
    except NotFound:
        return "urn:uuid:" + str(org_id)
