"""`skillmark restore`: bring everything back into an empty place."""

from __future__ import annotations

import argparse
import os
import sys
from getpass import getpass
from pathlib import Path

from skillmark.edges.cli import start
from skillmark.edges.cli.problems import Problem

ABOUT = "Bring everything back from a backup into a new, empty data folder, with the code on the recovery sheet."
EXAMPLE = "skillmark restore monday.skillmark --data new-folder"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    parser.add_argument("file", type=Path, help="the backup")
    parser.add_argument(
        "--erased",
        type=Path,
        metavar="FILE",
        help="erased.txt of the data folder in use; beside the backup it is found",
    )
    parser.add_argument("--recovery-code", help="the code on the sheet; asked for when it is not given")


def run(args: argparse.Namespace) -> int:
    """Put the key in place first, because the settings read it; then the database; nothing stays if it fails."""
    from skillmark.desks import backups

    if not args.file.is_file():
        raise Problem(f"There is no file called {args.file}.")
    erased = args.erased or args.file.with_name("erased.txt")
    if args.erased and not erased.is_file():
        raise Problem(f"There is no file called {erased}.")
    code = args.recovery_code or (getpass("Recovery code: ") if sys.stdin.isatty() else sys.stdin.readline().strip())
    folder = start.data_folder(args.data)
    if folder.exists() and any(folder.iterdir()):
        raise Problem(f"“{folder}” is not empty. Name a new folder with --data, so that nothing is written over.")
    start.make_data_folder(folder)
    try:
        backups.put_key(recovery_code=code, folder=folder)
    except backups.CannotRestore as error:  # said in English: no language is known before the settings are read
        _empty(folder)
        raise Problem(error.english) from error
    os.environ.pop("SKILLMARK_KEY_ENCRYPTION_KEY", None)
    try:
        start.django(args)
        done = backups.restore(
            source=args.file, recovery_code=code, now=start.now(), erased=erased if erased.is_file() else None
        )
    except backups.CannotRestore:
        _empty(folder)
        raise
    print(f"Restored {done.rows} records and {done.files} files into {folder}.")
    if erased.is_file():
        print(f"{done.erased} pages that people had erased since the backup were erased again.")
    else:
        print("Pages that people have erased since the backup are back: no erased.txt was found beside it.")
        print("Is the old data folder still there? Then start again into a new one, with --erased OLD-FOLDER/erased.txt.")
    print(f"Start it: skillmark up --data {folder}")
    return 0


def _empty(folder: Path) -> None:
    """Take back what this command made: the folder was empty before."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
