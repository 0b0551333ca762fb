"""Signing keys as the page tells of them: since when, until when, and what each may still do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from skillmark.edges.web.kinds import spoken
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials import rules
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import queries as keys

_SIGNS = {"active": "ok", "compromised": "bad"}  # the others are neither good nor bad


@dataclass(frozen=True, slots=True)
class Line:
    """One key: `sign` and `says` are its state as a mark and in words; `signs` what it is for."""

    key: Any
    sign: str
    says: str
    signs: str

    @property
    def in_device(self) -> bool:
        return bool(self.key.provider == "pkcs11")

    @property
    def given_up(self) -> bool:
        return bool(self.key.state == "compromised")


@dataclass(frozen=True, slots=True)
class Halt:
    """Something that is stopped now. `ours`: this firm can end it; else whoever runs the server."""

    stop: Any
    what: str
    ours: bool


def line(*, key: Any) -> Line:
    """One key in words."""
    says = {
        "active": _("Signs now"),
        "staged": _("Waits to be used"),
        "retired": _("Signs no more. What it signed stays good"),
        "compromised": _("Given up. What it signed no longer counts"),
    }[key.state]
    return Line(
        key, _SIGNS.get(key.state, ""), says, _("Lists of what was cancelled") if key.purpose == "status" else _("Proofs")
    )


def lines(*, actor: Actor) -> list[Line]:
    """All keys of the firm, the newest first."""
    return [line(key=one) for one in reversed(keys.keys(actor=actor))]


def halts(*, actor: Actor) -> list[Halt]:
    """What is stopped now."""
    names = {one.id: one for one in proofs.templates(actor=actor)}
    found = []
    for stop in keys.stops(actor=actor):
        if stop.org_id is None:
            what = _("All proofs of this server")
        elif stop.template_id is not None:
            kind = names.get(stop.template_id)
            what = _("Only: %(kind)s") % {"kind": name_of(kind) if kind is not None else _("a kind of proof")}
        elif stop.key_id is not None:
            what = _("Only what one of the keys signs")
        else:
            what = _("All proofs of your firm")
        found.append(Halt(stop, what, stop.org_id is not None))
    return found


def kinds(*, actor: Actor) -> list[tuple[str, str]]:
    """The kinds of proof that can be stopped on their own, by id."""
    return [(str(one.id), name_of(one)) for one in proofs.templates(actor=actor)]


def name_of(kind: Any) -> str:
    """A kind of proof by its name in the language of the page."""
    return rules.said(texts=kind.current.name, language=spoken())[0]
