"""`skillmark undo`: take an import back. What was changed since is listed and left alone."""

from __future__ import annotations

import argparse
from uuid import UUID

from skillmark.edges.cli import acting, start
from skillmark.edges.cli.problems import Problem

ABOUT = "Take back what an import saved, within 30 days. The number is what the import has printed."
EXAMPLE = "skillmark undo 5f1c2f0e-6f5b-4a51-9a3e-0b6f0c9d2c11"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("number", metavar="ID", help="the number of the import")


def run(args: argparse.Namespace) -> int:
    """Undo it, and list what was changed since."""
    try:
        import_id = UUID(args.number)
    except ValueError:
        raise Problem(
            f"“{args.number}” is not the number of an import. It is printed by: skillmark import … --apply"
        ) from None
    start.django(args)
    from skillmark.rooms.imports import operations
    from skillmark.rooms.people import queries as people

    actor = acting.owner(args)
    now = people.organisation(actor=actor).clock or start.now()
    run = operations.undo(actor=actor, import_id=import_id, now=now, today=people.today(actor=actor, now=now))
    print(f"Undone: {run.name}")
    for name in run.left_alone:
        print(f"  changed since, left alone: {name}")
    return 0
