"""Which of a person's things answer a request, and which facts of each would go out, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credcore import formats
from credcore.errors import CredcoreError
from credcore.formats import vcdm
from credcore.formats.embedded import every
from credcore.keys import jwk
from credcore.oid4vc import dcql, key_proofs, matching
from credcore.oid4vc.dcql import Query
from credcore.oid4vc.matching import Candidate, Fit
from credcore.verify import day
from credcore.verify.opening import Opened, lay_open
from skillmark.desks import answers
from skillmark.desks.papers.press import clipped
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing

Json = dict[str, Any]

_VALUE = 120  # characters of a fact on the page; a longer text is told by its beginning
_LABELS: dict[str, Promise] = {
    "title": gettext_lazy("What it is"),
    "name": gettext_lazy("Name"),
    "level": gettext_lazy("Level"),
    "issuer_name": gettext_lazy("Given by"),
    "nbf": gettext_lazy("Good from"),
    "exp": gettext_lazy("Good until"),
    "description": gettext_lazy("What was done"),
    "criteria": gettext_lazy("How it was checked"),
    "observed_on": gettext_lazy("Seen on"),
    "evidence": gettext_lazy("What was seen"),
    "note": gettext_lazy("What was noted"),
    "sub": gettext_lazy("Your number at the giver"),
}
# What goes along with every such proof and tells nothing about the person.
_WORKINGS = frozenset({"iss", "vct", "cnf", "status", "iat", "jti", "vct#integrity", "_sd_alg"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the other side will read."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Thing:
    """One of the person's proofs in the form in which it would go. `key` is its name in the page's form.

    `whole`: nothing of it can be left out. `issued_id`: its copy is made when it is sent.
    """

    key: str
    title: str
    giver: str
    verdict: str
    fit: Fit
    facts: tuple[Fact, ...]
    whole: bool
    body: bytes = b""
    issued_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the request, with the things that would answer it; the first is taken unless another is picked."""

    id: str
    things: tuple[Thing, ...]

    def thing(self, key: str) -> Thing | None:
        """The one that was picked; without a pick the first. None: the one that was picked is there no more."""
        return next((one for one in self.things if key in ("", one.key)), None)


def parts(*, actor: Actor, query: Query, now: datetime) -> tuple[tuple[Part, ...], bool]:
    """(what would answer; whether all that is missing is that a proof could be tied to this person's own key).

    What the asker would only like to have is left out. Raises CannotSign `sign.outer_key`.
    """
    offered = list(_offered(actor, now))
    match = matching.match(query, candidates=[candidate for candidate, _held in offered])
    known = {candidate.name: held for candidate, held in offered}
    wanted = _required(query, {name for name, fits in match.fits.items() if fits})
    found = []
    for name in wanted:
        things = [_thing(fit, known[fit.candidate.name]) for fit in match.fits[name]]
        found.append(Part(name, tuple(sorted(things, key=lambda one: one.verdict != "good"))))
    return tuple(found), not wanted and bool(match.unbound)


def _required(query: Query, there: set[str]) -> tuple[str, ...]:
    needed = tuple(one for one in query.combinations if one.required)
    if query.combinations and not needed:
        return ()
    return matching.answered(Query(query.wanted, needed), there=there) or ()


def document(*, actor: Actor, thing: Thing, now: datetime) -> bytes:
    """The signed bytes of a thing, made now where they have to be. Raises CannotTakeUp, CannotSign."""
    if thing.issued_id is None:
        return thing.body
    return operations.own_copy(actor=actor, issued_id=thing.issued_id, format=thing.fit.candidate.format, now=now)


def holder(*, thing: Thing, party: Any) -> str:
    """The name under which the person is the one whom the proof is about."""
    subject = vcdm.text(vcdm.first(thing.fit.candidate.claims.get("credentialSubject")).get("id"))
    return subject if subject in _names(party) else str(party.did)


def _offered(actor: Actor, now: datetime) -> Iterator[tuple[Candidate, Any]]:
    """Everything as it lies there, and the copies that could be made for the person's own key."""
    names = _names(signing.party(org_id=actor.org_id, now=now))
    own = jwk.thumbprint(jwk.decode(signing.party(org_id=actor.org_id, now=now).jwk))
    for held in queries.held(actor=actor):
        try:
            opened = lay_open(bytes(held.document))
        except CredcoreError:
            continue  # what cannot be read answers nothing
        as_it_lies = _candidate(held, opened, names, own)
        yield as_it_lies, held
        if held.issued_id is not None and not as_it_lies.bound:
            made = operations.could_copy(actor=actor, issued_id=held.issued_id, now=now)
            for format_, (claims, hideable) in made.items():
                name = f"{held.id}:{format_}:own"
                yield Candidate(name, format_, claims, True, frozenset((one,) for one in hideable)), held


def _candidate(held: Any, opened: Opened, names: tuple[str, ...], own: str) -> Candidate:
    if opened.sd is not None:
        bound = _thumbprint(opened.document.get("cnf")) == own
        return Candidate(f"{held.id}", dcql.SD_JWT, opened.document, bound, frozenset(opened.sd.disclosed))
    subjects = {vcdm.text(vcdm.first(one).get("id")) for one in every(opened.document.get("credentialSubject"))}
    bound = len(subjects) == 1 and subjects <= set(names)
    return Candidate(f"{held.id}", dcql.LDP if opened.jws is None else dcql.JWT, opened.document, bound)


def _names(party: Any) -> tuple[str, ...]:
    return (str(party.did), key_proofs.did_jwk(jwk.decode(party.jwk)))


def _thumbprint(confirmation: object) -> str:
    key = confirmation.get("jwk") if isinstance(confirmation, dict) else None
    try:
        return jwk.thumbprint(jwk.decode(key)) if isinstance(key, dict) else ""
    except CredcoreError:
        return ""


def _thing(fit: Fit, held: Any) -> Thing:
    one = fit.candidate
    selective = one.format == dcql.SD_JWT
    facts = _claims(one, fit) if selective else _whole(one)
    is_copy = one.name.endswith(":own")
    return Thing(
        key=one.name, title=held.title, giver=held.giver, verdict=held.verdict, fit=fit, facts=tuple(facts),
        whole=not one.hideable, body=b"" if is_copy else bytes(held.document), issued_id=held.issued_id if is_copy else None,
    )  # fmt: skip


def _claims(one: Candidate, fit: Fit) -> Iterator[Fact]:
    order = [*_LABELS, *(name for name in one.claims if name not in _LABELS)]
    for name in (known for known in order if known in one.claims):
        value = one.claims[name]
        if name in _WORKINGS or ((name,) in one.hideable and (name,) not in fit.shown):
            continue
        left = [path for path in one.hideable if path[0] == name and len(path) > 1 and path not in fit.shown]
        said = _("a part of it") if left else _said(name, value)
        yield Fact(str(_LABELS.get(name, name.replace("_", " "))), clipped(said, length=_VALUE))


def _said(name: str, value: object) -> str:
    if name in ("exp", "nbf") and isinstance(value, int | float):
        return _day(datetime.fromtimestamp(value, tz=timezone.get_current_timezone()).date())
    if isinstance(value, list):
        return _("%(count)s entries") % {"count": len(value)}
    if isinstance(value, dict):
        return ", ".join(str(inner) for inner in value.values() if isinstance(inner, str | int))
    return str(value)


def _day(moment: date) -> str:
    return day(moment.isoformat(), language=answers.spoken())


def _whole(one: Candidate) -> Iterator[Fact]:
    """All of it goes; these are the facts in it that a person would name."""
    shown = answers.shown(credential=formats.parse(one.claims), zone=timezone.get_current_timezone())
    days = [(_LABELS["nbf"], shown.starts), (_LABELS["exp"], shown.ends)]
    told = [
        (_LABELS["title"], shown.title), (_LABELS["issuer_name"], shown.giver), (_LABELS["name"], shown.person),
        (_LABELS["level"], shown.level), (_LABELS["description"], shown.did), (_LABELS["criteria"], " ".join(shown.how)),
        (_LABELS["evidence"], " · ".join(filter(None, (f"{seen.name} {seen.text}".strip() for seen in shown.seen)))),
        *((label, _day(moment)) for label, moment in days if moment is not None),
    ]  # fmt: skip
    yield from (Fact(str(label), clipped(value, length=_VALUE)) for label, value in told if value)
