"""HR Open LER-RS 4.4 and 4.5: a working life as data. (HR Open Standards, Learning and Employment Record – Résumé)

The people who send these rarely sign them, and the contexts that they name are no JSON-LD contexts. So it is read as
what a person says about themselves, line by line; the credentials inside `verifications` are parts of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from credcore.formats import vcdm
from credcore.formats.embedded import collect, every
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
        return any(_CONTEXT in one and _TYPE in one for one in contexts) or _is_record(
            first(document.get("credentialSubject"))
        )
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


def _is_record(value: Json) -> bool:
    return any(_TYPE in name for name in texts(value.get("type")))


def _record(document: Json) -> Json:
    return first(document.get("credentialSubject")) if vcdm.version(document) else document


def _objects(holder: Json, name: str) -> list[Json]:
    return [one for one in every(holder.get(name)) if isinstance(one, dict)]


def _proofs(entry: Json) -> list[Json]:
    """Verifications are credentials, or mere references to a page."""
    return [one for one in _objects(entry, "verifications") if "credentialSubject" in one]


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
    return _join(degrees or text(first(entry.get("program")).get("name")), _organization(entry.get("institution")))


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
