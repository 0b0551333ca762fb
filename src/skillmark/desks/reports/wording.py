"""A cell in one text, as a table has room for."""

from __future__ import annotations

from datetime import date

from skillmark.desks import states
from skillmark.rooms.talent.rules import Cell


def told(*, cell: Cell, on: date, first: str = "") -> str:
    """ "Expired · Apr 1", "Missing · nothing yet". `first` is the name of the item that is needed before this one."""
    said = states.said(cell=cell, on=on, first=first)
    return f"{said.word} · {said.detail}" if said.detail else said.word


def trust(*, cell: Cell) -> str:
    """How well what counts was checked; empty where there is nothing to check."""
    if cell.holding_id is None:
        return ""
    return states.trust_in_words(trust=cell.trust, giver=cell.giver, own=cell.own)
