"""What became of a class: a table with every state in words, and slips to print with the PINs on sheets of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from skillmark.desks import spreadsheets, words
from skillmark.desks.papers import ClassSlip, class_slips
from skillmark.rooms.credentials import queries
from skillmark.rooms.credentials.operations import Slip
from skillmark.rooms.people.rules import Actor

_ALL = 20_000


def row_state(*, row: Any, proof: Any) -> tuple[str, str]:
    """(sign, words) of a row: `proof` is what was given for it, or None."""
    if proof is not None and proof.cancelled_at is not None:
        return "bad", _("Cancelled")
    if proof is not None and proof.own_org_id is not None:
        return "ok", _("Kept")
    if proof is not None:
        return "due", _("Waiting to be kept")
    if row.state == "left_out":
        return "none", _("Left out")
    if row.problem:
        return "miss", words.problem(row.problem)
    return "none", _("Not given yet")


def table_rows(*, actor: Actor, run_id: Any) -> list[tuple[Any, Any]]:
    """Every row of a run with its proof or None, in order. Raises NotFound."""
    proofs = queries.run_proofs(actor=actor, run_id=run_id)
    rows = queries.run_rows(actor=actor, run_id=run_id, most=_ALL)
    return [(row, proofs.get(row.number)) for row in rows]


def class_table(*, actor: Actor, run_id: Any, link: Callable[[Any], str]) -> bytes:
    """The class as an Excel file: who, what, and where each proof stands. `link` makes the address of a proof's check page.

    Raises NotFound.
    """
    head = [_("Name"), _("E-mail"), _("Phone"), _("Level"), _("Day seen"), _("State"), _("Check page")]
    found = []
    for row, proof in table_rows(actor=actor, run_id=run_id):
        state = row_state(row=row, proof=proof)[1]
        day = proof.observed_on if proof is not None else row.observed_on
        address = link(proof.id) if proof is not None else ""
        found.append([row.name, row.email, row.phone, row.level, day, state, address])
    return spreadsheets.xlsx_of(title=_("Class"), head=head, rows=found)


def slips_pdf(
    *, slips: Sequence[Slip], giver: str, language: str, link: Callable[[str], str], typed: str, title: str
) -> bytes:  # fmt: skip
    """Slips to cut apart, each in its person's language; after them, on sheets of their own, the PINs for whoever hands them
    out. `link` makes the address in the code; `typed` is where the code is typed by hand."""
    printed = [
        ClassSlip(
            first_name=one.person_name.split()[0], person_name=one.person_name, title=one.title, language=one.language,
            code=one.code, pin=one.pin, link=link(one.code), good_until=timezone.localtime(one.expires_at).date(),
        )
        for one in slips
    ]  # fmt: skip
    return class_slips(slips=printed, giver=giver, language=language, typed=typed, title=title)
