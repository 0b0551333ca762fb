"""`skillmark export`: each person's proofs as a ZIP that needs no server any more."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from skillmark.edges.cli import acting, start
from skillmark.edges.cli.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from skillmark.desks.closing_down import Receiver

ABOUT = (
    "Write a ZIP for each person with every proof that they were given, what was cancelled by today, and how to check it "
    "without this server. Stopped and started again, it goes on where it was. It sends nothing to anybody."
)
EXAMPLE = "skillmark export --to for-our-people"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("--to", metavar="DIR", type=Path, required=True, help="the folder for the ZIPs")
    parser.add_argument("--person", metavar="NAME", help="only the people of this name")


def run(args: argparse.Namespace) -> int:
    """Write them one after the other, with progress on the error stream."""
    start.django(args)
    from skillmark.desks import closing_down
    from skillmark.rooms.credentials import operations

    actor, now = acting.owner(args), start.now()
    chosen = _chosen(closing_down.receivers(actor=actor), args.person)
    operations.publish_due(now=now)  # so that what travels along is what the world sees
    new = 0
    snapshot = closing_down.Snapshot(now=now)
    for count, done in enumerate(
        closing_down.export(actor=actor, receivers=chosen, folder=args.to, snapshot=snapshot), start=1
    ):
        new += done.is_new
        if sys.stderr.isatty() or count == len(chosen):
            end = "" if count < len(chosen) else "\n"
            print(f"\r{count} of {len(chosen)}", end=end, file=sys.stderr, flush=True)
    proofs = sum(one.proofs for one in chosen)
    if args.person is None and not actor.sample:
        operations.note_export(actor=actor, people_count=len(chosen), proofs=proofs, now=now)
    print(f"{_many(len(chosen), 'person', 'people')}, {_many(proofs, 'proof', 'proofs')}, in {args.to}.")
    if new < len(chosen):
        print(f"{_many(len(chosen) - new, 'ZIP was', 'ZIPs were')} there already, with the same in it.")
    return 0


def _chosen(receivers: Sequence[Receiver], name: str | None) -> list[Receiver]:
    if not receivers:
        raise Problem("Nobody was given a proof yet, so there is nothing to write.")
    if name is None:
        return list(receivers)
    wanted = " ".join(name.casefold().split())
    found = [one for one in receivers if wanted in (one.name.casefold(), str(one.person_id))]
    if not found:
        raise Problem(f"Nobody called “{name}” was given a proof.")
    return found


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
