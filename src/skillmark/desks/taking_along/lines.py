"""What somebody keeps and says, as the lines of a working life: jobs, licences, certificates, schools, skills."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from credcore import formats
from credcore.errors import CredcoreError
from credcore.formats import vcdm
from credcore.formats.ler_rs import CERTIFICATION, JOB, LEARNING, LICENSE, SKILL, Entry
from credcore.verify import opening

# Kinds of achievement of Open Badges 3.0 (section B.1.2) and where HR Open has a place for them; all others are skills.
_LICENCES = frozenset({"License"})
_CERTIFICATES = frozenset(
    {"Certificate", "Certification", "CertificateOfCompletion", "MicroCredential", "QualityAssuranceCredential",
     "ApprenticeshipCertificate", "JourneymanCertificate", "MasterCertificate"}
)  # fmt: skip
_LEARNING = frozenset(
    {"Course", "CoCurricular", "Degree", "AssociateDegree", "BachelorDegree", "MasterDegree", "DoctoralDegree",
     "ProfessionalDoctorate", "ResearchDoctorate", "Diploma", "SecondarySchoolDiploma", "GeneralEducationDevelopment",
     "LearningProgram", "Fieldwork"}
)  # fmt: skip
_OF_STATEMENT = {"job": JOB, "skill": SKILL, "training": LEARNING, "other": SKILL}


def of_proofs(*, held: Iterable[Any]) -> list[Entry]:
    """A line for each proof that says something for the person; each carries the proof itself."""
    found = (_of_proof(one) for one in held if counts(held=one))
    return [one for one in found if one is not None]


def of_statements(*, statements: Iterable[Any]) -> list[Entry]:
    """A line for each of the person's own statements; no proof goes with it. Pay is left out: it is nobody's business unless
    the person picks it for somebody."""
    return [
        Entry(
            section=_OF_STATEMENT[one.kind], name=one.words.title, where=one.words.by, start=one.words.since,
            end=one.words.until, still=one.kind == "job" and bool(one.words.since) and not one.words.until,
            about=one.words.details,
        )
        for one in statements
    ]  # fmt: skip


def counts(*, held: Any) -> bool:
    """Whether it may speak for the person elsewhere: not what was cancelled or paused, nor what names somebody else."""
    return not held.names_other and held.code not in ("status.cancelled", "status.paused")


def _of_proof(held: Any) -> Entry | None:
    try:
        document = opening.lay_open(bytes(held.document)).document
        said = formats.parse(document)
    except CredcoreError:  # a form that is kept and checked, and that this version cannot take apart
        return None
    where = said.issuer.name or held.giver
    if said.role:
        until = said.active_until[:10]
        return Entry(
            section=JOB, name=said.role, where=where, start=said.active_from[:10], end=until,
            still=bool(said.active_from) and not until, proof=bytes(held.document),
        )  # fmt: skip
    return Entry(
        section=_section(document), name=said.name or held.title, where=where, start=_day(said.valid_from),
        end=_day(said.valid_until), proof=bytes(held.document),
    )  # fmt: skip


def _section(document: dict[str, Any]) -> str:
    achievement = vcdm.first(vcdm.first(document.get("credentialSubject")).get("achievement"))
    kind = vcdm.text(achievement.get("achievementType"))
    if kind in _LICENCES:
        return LICENSE
    if kind in _CERTIFICATES:
        return CERTIFICATION
    return LEARNING if kind in _LEARNING else SKILL


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment is not None else ""
