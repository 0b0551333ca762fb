"""What exactly is signed. Pure: the same facts give the same document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from credcore.formats import openbadges3
from credcore.model import Party
from credcore.status import bitstring
from skillmark.rooms.credentials.rules import telling
from skillmark.rooms.credentials.rules.history import History
from skillmark.rooms.credentials.rules.levels import level_name
from skillmark.rooms.credentials.rules.seen import Seen
from skillmark.rooms.credentials.rules.status import STATUS_LENGTH, STATUS_TTL_MS, STATUS_VALID, Purpose

_NOON = time(12)
WORK = "ext:WorkHistory"  # the list of Open Badges knows no term for it (section B.1.2, AchievementType)


def proof_payload(
    *,
    proof_id: UUID,
    issuer: str,
    giver: str,
    giver_url: str,
    person_id: UUID,
    person_name: str,
    version_id: UUID,
    title: str,
    did: str,
    how: str,
    image: str,
    steps: Sequence[str] = (),
    codes: Sequence[Mapping[str, str]] = (),
    level: int | None,
    language: str,
    observer: str,
    observed_on: date | None,
    note: str,
    evidence: Sequence[Seen] = (),
    history: History | None = None,
    time_zone: str,
    valid_from: datetime,
    valid_until: datetime | None,
    list_url: str,
    pause_url: str,
    index: int,
) -> dict[str, Any]:
    """The unsigned proof. `issuer` is the giver's identifier, `giver` its name, `giver_url` its address or empty.

    With a `history`, `title` and `did` are its words; the position it is about is its own achievement, not the version's.
    `image` is an SVG, `steps` those of the check list, `codes` the same skill elsewhere (`{framework, code, url, name}`).
    `list_url` is the list of what was cancelled, `pause_url` the one of what is paused; the proof has the same place in both.
    """
    seen = datetime.combine(observed_on, _NOON, tzinfo=ZoneInfo(time_zone)) if observed_on else None
    worked: dict[str, Any] = {}
    if history is not None:
        active_from, active_until = history.activity(time_zone=time_zone)
        worked = {
            "achievement_type": WORK, "role": history.role, "active_from": active_from, "active_until": active_until,
        }  # fmt: skip
    return openbadges3.build(
        id=proof_id.urn,
        issuer=Party(id=issuer, name=giver, url=giver_url),
        subject_id=person_id.urn,
        subject_name=person_name,
        title=title,
        did=did,
        how=how,
        achievement_id=version_id.urn if history is None else uuid5(version_id, str(proof_id)).urn,
        valid_from=valid_from,
        valid_until=valid_until,
        level=level or 0,
        level_name=level_name(level=level, language=language),
        language=language,
        observer=observer,
        observed_on=seen,
        note=note,
        image_svg=image,
        steps=steps,
        alignments=[
            {
                "type": ["Alignment"],
                "targetName": one["name"],
                "targetUrl": one["url"],
                "targetFramework": one["framework"],
                **({"targetCode": one["code"]} if one.get("code") else {}),
            }
            for one in codes
        ],
        **worked,
        evidence=[telling.evidence(seen=one, language=language) for one in evidence],
        status=[
            bitstring.entry(list_url=url, index=index, purpose=purpose.value)
            for url, purpose in ((list_url, Purpose.CANCELLED), (pause_url, Purpose.PAUSED))
        ],
    )


def can_be_paused(payload: Mapping[str, Any]) -> bool:
    """Whether a proof says where to look whether it is paused. Those of before that was possible do not."""
    entries = payload.get("credentialStatus")
    return isinstance(entries, list) and any(one["statusPurpose"] == Purpose.PAUSED for one in entries)


def list_payload(*, url: str, issuer: str, purpose: str, length: int, indexes: Iterable[int], now: datetime) -> dict[str, Any]:
    """The unsigned public list with a bit set for every place in `indexes`: what is cancelled, or paused now."""
    return bitstring.build(
        id=url,
        issuer=issuer,
        purpose=purpose,
        indexes=indexes,
        valid_from=now,
        valid_until=now + STATUS_VALID,
        ttl_ms=STATUS_TTL_MS,
        length=length or STATUS_LENGTH,
    )
