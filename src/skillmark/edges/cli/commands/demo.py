"""`skillmark demo`: a made-up firm with known answers, to look around in; and take it away again."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from skillmark.edges.cli import samples, start

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = "Make a sample company of one trade, with made-up people and known answers; or take all sample companies away."
EXAMPLE = "skillmark demo construction"
RESET = "reset"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    parser.add_argument(
        "trade", help="construction, manufacturing, home-care, restaurant or childcare; or reset, to take them away again"
    )


def run(args: argparse.Namespace) -> int:
    """Make it, or say that it is there; or remove them all. Your own firm on this computer is never touched."""
    folder = start.django(args)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return _reset() if args.trade == RESET else _make(folder, args.trade)


def _make(folder: Path, trade: str) -> int:
    from skillmark.desks import demos

    name, token = samples.ready(trade=trade, now=start.now())
    people, clock = len(demos.firm(trade=trade).people), demos.CLOCK
    print(f"{name}: {people} made-up people. Its clock stands at {clock:%A} {clock.day} {clock:%B} {clock.year}.")
    print(f"Look around: {start.address(folder)}/in/{token}")
    print("The link works once, for 15 minutes, while Skillmark is running. To take it away again: skillmark demo reset")
    return 0


def _reset() -> int:
    from skillmark.desks import demos
    from skillmark.rooms.people import queries

    there = queries.samples()
    for firm in there:
        demos.remove(org_id=firm.id)
        print(f"{firm.name} is gone. To make it again: skillmark demo {firm.sample}")
    if not there:
        print("There is no sample company here.")
    return 0
