"""A sample company for the command line: made if it is not there, with a link that lets one person in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skillmark.edges.cli.problems import Problem

if TYPE_CHECKING:
    from datetime import datetime


def ready(*, trade: str, now: datetime) -> tuple[str, str]:
    """Its name, and the token of a sign-in link that works once. Needs a running Django."""
    from skillmark.desks import demos
    from skillmark.desks.starters import trades
    from skillmark.rooms.people import operations, queries

    if trade not in trades():
        raise Problem(f"There is no sample company for “{trade}”. Choose from {', '.join(trades())}.")
    owner = queries.sample_owner(org_id=demos.find(trade=trade) or demos.load(trade=trade))
    return demos.firm(trade=trade).firm, operations.make_sign_in_link(user_id=owner.pk, now=now)
