"""`skillmark check`: one verdict an item."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from credcore.cli import lines
from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError
from credcore.formats import vcdm
from credcore.net import guarded, memory, offline
from credcore.net.remembering import RememberingFetch
from credcore.ports import Fetch
from credcore.trust import TrustList, registry
from credcore.trust import files as trust_files
from credcore.verify import REQUIRED, Report, Verdict, Verifier, check_item, check_link

EXIT_GOOD, EXIT_BAD, EXIT_USAGE, EXIT_UNSURE = 0, 1, 2, 3
MAX_BYTES = 10 * 2**20
EXAMPLES = """\
examples:
  skillmark check card.pdf
  skillmark check proofs/ --json
  skillmark check https://example.com/proof.json --trust our-list.json
  cat proof.json | skillmark check -

exit codes: 0 all good; 1 some must not be relied on; 3 none of those, but some need care or could not be told;
2 wrong usage, or an item that cannot be opened at all"""


class CannotOpenError(Exception):
    """An item that cannot be opened at all. The text is a sentence for the person at the keyboard."""


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
    command.add_argument("--offline-map", type=Path, metavar="DIR", help="answer URLs from DIR/map.json (url: file)")
    command.add_argument("--trust", type=Path, action="append", default=[], metavar="FILE", help="a list of givers you trust")
    command.add_argument("--at", metavar="TIME", help="check as of this time, such as 2026-05-04T12:00:00Z")
    command.add_argument("--profile", choices=("strict", "proof-only"), default="strict")
    command.add_argument("--language", choices=("en", "es"), default="en")
    return command


def main(argv: list[str]) -> int:
    """Run the command and return its exit code."""
    options = parser().parse_args(argv)
    try:
        now = vcdm.instant(options.at) or datetime.now(UTC)
        lists = [_trust_list(path) for path in options.trust]
        fetch = _fetch(options)
    except CannotOpenError as error:
        print(error, file=sys.stderr)
        return EXIT_USAGE
    except MalformedError:
        print(f"“{options.at}” is not a time like 2026-05-04T12:00:00Z.", file=sys.stderr)
        return EXIT_USAGE
    verifier = Verifier(fetch=fetch, trust=lists)
    required = frozenset({"proof"}) if options.profile == "proof-only" else REQUIRED
    verdicts: list[Verdict] = []
    unopened = False
    for item in options.items:
        try:
            for report in _reports(item, verifier=verifier, now=now, required=required):
                verdicts.append(report.verdict)
                unopened |= _cannot_be_opened(report)
                print(lines.as_json(report) if options.json else lines.as_text(report, language=options.language))
        except CannotOpenError as error:
            print(error, file=sys.stderr)
            unopened = True
    return _exit_code(verdicts, unopened=unopened)


def _exit_code(verdicts: list[Verdict], *, unopened: bool) -> int:
    if Verdict.BAD in verdicts:
        return EXIT_BAD
    if unopened or not verdicts:
        return EXIT_USAGE
    return EXIT_GOOD if set(verdicts) == {Verdict.GOOD} else EXIT_UNSURE


def _cannot_be_opened(report: Report) -> bool:
    return report.code.startswith("unreadable") and report.credential is None


def _trust_list(path: Path) -> TrustList:
    try:
        data = path.read_bytes()
        value = strict_json.loads(data, max_bytes=trust_files.MAX_BYTES)
        if isinstance(value, dict) and "registry" in value:
            return registry.parse(data, name=path.stem, source=path.name, fetched_at=datetime.now(UTC))
        return trust_files.parse(data)
    except OSError as error:
        raise CannotOpenError(f"{path}: {error.strerror}. Name a file with a list of givers.") from error
    except CredcoreError as error:
        raise CannotOpenError(f"{path} is not a list of givers ({error}).") from error


def _fetch(options: argparse.Namespace) -> Fetch:
    if options.offline_map is not None:
        try:
            return offline.MapFetch(options.offline_map)
        except (OSError, CredcoreError) as error:
            raise CannotOpenError(f"{options.offline_map} has no readable map.json ({error}).") from error
    fetch: Fetch = offline.OfflineFetch() if options.offline else guarded.GuardedFetcher()
    if options.no_memory:
        return fetch
    known = memory.FolderMemory(memory.default_folder())
    return RememberingFetch(fetch, load=known.load, store=None if options.offline else known.store)


def _reports(item: str, *, verifier: Verifier, now: datetime, required: frozenset[str]) -> Iterator[Report]:
    if item.startswith(("https://", "http://")):
        yield from check_link(item, verifier=verifier, now=now, required=required)
        return
    for name, data in _files(item):
        yield from check_item(data, verifier=verifier, now=now, name=name, required=required)


def _files(item: str) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of a file, of every file below a folder in order of name, or of standard input."""
    if item == "-":
        yield "-", sys.stdin.buffer.read(MAX_BYTES + 1)
        return
    path = Path(item)
    if not path.exists():
        raise CannotOpenError(f"There is no file or folder called {item}.")
    inside = [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())
    if not inside:
        raise CannotOpenError(f"{item} is an empty folder.")
    for one in inside:
        try:
            with one.open("rb") as file:
                yield str(one), file.read(MAX_BYTES + 1)
        except OSError as error:
            raise CannotOpenError(f"{one}: {error.strerror}.") from error
