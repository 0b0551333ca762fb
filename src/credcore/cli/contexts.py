"""`skillmark contexts`: which vocabularies are pinned, and from where."""

from __future__ import annotations

import argparse

from credcore import contexts


def main(argv: list[str]) -> int:
    """Run the command and return its exit code."""
    command = argparse.ArgumentParser(
        prog="skillmark contexts",
        description="List the vocabularies that are pinned by SHA-256. None is ever fetched.",
        epilog="example:\n  skillmark contexts list",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("action", choices=("list",), nargs="?", default="list")
    command.parse_args(argv)
    for pin in contexts.pinned():
        print(f"{pin.sha256}  {pin.url}  ({pin.source})")
    return 0
