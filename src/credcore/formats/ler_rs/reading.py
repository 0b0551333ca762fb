"""Read a working life.

The people who send these rarely sign them, and the contexts that they name are no JSON-LD contexts. So it is read as
what a person says about themselves, line by line; the credentials inside `verifications` are parts of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from credcore.formats import vcdm
from credcore.formats.embedded import collect, every
from credcore.formats.ler_rs.entries import CERTIFICATION, JOB, LEARNING, LICENSE, SKILL, Entry
from credcore.formats.vcdm import Json, first, text, texts
from credcore.model import Credential, Part, Party

NAME = "LER-RS"
MAX_ENTRIES = 100
_CONTEXT = "hropenstandards.org/"
_TYPE = "LER-RSType"


def recognises(document: Json) -> bool:
    """A credential with a context of HR Open, or the bare record."""
    if vcdm.version(document):
        contexts = texts(document.get("@context"))
        return any(_CONTEXT in one and _TYPE in one for one in contexts) or _is_record(_record(document))
    return _is_record(document)


def parse(document: Json) -> Credential:
    """The person, who gave it, and a line for each certificate, licence, job, school and skill.

    Raises MalformedError `dates.malformed`.
    """
    common = vcdm.parse(document, format=NAME)
    record = _record(document)
    person = first(first(record.get("person")).get("name"))
    whole = " ".join(part for part in (text(person.get("given")), text(person.get("family"))) if part)
    giver = common.issuer
    if giver.id and ":" not in giver.id:  # the samples have a plain name where an identifier belongs
        giver = Party(name=giver.id)
    return replace(
        common,
        id=common.id or text(first(record.get("documentId")).get("value")),
        issuer=giver,
        subject=Party(id=common.subject.id, name=text(person.get("formattedName")) or whole),
        entries=tuple(line for line in _lines(record) if line)[:MAX_ENTRIES],
    )


def parts(document: Json) -> tuple[Part, ...]:
    """The credentials that confirm single lines. Raises MalformedError `parts.too_many`."""
    record = _record(document)
    return collect(
        (one for name in _SECTIONS for entry in _objects(record, name) for one in _proofs(entry)), role="credential"
    )


def said(document: Json) -> tuple[Entry, ...]:
    """The lines that no credential confirms: what the person says, for somebody to take over. At most MAX_ENTRIES."""
    record = _record(document)
    lines = [
        line
        for section, take in _TAKERS.items()
        for entry in _objects(record, section)
        if not _proofs(entry)
        for line in take(entry)
    ]
    return tuple(line for line in dict.fromkeys(lines) if line.name or line.where)[:MAX_ENTRIES]


def _is_record(value: Json) -> bool:
    return any(_TYPE in name for name in texts(value.get("type")))


def _record(document: Json) -> Json:
    """The wrapper's schema has the record in a member of its own, the samples have it as the subject itself."""
    if not vcdm.version(document):
        return document
    subject = first(document.get("credentialSubject"))
    return first(subject.get("lerrsType")) or subject


def _objects(holder: Json, name: str) -> list[Json]:
    return [one for one in every(holder.get(name)) if isinstance(one, dict)]


def _proofs(entry: Json) -> list[Json]:
    """Verifications are credentials, under a name of their own or not, or mere references to a page."""
    named = [first(one.get("Verification")) or one for one in _objects(entry, "verifications")]
    found = [first(one.get("otherW3CVerifiableCredential")) or one for one in named]
    return [one for one in found if "credentialSubject" in one or text(one.get("id")).startswith("data:")]


def _lines(record: Json) -> list[str]:
    lines = []
    for section, say in _SECTIONS.items():
        for entry in _objects(record, section):
            lines.append(say(entry))
            for proof in _proofs(entry):
                about = first(proof.get("credentialSubject"))
                confirmed = next((value for name, value in about.items() if section.startswith(name)), None)
                achieved = first(about.get("achievement"))
                named = say(confirmed) if isinstance(confirmed, dict) else ""
                lines.append(named or text(achieved.get("name")) or text(proof.get("name")))
    return list(dict.fromkeys(lines))


def _organization(value: object) -> str:
    held = first(value)
    return text(held.get("name")) or text(held.get("tradeName")) or text(held.get("legalName"))


def _certificate(entry: Json) -> str:
    return _join(text(entry.get("name")), _organization(entry.get("issuingAuthority")))


def _school(entry: Json) -> str:
    degrees = ", ".join(text(degree.get("name")) for degree in _objects(entry, "educationDegrees"))
    return _join(degrees or _program(entry), _organization(entry.get("institution")))


def _program(entry: Json) -> str:
    return ", ".join(texts(entry.get("programs"))) or text(first(entry.get("program")).get("name"))


def _job(entry: Json) -> str:
    titles = ", ".join(text(position.get("title")) for position in _objects(entry, "positionHistories"))
    return _join(titles, _organization(entry.get("organization")))


def _skill(entry: Json) -> str:
    return text(entry.get("name"))


def _join(what: str, where: str) -> str:
    return f"{what} ({where})" if what and where else what or where


_SECTIONS: dict[str, Callable[[Json], str]] = {
    "certifications": _certificate,
    "licenses": _certificate,
    "educationAndLearnings": _school,
    "employmentHistories": _job,
    "skills": _skill,
}


def _taken_certificate(section: str) -> Callable[[Json], list[Entry]]:
    def take(entry: Json) -> list[Entry]:
        period = first(entry.get("effectiveTimePeriod"))
        start = text(entry.get("firstIssued")) or text(entry.get("issued")) or text(period.get("validFrom"))
        where = _organization(entry.get("issuingAuthority"))
        end = _day(text(period.get("validTo")))
        return [Entry(section=section, name=text(entry.get("name")), where=where, start=_day(start), end=end)]

    return take


def _taken_school(entry: Json) -> list[Entry]:
    degrees = ", ".join(text(degree.get("name")) for degree in _objects(entry, "educationDegrees"))
    return [_taken(LEARNING, degrees or _program(entry), _organization(entry.get("institution")), entry)]


def _taken_jobs(entry: Json) -> list[Entry]:
    where = _organization(entry.get("organization"))
    positions = _objects(entry, "positionHistories")
    if not positions:
        return [_taken(JOB, "", where, entry)]
    return [_taken(JOB, text(one.get("title")), where, one) for one in positions]


def _taken_skill(entry: Json) -> list[Entry]:
    comments = texts(entry.get("comments"))
    return [Entry(section=SKILL, name=text(entry.get("name")), about=text(entry.get("description")) or " ".join(comments))]


def _taken(section: str, name: str, where: str, period: Json) -> Entry:
    return Entry(
        section=section, name=name, where=where, start=_day(text(period.get("start"))), end=_day(text(period.get("end"))),
        still=period.get("current") is True, about=" ".join(texts(period.get("descriptions"))),
    )  # fmt: skip


def _day(written: str) -> str:
    return written.partition("T")[0]


_TAKERS: dict[str, Callable[[Json], list[Entry]]] = {
    JOB: _taken_jobs,
    LICENSE: _taken_certificate(LICENSE),
    CERTIFICATION: _taken_certificate(CERTIFICATION),
    LEARNING: _taken_school,
    SKILL: _taken_skill,
}
