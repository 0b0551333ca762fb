"""`skillmark backup`: everything in one sealed file."""

from __future__ import annotations

import argparse
from pathlib import Path

from skillmark.edges.cli import start

ABOUT = (
    "Write everything into one encrypted file: database, locked keys, files. Skillmark may go on running. "
    "Only the code on the printed recovery sheet opens it; --show-code prints that code."
)
EXAMPLE = "skillmark backup monday.skillmark"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    parser.add_argument("file", type=Path, help="the new file")
    parser.add_argument("--show-code", action="store_true", help="also print the recovery code; keep it somewhere else")


def run(args: argparse.Namespace) -> int:
    """Write the file and say how much is in it."""
    start.django(args)
    from skillmark.desks import backups

    made = backups.backup(target=args.file, now=start.now())
    print(f"Saved {made.rows} records and {made.files} files in {made.path} ({made.size // 1024} KB).")
    if args.show_code:
        print(f"Recovery code: {backups.recovery_code()}")
    else:
        print("You need the code on your recovery sheet to open it. Print the sheet under Settings.")
    return 0
