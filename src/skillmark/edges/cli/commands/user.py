"""`skillmark user`: who may sign in, and a way in without e-mail."""

from __future__ import annotations

import argparse

from skillmark.edges.cli import start
from skillmark.edges.cli.problems import Problem

ABOUT = "List the people who may sign in, or make a sign-in link that works once, for 15 minutes."
EXAMPLE = "skillmark user link"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    parser.add_argument("action", choices=("list", "link"), help="what to do")
    parser.add_argument("who", nargs="?", help="name or e-mail address, where several may sign in")


def run(args: argparse.Namespace) -> int:
    """Print the list, or the link."""
    folder = start.django(args)
    from skillmark.rooms.people import operations, queries

    users = queries.users()
    if args.action == "list":
        for user in users:
            print(f"{user.name}\t{user.email or '–'}")
        return 0
    wanted = [user for user in users if args.who is None or args.who in (user.name, user.email)]
    if not wanted:
        raise Problem("Nobody of that name may sign in. To see who may: skillmark user list")
    if len(wanted) > 1:
        raise Problem(f"Say who: skillmark user link NAME. There are {', '.join(user.name for user in wanted)}.")
    token = operations.make_sign_in_link(user_id=wanted[0].pk, now=start.now())
    print(f"Sign in as {wanted[0].name}: {start.address(folder)}/in/{token}")
    print("It works once, for 15 minutes.")
    return 0
