"""What `skillmark up` starts first, in a process of its own so that the one that stays needs no Django in memory."""

from __future__ import annotations

import argparse
import json

from skillmark.edges.cli import samples, start
from skillmark.edges.cli.problems import Problem

ABOUT = "Make keys and database; print what `skillmark up` has to know."
EXAMPLE = "skillmark prepare"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    parser.add_argument("--only-link", action="store_true", help="a new set-up link for a server that runs already")
    parser.add_argument("--demo", metavar="TRADE", help="make the sample company of this trade, if it is not there")


def run(args: argparse.Namespace) -> int:
    """Print one line of JSON: {"base_url": …, "setup": token or null, "sample": [its name, sign-in token] or null}."""
    start.django(args)
    from django.conf import settings
    from django.core.management import call_command

    from skillmark.desks.backups import keys
    from skillmark.rooms.people import operations, queries

    now = start.now()
    if not args.only_link:
        call_command("migrate", verbosity=0, interactive=False)
        wrong = keys.wrong_for(now=now)
        if wrong:
            raise Problem(
                f"The outer key does not open the keys of {wrong[0]}. Put back the file keys/outer.key of this data folder, "
                "or bring back a backup with the recovery sheet: skillmark restore FILE --data NEW-FOLDER"
            )
    token = None if queries.is_set_up() else operations.start_setup(now=now)
    sample = samples.ready(trade=args.demo, now=now) if args.demo else None
    print(json.dumps({"base_url": settings.BASE_URL, "setup": token, "sample": sample}))
    return 0
