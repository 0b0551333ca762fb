"""`skillmark import`: bring in a list of people. Only says what would happen, until it is told to apply it."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillmark.edges.cli import acting, start
from skillmark.edges.cli.problems import EXIT_NO, Problem

if TYPE_CHECKING:
    from skillmark.desks.importers.people_lists import Looked
    from skillmark.rooms.people.rules import Actor

ABOUT = "Bring in a list of people and their cards: Excel, CSV or OpenDocument. Nothing is saved without --apply."
EXAMPLE = 'skillmark import people "Staff list.xlsx" --date-order mdy --apply'
SOURCES = ("people",)
_OPTIONS = {"date_order": "--date-order", "count_from": "--count-from", "mark": "--mark"}


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("source", choices=SOURCES, help="what the list is about")
    parser.add_argument("file", metavar="FILE", type=Path, help="xlsx, xls, ods, csv, tsv or txt")
    parser.add_argument("--apply", action="store_true", help="save it, and print how to undo it")
    parser.add_argument("--sheet", metavar="NAME", help="which sheet, where the file has several (default: the fullest)")
    parser.add_argument("--column", metavar="HEADING=FIELD", action="append", default=[],
                        help="what a column means: name, phone, “expires:CPR”, “expires:+New card”, leave_out …")  # fmt: skip
    parser.add_argument(
        "--date-order", choices=("mdy", "dmy", "ymd"), help="what 03/04/2026 means, where the list does not tell"
    )
    parser.add_argument("--count-from", choices=("1900", "1904"), help="from which year bare day numbers are counted")
    parser.add_argument("--mark", choices=("have", "1", "2", "3", "4"), help="what an x in a column of skills means")
    parser.add_argument("--needs", choices=("everyone", "positions", "nobody"), help="who shall need items that are new")
    parser.add_argument("--add-only", action="store_true", help="leave people who are there already as they are")
    parser.add_argument("--json", action="store_true", help="print it for a program")


def run(args: argparse.Namespace) -> int:
    """Look at the list; with --apply also save it, with progress on the error stream."""
    start.django(args)
    from django.db import transaction

    actor = acting.owner(args)
    data = args.file.read_bytes()
    with transaction.atomic():
        looked = _looked(actor, args, data)
        open_questions = [one for one in looked.plan.questions if not one.answered]
        refused = looked.plan.errors or (args.apply and open_questions)
        saves = args.apply and not refused and looked.plan.saves > 0
        if not saves:
            transaction.set_rollback(True)
    told = _told(looked)
    if saves:
        told["undo"] = str(_save(actor, looked).id)
    print(json.dumps(told, ensure_ascii=False, indent=2) if args.json else _text(told, args))
    if looked.plan.errors:
        raise Problem(_sentence(looked.plan.errors[0]), exit_code=EXIT_NO)
    if refused:
        options = ", ".join(_OPTIONS[one.code] for one in open_questions)
        raise Problem(f"Nothing was saved. Answer first: {options}.", exit_code=EXIT_NO)
    return 0


def _looked(actor: Actor, args: argparse.Namespace, data: bytes) -> Looked:
    """The list, opened, with the answers of the command line."""
    from skillmark.desks.importers import people_lists, roster
    from skillmark.rooms.people import queries as people

    now = _moment(actor)
    on = people.today(actor=actor, now=now)
    tables = roster.read(args.file.name, data)
    opened = people_lists.open_list(actor=actor, name=args.file.name, tables=tables, data=data, now=now, on=on)
    looked = people_lists.look(actor=actor, import_id=opened.id, now=now, on=on)
    sheet = looked.sheet
    if args.sheet is not None:
        if args.sheet not in looked.sheets:
            raise Problem(f"There is no sheet “{args.sheet}” with people in it. There is: {', '.join(looked.sheets)}.")
        sheet = looked.sheets.index(args.sheet)
    answers = roster.Answers(date_order=args.date_order or "", count_from=args.count_from or "", mark=args.mark or "",
                             update=not args.add_only)  # fmt: skip
    people_lists.decide(actor=actor, import_id=opened.id, answers=answers, needs={}, sheet=sheet, now=now)
    looked = people_lists.look(actor=actor, import_id=opened.id, now=now, on=on)
    if args.column or args.needs:
        from dataclasses import replace

        answers = replace(answers, columns=_columns(looked, args.column))
        people_lists.decide(actor=actor, import_id=opened.id, answers=answers, needs={}, sheet=sheet, now=now)
        looked = people_lists.look(actor=actor, import_id=opened.id, now=now, on=on)
        needs = dict.fromkeys(looked.plan.new_items, args.needs) if args.needs else {}
        people_lists.decide(actor=actor, import_id=opened.id, answers=answers, needs=needs, sheet=sheet, now=now)
        looked = people_lists.look(actor=actor, import_id=opened.id, now=now, on=on)
    return looked


def _moment(actor: Actor) -> datetime:
    """The clock, or the moment at which that of a made-up firm stands."""
    from skillmark.rooms.people import queries as people

    return people.organisation(actor=actor).clock or start.now()


def _columns(looked: Looked, given: list[str]) -> dict[int, str]:
    """`HEADING=FIELD` as answers; an item may be named, or given by its id."""
    from skillmark.desks.importers.roster import target_of
    from skillmark.desks.importers.roster.reading import known_item

    chosen = {}
    for one in given:
        heading, _, key = one.rpartition("=")
        index = next((column.index for column in looked.plan.columns if column.heading == heading), None)
        field, _, item = key.partition(":")
        if item and not item.startswith(("+", "*")):
            key = f"{field}:{known_item(item, looked.firm.known.items) or item}"
        if index is None or target_of(key) is None:
            raise Problem(f'“{one}” names no column of the list, or no field. Example: --column "CPR exp=expires:CPR"')
        chosen[index] = key
    return chosen


def _save(actor: Actor, looked: Looked) -> Any:
    from skillmark.desks.importers import saving
    from skillmark.rooms.people import queries as people

    def tell(done: int, total: int) -> bool:
        print(f"\rrow {done} of {total}", end="", file=sys.stderr, flush=True)
        return True

    now = _moment(actor)
    saved = saving.save(actor=actor, import_id=looked.run.id, now=now, on=people.today(actor=actor, now=now), tell=tell)
    print(file=sys.stderr)
    return saved


def _told(looked: Looked) -> dict[str, Any]:
    """What the list is and what saving does, for a program."""
    from skillmark.desks.importers.roster import State
    from skillmark.desks.importers.roster.sentences import say

    plan = looked.plan
    return {
        "file": looked.run.name,
        "sheet": looked.sheets[looked.sheet],
        "rows": len(plan.rows),
        "columns": [{"heading": one.heading, "field": one.target.key, "sure": str(one.sure)} for one in plan.columns],
        "questions": [
            {"about": one.code, "sample": one.sample, "answer": one.chosen, "answered": one.answered} for one in plan.questions
        ],
        "counts": {str(state): plan.count(state) for state in State},
        "new_items": {name: looked.needs[name] for name in plan.new_items},
        "new_places": {str(field): list(names) for field, names in plan.new_places.items()},
        "changes": [
            {"row": row.number, "name": row.name, "what": one.what, "before": one.before, "after": one.after}
            for row in plan.rows
            for one in row.changes
        ],
        "problems": [
            {"row": row.number, "name": row.name, "code": one.code, "says": say(one, labels=looked.labels)}
            for row in plan.rows
            for one in row.problems
        ],
    }  # fmt: skip


def _text(told: dict[str, Any], args: argparse.Namespace) -> str:
    """The same for a person."""
    lines = [f"{told['file']}: {told['rows']} rows", ""]
    width = max((len(one["heading"]) for one in told["columns"]), default=0)
    lines += [f"  {one['heading']:<{width}}  {one['field']}  ({one['sure'].replace('_', ' ')})" for one in told["columns"]]
    lines += [""] + [
        f"  Asked: “{one['sample']}” – {_OPTIONS[one['about']]} {one['answer']}{'' if one['answered'] else '?'}"
        for one in told["questions"]
    ]
    lines += [f"  New: {name}, needed by {who}" for name, who in told["new_items"].items()]
    lines += [f"  New {field}: {', '.join(names)}" for field, names in told["new_places"].items()]
    lines += [f"  Row {one['row']}, {one['name'] or 'no name'}: {one['says']}" for one in told["problems"]]
    counts = told["counts"]
    lines.append("")
    lines.append(
        f"{counts['new']} new, {counts['changed']} changed, {counts['same']} the same, {counts['problem']} need a look, "
        f"{counts['twice']} twice"
    )
    if "undo" in told:
        lines.append(f"Saved. To undo it within 30 days: skillmark undo {told['undo']}")
    elif counts["new"] or counts["changed"]:
        lines.append("Nothing was saved. To save it, add --apply.")
    else:
        lines.append("Nothing to save: all of it is here already, or needs a look first.")
    return "\n".join(line for at, line in enumerate(lines) if line or (at and lines[at - 1]))


def _sentence(code: str) -> str:
    from skillmark.desks import words

    return words.sentence(code, {})
