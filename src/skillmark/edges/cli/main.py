"""Find the command and run it. Nothing here imports Django: `skillmark check` must start in a blink."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from skillmark.edges.cli import problems

LIBRARY = {
    "check": "check a proof: a file, a folder, a link, or - for what is piped in",
    "contexts": "show the vocabularies that are built in",
    "vc-api": "issue and verify by the VC-API, for conformance suites",
}
"""Handed to credcore as they are: they need neither a database nor Django."""

HOUSE = {
    "up": "start everything on this computer",
    "serve": "start only the web part",
    "worker": "start only the jobs part",
    "issue": "give proofs to everyone on a list",
    "report": "print the board, the inspector pack and other reports",
    "import": "bring in a list of people and their cards; a dry run until --apply",
    "undo": "take an import back",
    "keys": "list, make, rotate and export the keys that sign",
    "trust": "trust givers of proofs, and follow lists of givers",
    "demo": "make a sample company to look around in, or take it away",
    "user": "list the people who may sign in; make a sign-in link",
    "token": "make, list and cancel tokens for programs",
    "backup": "write everything into one encrypted file",
    "restore": "bring everything back from a backup",
    "export": "write each person's proofs as a ZIP that needs no server",
    "selftest": "look at every part and say what to do",
    "openapi": "print the description of the programming interface",
    "migrate": "bring the database up to this version",
}
HIDDEN = frozenset({"prepare"})
"""What `up` starts for itself."""

FILES = {"import": "bring_in"}
"""Commands whose name cannot be that of a file."""

EXIT_INTERRUPTED = 130


class Command(Protocol):
    """What a file in `commands/` offers."""

    ABOUT: str
    EXAMPLE: str

    def build(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. A real bug goes to the log file, and one sentence to the screen."""
    words = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        sys.excepthook = problems.report_bug
    if not words or words[0] in ("-h", "--help", "help"):
        print(overview())
        return 0
    if words[0] == "--version":
        print(version())
        return 0
    name, rest = words[0], words[1:]
    if name in LIBRARY:
        return cast(int, importlib.import_module(f"credcore.cli.{name.replace('-', '_')}").main(rest))
    if name not in HOUSE and name not in HIDDEN:
        problems.say(f"There is no command “{name}”. To see them all: skillmark --help")
        return 2
    return _run(name, rest)


def _run(name: str, rest: list[str]) -> int:
    command = cast(Command, importlib.import_module(f"skillmark.edges.cli.commands.{FILES.get(name, name)}"))
    parser = argparse.ArgumentParser(
        prog=f"skillmark {name}",
        description=command.ABOUT,
        epilog=f"Example:\n  {command.EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.build(parser)
    args = parser.parse_args(rest)
    try:
        return command.run(args)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return _reader_left()
    except problems.known_families() as error:
        problem = problems.in_words(error)
        problems.say(problem.sentence)
        return problem.exit_code


def _reader_left() -> int:
    """`skillmark … | head` closed its end. Python would complain again while it shuts down, so give it a dead end."""
    sys.stdout = open("/dev/null" if sys.platform != "win32" else "NUL", "w", encoding="utf-8")  # noqa: SIM115, PTH123
    return 0


def overview() -> str:
    """The text of `skillmark --help`."""
    lines = ["Skillmark: check, give and keep proofs of skill.", "", "Usage: skillmark COMMAND …", ""]
    lines += [f"  {name:<10} {about}" for name, about in {**HOUSE, **LIBRARY}.items()]
    lines += ["", "Start here:   skillmark up", "One command:  skillmark COMMAND --help"]
    return "\n".join(lines)


def version() -> str:
    """Name and version, as installed."""
    from importlib.metadata import version as installed

    return f"skillmark {installed('skillmark')}"


if __name__ == "__main__":
    sys.exit(main())
