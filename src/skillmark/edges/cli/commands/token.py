"""`skillmark token`: let a program in."""

from __future__ import annotations

import argparse
from uuid import UUID

from skillmark.edges.cli import acting, start
from skillmark.edges.cli.problems import Problem

ABOUT = "Make, list and end tokens: a program that has one may do what the owner may."
EXAMPLE = "skillmark token new payroll"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("action", choices=("new", "list", "revoke"), help="what to do")
    parser.add_argument("what", nargs="?", help="new: what it is for; revoke: its number from the list")


def run(args: argparse.Namespace) -> int:
    """Do it; a new token is printed once and never again."""
    start.django(args)
    from skillmark.rooms.people import operations, queries

    actor, now = acting.owner(args), start.now()
    if args.action == "list":
        for token in queries.tokens(actor=actor):
            used = f"{token.last_used_at:%Y-%m-%d}" if token.last_used_at else "never used"
            print(f"{token.id}\t{token.name}\t{used}")
        return 0
    if not args.what:
        raise Problem(f"Say which: skillmark token {args.action} …")
    if args.action == "new":
        print(operations.make_token(actor=actor, name=args.what, now=now)[1])
        return 0
    try:
        number = UUID(args.what)
    except ValueError as error:
        raise Problem("That is not a number from the list: skillmark token list") from error
    operations.revoke_token(actor=actor, token_id=number, now=now)
    print("It no longer works.")
    return 0
