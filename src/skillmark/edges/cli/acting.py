"""In whose name a command acts: whoever holds this computer holds the firm's keys, so it is the owner."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from skillmark.edges.cli.problems import Problem

if TYPE_CHECKING:
    from skillmark.rooms.people.rules import Actor


def add_firm(parser: argparse.ArgumentParser) -> None:
    """The option for servers with several firms."""
    parser.add_argument("--firm", metavar="NAME", help="which firm, where this server has several")


def owner(args: argparse.Namespace) -> Actor:
    """The owner of the firm that was named, or of the only one."""
    from django.utils import timezone

    from skillmark.errors import NotFound
    from skillmark.rooms.people import queries
    from skillmark.rooms.people.rules import Role

    # Where there is a firm of one's own, made-up ones must be named.
    every = [*queries.firms(), *queries.samples()] if args.firm else queries.firms() or queries.samples()
    firms = [firm for firm in every if args.firm in (None, firm.name, str(firm.id))]
    if not firms:
        raise Problem("There is no such firm here yet. Start Skillmark and open the set-up link: skillmark up")
    if len(firms) > 1:
        raise Problem(f"Say which firm with --firm: {', '.join(firm.name for firm in firms)}.")
    for user in queries.users():
        try:
            actor = queries.actor_for(user_id=user.pk, now=timezone.now(), org_id=firms[0].id)
        except NotFound:
            continue
        if actor.role is Role.OWNER:
            return replace(actor, via="command")
    raise Problem(f"{firms[0].name} has no owner who may still sign in.")
