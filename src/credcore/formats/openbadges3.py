"""Open Badges 3.0: what a person achieved, in the words of the giver. (1EdTech Open Badges 3.0, section B)"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime

from credcore.formats import vcdm
from credcore.formats.vcdm import Json, iso, only, text, texts
from credcore.model import Alignment, Credential, Observation, Party

NAME = "Open Badges 3.0"
CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
TYPES = ("OpenBadgeCredential", "AchievementCredential")
_KINDS = frozenset(TYPES)


def recognises(document: Json) -> bool:
    """Whether this format is the one to read the document."""
    return not _KINDS.isdisjoint(texts(document.get("type"))) and bool(vcdm.version(document))


def parse(document: Json) -> Credential:
    """Raises MalformedError `dates.malformed`."""
    said = vcdm.fields(document, format=NAME)
    subject = only(document.get("credentialSubject"))
    achievement = only(subject.get("achievement"))
    notes = _objects(document.get("evidence"))
    if not said["subject"].name and (name := _identity_name(subject)):
        said["subject"] = Party(id=said["subject"].id, name=name)
    said |= {
        "name": text(achievement.get("name")) or said["name"],
        "description": text(achievement.get("description")) or said["description"],
        "criteria": text(only(achievement.get("criteria")).get("narrative")),
        "level": _level(subject, achievement),
        "language": text(achievement.get("inLanguage")),
        "evidence": tuple([found for note in notes if (found := text(note.get("narrative")))]),
        "image": text(only(achievement.get("image")).get("id")) or text(achievement.get("image")),
        "observations": tuple([_observation(note) for note in notes]),
        "role": text(subject.get("role")),
        "active_from": text(subject.get("activityStartDate")),
        "active_until": text(subject.get("activityEndDate")),
        "alignments": tuple([_alignment(one) for one in _objects(achievement.get("alignment"))]),
    }
    return Credential(**said)


def _objects(value: object) -> list[Json]:
    """Those objects that stand at a place where one or several may."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _observation(note: Json) -> Observation:
    return Observation(
        name=text(note.get("name")),
        text=text(note.get("narrative")),
        genre=text(note.get("genre")),
        about=text(note.get("description")),
    )


def _alignment(one: Json) -> Alignment:
    return Alignment(
        framework=text(one.get("targetFramework")),
        code=text(one.get("targetCode")),
        name=text(one.get("targetName")),
        url=text(one.get("targetUrl")),
    )


def _identity_name(subject: Json) -> str:
    """The name among the subject's identifiers, when it is given unhashed (section B.7.1, IdentityObject)."""
    identifiers = subject.get("identifier")
    for one in identifiers if isinstance(identifiers, list) else [identifiers]:
        if isinstance(one, dict) and one.get("identityType") == "name" and one.get("hashed") is False:
            return text(one.get("identityHash"))
    return ""


def _level(subject: Json, achievement: Json) -> str:
    """The name of the achieved rubric level, if the result points at one."""
    reached = text(only(subject.get("result")).get("achievedLevel"))
    if not reached:
        return ""
    descriptions = achievement.get("resultDescription")
    for description in descriptions if isinstance(descriptions, list) else [descriptions]:
        levels = description.get("rubricCriterionLevel") if isinstance(description, dict) else None
        for level in levels if isinstance(levels, list) else [levels]:
            if isinstance(level, dict) and vcdm.name_of(level) == reached:
                return text(level.get("name"))
    return ""


def build(
    *,
    id: str,
    issuer: Party,
    subject_id: str,
    subject_name: str,
    title: str,
    did: str,
    how: str,
    achievement_id: str,
    valid_from: datetime,
    valid_until: datetime | None = None,
    level: int = 0,
    level_name: str = "",
    language: str = "en",
    observer: str = "",
    observed_on: datetime | None = None,
    note: str = "",
    image_svg: str = "",
    steps: Sequence[str] = (),
    achievement_type: str = "Competency",
    role: str = "",
    active_from: datetime | None = None,
    active_until: datetime | None = None,
    alignments: Sequence[Json] = (),
    evidence: Sequence[Json] = (),
    status: Json | Sequence[Json] | None = None,
) -> Json:
    """An unsigned credential.

    `did` is what the person did (achievement description), `how` is how it was checked (criteria narrative), `note` and
    `observer` become evidence, before the ready-made `evidence`. `steps` are added to the criteria as a list (Markdown).
    `role` is the position that the person held, from `active_from` until `active_until`.
    `alignments` are those of the achievement; `status` is a `credentialStatus`, or several. `id`, `subject_id` and
    `achievement_id` are URLs or URNs.
    """
    achievement: Json = {
        "id": achievement_id,
        "type": ["Achievement"],
        "achievementType": achievement_type,
        "name": title,
        "description": did,
        "criteria": {"narrative": "\n".join([how, "", *(f"- {step}" for step in steps)]) if steps else how},
        "inLanguage": language,
    }
    if alignments:
        achievement["alignment"] = list(alignments)
    if image_svg:
        data = base64.b64encode(image_svg.encode()).decode()
        achievement["image"] = {"id": f"data:image/svg+xml;base64,{data}", "type": "Image", "caption": title}
    subject: Json = {
        "id": subject_id,
        "type": ["AchievementSubject"],
        "name": subject_name,
        "identifier": [
            {"type": "IdentityObject", "hashed": False, "identityHash": subject_name, "identityType": "name"},
        ],
        "achievement": achievement,
    }
    if level:
        rubric = f"{achievement_id}:level"
        achievement["resultDescription"] = [
            {
                "id": rubric,
                "type": ["ResultDescription"],
                "name": "Level",
                "resultType": "RubricCriterionLevel",
                "rubricCriterionLevel": [
                    {
                        "id": f"{rubric}:{level}",
                        "type": ["RubricCriterionLevel"],
                        "name": level_name,
                        "level": str(level),
                    },
                ],
            },
        ]
        subject["result"] = [
            {"type": ["Result"], "resultDescription": rubric, "achievedLevel": f"{rubric}:{level}"},
        ]
    if role:
        subject["role"] = role
    if active_from is not None:
        subject["activityStartDate"] = iso(active_from)
    ended = active_until or observed_on
    if ended is not None:
        subject["activityEndDate"] = iso(ended)
    credential: Json = {
        "@context": [vcdm.V2, CONTEXT],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {
            "id": issuer.id,
            "type": ["Profile"],
            "name": issuer.name,
            **({"url": issuer.url} if issuer.url else {}),
        },
        "validFrom": iso(valid_from),
        "credentialSubject": subject,
    }
    if valid_until is not None:
        credential["validUntil"] = iso(valid_until)
    seen = {"name": observer, "narrative": note}
    told = [{"type": ["Evidence"], **{key: value for key, value in seen.items() if value}}] if any(seen.values()) else []
    if told or evidence:
        credential["evidence"] = [*told, *evidence]
    if status:
        credential["credentialStatus"] = status if isinstance(status, dict) else list(status)
    return credential
