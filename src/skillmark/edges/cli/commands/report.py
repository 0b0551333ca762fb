"""`skillmark report NAME`: what the pages show, for a terminal, a spreadsheet, paper or another program."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmark.edges.cli import acting, start
from skillmark.edges.cli.problems import Problem

if TYPE_CHECKING:
    from uuid import UUID
    from zoneinfo import ZoneInfo

ABOUT = "Print a report: board, matrix, cover, who-can, only-one, expiries, resign or pack."
EXAMPLE = "skillmark report board --as-of 2026-03-03 --format json"
NAMES = ("board", "matrix", "cover", "who-can", "only-one", "expiries", "resign", "pack")
FORMATS = ("table", "json", "csv", "xlsx", "pdf", "zip")
BINARY = frozenset({"xlsx", "pdf", "zip"})


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("name", choices=NAMES, help="which report")
    parser.add_argument("--as-of", metavar="DATE", help="the day that is asked about (2026-03-03); without it: today")
    parser.add_argument("--known-at", metavar="TIME", help="only what was written down by then (2026-03-03, or with T17:00)")
    parser.add_argument("--site", metavar="S", help="only the people of this site: its name")
    parser.add_argument("--item", metavar="I", help="who-can, pack: the name of the item")
    parser.add_argument("--language", choices=("en", "es"), default="en", help="the language of the words in it")
    parser.add_argument("--format", choices=FORMATS, default="table", help="zip: the pack with its files")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write it to a file instead of the screen")


def run(args: argparse.Namespace) -> int:
    """Make the report as the owner, by the firm's own clock where it has one."""
    start.django(args)
    from zoneinfo import ZoneInfo

    from skillmark.desks import reports
    from skillmark.rooms.people import queries as people
    from skillmark.rooms.skills import queries as skills

    if args.format == "zip" and args.name != "pack":
        raise Problem("Only the pack is made as a ZIP file: skillmark report pack --format zip --out pack.zip")
    if args.format in BINARY and args.out is None and sys.stdout.isatty():
        raise Problem(f"Say where to write it: --out {args.name}.{args.format}")
    if args.name == "who-can" and not args.item:
        raise Problem("Say what: skillmark report who-can --item NAME")
    actor, now = acting.owner(args), start.now()
    now = people.organisation(actor=actor).clock or now
    zone = ZoneInfo(people.site(actor=actor).time_zone)
    ask = reports.Ask(
        on=_day(args.as_of) if args.as_of else people.today(actor=actor, now=now),
        known_at=_moment(args.known_at, zone) if args.known_at else None,
        site_id=_find("site", args.site, [(one.id, (one.name,)) for one in people.sites(actor=actor)]),
        item_id=_find("item", args.item, [(one.id, one.names.values()) for one in skills.items(actor=actor)]),
        language=args.language,
    )
    made = reports.printed(name=args.name, actor=actor, ask=ask, format=args.format, now=now)
    if args.out:
        args.out.write_bytes(made.body)
        return 0
    sys.stdout.buffer.write(made.body)
    sys.stdout.buffer.flush()
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Problem(f"“{text}” is not a day. Write it like this: 2026-03-03") from error


def _moment(text: str, zone: ZoneInfo) -> datetime:
    """A day alone is its last moment, in the firm's time zone; a time without a zone is of the firm's, too."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem(f"“{text}” is not a time. Write it like this: 2026-03-03T17:00") from error
    if len(text) == len("2026-03-03"):
        found = found.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _find(what: str, name: str | None, among: list[tuple[UUID, Any]]) -> UUID | None:
    """The one of that name or number."""
    if not name:
        return None
    wanted = name.casefold()
    for id_, names in among:
        if wanted in {str(id_), *(one.casefold() for one in names)}:
            return id_
    every = ", ".join(sorted(next(iter(names)) for _id, names in among))
    raise Problem(f"There is no {what} called “{name}”. There are: {every or 'none'}.")
