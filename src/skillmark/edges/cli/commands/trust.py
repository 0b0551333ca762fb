"""`skillmark trust`: whom the firm trusts, on its own list and on lists of others that it follows."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from skillmark.edges.cli import acting, start
from skillmark.edges.cli.problems import EXIT_NO, Problem

if TYPE_CHECKING:
    from datetime import datetime

    from skillmark.rooms.people.rules import Actor

ABOUT = "Trust givers of proofs, with a reason, and follow lists of givers that others keep."
EXAMPLE = 'skillmark trust add did:web:college.example --name "Prairie Valley College" --reason "We called them"'
KINDS = ("signed", "registry", "federation", "file")


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("action", choices=("list", "add", "remove", "follow", "refresh"), help="what to do")
    parser.add_argument(
        "what", nargs="?", help="add: the giver's identifier; follow: an address or a file; remove: a number from the list"
    )
    parser.add_argument("--name", default="", help="add: the giver's name")
    parser.add_argument("--reason", default="", metavar="WHY", help="add, follow: why you trust them")
    parser.add_argument("--kind", choices=KINDS, default="file", help="follow: what kind of list it is")
    parser.add_argument("--keeper", default="", metavar="WHO", help="follow: the did: that signs it, else who keeps it")


def run(args: argparse.Namespace) -> int:
    """Do it, and print what there is now."""
    start.django(args)
    from skillmark.desks import checking
    from skillmark.rooms.credentials import operations

    actor, now = acting.owner(args), start.now()
    if args.action in ("add", "remove", "follow") and not args.what:
        raise Problem(f"Say which: skillmark trust {args.action} …")
    if args.action == "add":
        operations.trust_giver(actor=actor, issuer=args.what, name=args.name, reason=args.reason, now=now)
    elif args.action == "follow":
        is_address = "://" in args.what
        checking.follow(
            actor=actor, kind=args.kind, url=args.what if is_address else "", keeper=args.keeper, reason=args.reason, now=now,
            body=b"" if is_address else Path(args.what).read_bytes(),
        )  # fmt: skip
    elif args.action == "remove":
        _remove(actor, args.what, now)
    elif args.action == "refresh":
        checking.refresh_all(org_id=actor.org_id, now=now)
    return _show(actor, strict=args.action == "refresh")


def _remove(actor: Actor, what: str, now: datetime) -> None:
    from skillmark.errors import NotFound
    from skillmark.rooms.credentials import operations

    try:
        number = UUID(what)
    except ValueError as error:
        raise Problem("That is not a number from the list: skillmark trust list") from error
    try:
        operations.stop_trusting(actor=actor, giver_id=number, now=now)
    except NotFound:
        operations.stop_following(actor=actor, list_id=number, now=now)


def _show(actor: Actor, *, strict: bool) -> int:
    """Givers, then lists. `strict`: exit with 1 when a list could not be read."""
    from skillmark.desks import words
    from skillmark.rooms.credentials import queries

    for giver in queries.givers(actor=actor):
        print(f"{giver.id}\t{giver.name}\t{giver.issuer}\t{giver.added_at:%Y-%m-%d}\t{_line(giver.reason)}")
    lists = queries.followed(actor=actor)
    for one in lists:
        state = words.problem(one.problem) or f"{one.entries} givers"
        read = f"{one.fetched_at:%Y-%m-%d}" if one.fetched_at else "never read"
        print(f"{one.id}\t{one.name}\t{one.url or 'a file'}\t{read}\t{state}")
    return EXIT_NO if strict and any(one.problem for one in lists) else 0


def _line(text: str) -> str:
    return " ".join(text.split())
