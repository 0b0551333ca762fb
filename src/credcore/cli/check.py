"""`skillmark check`: one verdict an item."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from credcore.cli import pool
from credcore.cli.checker import CannotOpenError, Checker
from credcore.verify import Verdict

EXIT_GOOD, EXIT_BAD, EXIT_USAGE, EXIT_UNSURE = 0, 1, 2, 3
EXAMPLES = """\
examples:
  skillmark check card.pdf
  skillmark check proofs/ --json
  skillmark check https://example.com/proof.json --trust our-list.json
  cat proof.json | skillmark check -

exit codes: 0 all good; 1 some must not be relied on; 3 none of those, but some need care or could not be told;
2 wrong usage, or an item that cannot be opened at all"""


def parser() -> argparse.ArgumentParser:
    """The command's arguments; also read by the reference documentation."""
    command = argparse.ArgumentParser(
        prog="skillmark check",
        description="Check proofs of skill: files, folders, web links or standard input (-).",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("items", nargs="+", metavar="ITEM", help="file, folder, URL or - for standard input")
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.add_argument("--offline", action="store_true", help="ask no other computer; say what was last known")
    command.add_argument("--no-memory", action="store_true", help="neither keep nor use keys and lists seen earlier")
    command.add_argument(
        "--offline-map", type=Path, metavar="DIR", help="answer URLs from DIR/map.json, keys too: name only one that you trust"
    )
    command.add_argument("--trust", type=Path, action="append", default=[], metavar="FILE", help="a list of givers you trust")
    command.add_argument("--at", metavar="TIME", help="check as of this time, such as 2026-05-04T12:00:00Z")
    command.add_argument("--profile", choices=("strict", "proof-only"), default="strict")
    command.add_argument("--language", choices=("en", "es"), default="en")
    command.add_argument("--jobs", type=_jobs, metavar="N", help="processes for many files (else one a core)")
    return command


def main(argv: list[str]) -> int:
    """Run the command and return its exit code."""
    options = parser().parse_args(argv)
    try:
        checker = Checker(options)
    except CannotOpenError as error:
        print(error, file=sys.stderr)
        return EXIT_USAGE
    verdicts: list[Verdict] = []
    unopened = False
    for answer in pool.answers(options.items, checker=checker, options=options):
        if answer.problem:
            print(answer.problem, file=sys.stderr)
        for line in answer.lines:
            print(line)
        verdicts += answer.verdicts
        unopened |= answer.unopened
    return _exit_code(set(verdicts), unopened=unopened)


def _exit_code(verdicts: set[Verdict], *, unopened: bool) -> int:
    if Verdict.BAD in verdicts:
        return EXIT_BAD
    if unopened or not verdicts:
        return EXIT_USAGE
    return EXIT_GOOD if verdicts == {Verdict.GOOD} else EXIT_UNSURE


def _jobs(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= pool.MOST:
        raise argparse.ArgumentTypeError(f"give a number from 1 to {pool.MOST}")
    return int(text)
