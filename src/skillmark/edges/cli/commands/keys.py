"""`skillmark keys`: the keys that sign. Their private part never leaves the database, where it is locked."""

from __future__ import annotations

import argparse
import json

from skillmark.edges.cli import acting, start

ABOUT = "List, make, rotate and export the keys that sign. Old proofs stay good after a rotation."
EXAMPLE = "skillmark keys rotate"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("action", choices=("list", "new", "rotate", "export"), help="what to do; export: public parts only")
    parser.add_argument("--purpose", choices=("credential", "status"), default="credential", help="what the key signs")


def run(args: argparse.Namespace) -> int:
    """Do it and print what there is now."""
    start.django(args)
    from skillmark.rooms.signing import operations, queries

    actor, now = acting.owner(args), start.now()
    if args.action == "new":
        operations.make_keys(org_id=actor.org_id, now=now)
    elif args.action == "rotate":
        operations.rotate(actor=actor, purpose=args.purpose, now=now)
    keys = queries.keys(actor=actor)
    if args.action == "export":
        facts = [
            {"key": key.public_multibase, "purpose": key.purpose, "state": key.state, "made": key.made_at.isoformat()}
            for key in keys
        ]
        print(json.dumps({"issuers": queries.identities(org_id=actor.org_id), "keys": facts}, indent=2))
        return 0
    if not keys:
        print("No keys yet: they are made with the first proof, or by: skillmark keys new")
    for key in keys:
        print(f"{key.public_multibase}\t{key.purpose}\t{key.state}\t{key.made_at:%Y-%m-%d}")
    return 0
