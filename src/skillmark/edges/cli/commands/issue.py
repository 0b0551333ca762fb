"""`skillmark issue`: give a proof to everyone on a list. Run it again, and nobody gets one twice."""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmark.edges.cli import acting, start
from skillmark.edges.cli.problems import EXIT_NO, Problem

if TYPE_CHECKING:
    from skillmark.rooms.people.rules import Actor

ABOUT = "Give a proof to everyone on a list: a CSV file with the columns name and, if you like, email, phone, level, language."
EXAMPLE = 'skillmark issue --template "Closing the kitchen line" --roster class.csv --out proofs'
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; `line` is its number in the file."""

    line: int
    name: str
    email: str
    phone: str
    level: int | None
    language: str


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("--list-templates", action="store_true", help="show the kinds of proof and stop")
    parser.add_argument("--template", metavar="T", help="the kind of proof: its name or its key from the list")
    parser.add_argument("--roster", metavar="FILE", type=Path, help="the list, a CSV file in UTF-8")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument("--out", metavar="DIR", type=Path, help="also write each signed proof into this folder")


def run(args: argparse.Namespace) -> int:
    """Read and judge the whole list first; only then give, with progress on the error stream."""
    start.django(args)
    from skillmark.rooms.credentials import queries

    actor = acting.owner(args)
    if args.list_templates:
        for template in queries.templates(actor=actor):
            print(f"{template.id}\t{_name(template)}")
        for ready in queries.ready():
            print(f"{ready.key}\t{ready.name['en']}")
        return 0
    if not args.template or not args.roster:
        raise Problem("Say what and to whom: skillmark issue --template T --roster FILE (or --list-templates)")
    data = args.roster.read_bytes()
    rows, problems = _read(data)
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        raise Problem("Nothing was given. Mend these lines and run it again.", exit_code=EXIT_NO)
    template = _find(actor, args)
    if args.dry_run:
        print(f"{len(rows)} people would get a proof.")
        return 0
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)
    _give(actor=actor, template=template, rows=rows, batch=hashlib.sha256(data).hexdigest()[:32], out=args.out)
    return 0


def _name(template: Any) -> str:
    names = _names(template)
    return str(names.get("en") or next(iter(names.values())))


def _names(template: Any) -> dict[str, str]:
    return dict(template.current.name)


def _find(actor: Actor, args: argparse.Namespace) -> Any:
    """The firm's own kind of that name or number; else a ready-made one, which becomes the firm's own."""
    from skillmark.rooms.credentials import operations, queries

    for template in queries.templates(actor=actor):
        if args.template in (str(template.id), template.ready_key, *_names(template).values()):
            return template
    for ready in queries.ready():
        if args.template in (ready.key, *ready.name.values()):
            return None if args.dry_run else operations.add_ready_template(actor=actor, key=ready.key, now=start.now())
    raise Problem(f"There is no kind of proof called “{args.template}”. To see them: skillmark issue --list-templates")


def _read(data: bytes) -> tuple[list[Row], list[str]]:
    """The rows, and a sentence for every line that cannot be used. Empty lines are left out."""
    try:
        table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        heads = [head.strip().lower() for head in table.fieldnames or []]
        lines = [(table.line_num, line) for line in table]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Problem("The list is not a CSV file in UTF-8. Save it as “CSV UTF-8” and try again.") from error
    if "name" not in heads:
        raise Problem("The list needs a column called “name”.")
    rows: list[Row] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, line in lines:
        cells = {key.strip().lower(): (value or "").strip() for key, value in line.items() if key}
        if not any(cells.values()):
            continue
        name, level = " ".join(cells.get("name", "").split()), cells.get("level", "")
        if not name:
            problems.append(f"Line {number}: the name is missing.")
        elif name.casefold() in seen:
            problems.append(f"Line {number}: {name} is already on line {seen[name.casefold()]}.")
        elif level not in ("", "1", "2", "3", "4"):
            problems.append(f"Line {number}: “{level}” is not a level from 1 to 4.")
        else:
            seen[name.casefold()] = number
            language = cells.get("language", "en")
            rows.append(
                Row(number, name, cells.get("email", ""), cells.get("phone", ""), int(level) if level else None,
                    language if language in ("en", "es") else "en")
            )  # fmt: skip
    if len(rows) > MOST:
        problems.append(f"That is {len(rows)} people; at most {MOST} at a time.")
    if not rows and not problems:
        problems.append("We found no names in it.")
    return rows, problems


def _give(*, actor: Actor, template: Any, rows: list[Row], batch: str, out: Path | None) -> None:
    from skillmark.rooms.credentials import operations
    from skillmark.rooms.people import operations as people_operations
    from skillmark.rooms.people import queries as people

    known = {person.name.casefold(): person for person in people.people(actor=actor)}
    for count, row in enumerate(rows, start=1):
        person = known.get(row.name.casefold()) or people_operations.add_person(
            actor=actor, name=row.name, email=row.email, phone=row.phone, language=row.language, now=start.now()
        )
        issued = operations.give(
            actor=actor, person_id=person.id, template_id=template.id, level=row.level,
            request_key=f"roster:{batch}:{template.id}:{row.line}", now=start.now(),
        )  # fmt: skip
        if out:
            (out / f"{issued.id}.json").write_bytes(bytes(issued.document))
        if sys.stderr.isatty() or count == len(rows):
            print(f"\r{count} of {len(rows)}", end="" if count < len(rows) else "\n", file=sys.stderr, flush=True)
    print(f"{len(rows)} proofs given." if len(rows) > 1 else "1 proof given.")
