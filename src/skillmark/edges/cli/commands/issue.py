"""`skillmark issue`: give a proof to everyone on a list. Run it again, and nobody gets one twice."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from skillmark.edges.cli import acting, children, giving, start
from skillmark.edges.cli.problems import EXIT_NO, Problem

if TYPE_CHECKING:
    from skillmark.rooms.people.rules import Actor

ABOUT = (
    "Give a proof to everyone on a list: a CSV, Excel or OpenDocument file with the columns name and, if you like,\n"
    "email, phone, language, level, date. Ctrl+C stops; the same command goes on."
)
EXAMPLE = 'skillmark issue --template "Closing the kitchen line" --roster class.csv --out proofs'


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("--list-templates", action="store_true", help="show the kinds of proof and stop")
    parser.add_argument("--template", metavar="T", help="the kind of proof: its name or its key from the list")
    parser.add_argument("--roster", metavar="FILE", type=Path, help="the list: a CSV, XLSX or ODS file")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--out", metavar="DIR", type=Path, help="also write each signed proof into this folder")
    parser.add_argument("--help-with", metavar="ID", type=UUID, help=argparse.SUPPRESS)
    parser.add_argument("--stop-with-parent", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Read and judge the whole list first; only then give, with progress on the error stream."""
    if args.stop_with_parent:
        children.stop_with_parent()
    start.django(args)
    if args.help_with:
        giving.help_with(args.help_with)
        return 0
    actor = acting.owner(args)
    if args.list_templates:
        return _list(actor)
    if not args.template or not args.roster:
        raise Problem("Say what and to whom: skillmark issue --template T --roster FILE (or --list-templates)")
    planned = _plan(actor, args)
    if args.dry_run:
        print("1 person would get a proof." if planned.left == 1 else f"{planned.left:,} people would get a proof.")
        return 0
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
    return giving.give(actor=actor, run=planned, out=args.out)


def _list(actor: Actor) -> int:
    from skillmark.rooms.credentials import queries

    for template in queries.templates(actor=actor):
        print(f"{template.id}\t{_name(template)}")
    for ready in queries.ready():
        print(f"{ready.key}\t{ready.name['en']}")
    return 0


def _name(template: Any) -> str:
    names = _names(template)
    return str(names.get("en") or next(iter(names.values())))


def _names(template: Any) -> dict[str, str]:
    return dict(template.current.name)


def _plan(actor: Actor, args: argparse.Namespace) -> Any:
    """The list, judged. When it cannot be given as it stands, or is only tried, nothing of it stays behind."""
    from django.db import transaction

    from skillmark.desks import classes, words
    from skillmark.rooms.credentials import operations, queries
    from skillmark.rooms.people import queries as people

    now = start.now()
    today, order = people.today(actor=actor, now=now), people.site(actor=actor).date_order
    found = classes.from_file(args.roster.name, args.roster.read_bytes(), on=today, order=order)
    with transaction.atomic():
        template = _find(actor, args)
        planned = operations.plan_run(
            actor=actor, template_id=template.id, name=args.roster.stem, rows=found.rows, observed_on=None, note="",
            request_key=classes.request_key(template_id=template.id, rows=found.rows), now=now,
        )  # fmt: skip
        problems = queries.run_rows(actor=actor, run_id=planned.id, most=len(found.rows), problems=True)
        if args.dry_run or problems:
            transaction.set_rollback(True)
    for row in problems:
        who = f"{row.name}: " if row.name else ""
        print(f"Line {row.line}: {who}{words.problem(row.problem)}", file=sys.stderr)
    if problems:
        raise Problem("Nothing was given. Mend these lines and run it again.", exit_code=EXIT_NO)
    return planned


def _find(actor: Actor, args: argparse.Namespace) -> Any:
    """The firm's own kind of that name or number; else a ready-made one, which becomes the firm's own."""
    from skillmark.rooms.credentials import operations, queries

    for template in queries.templates(actor=actor):
        if args.template in (str(template.id), template.ready_key, *_names(template).values()):
            return template
    for ready in queries.ready():
        if args.template in (ready.key, *ready.name.values()):
            return operations.add_ready_template(actor=actor, key=ready.key, now=start.now())
    raise Problem(f"There is no kind of proof called “{args.template}”. To see them: skillmark issue --list-templates")
