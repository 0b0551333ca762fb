"""What one run of `skillmark check` checks with: its lists of givers, its way to fetch, its moment; and one item's answer."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from credcore.cli import lines
from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError
from credcore.formats import vcdm
from credcore.net import guarded, memory, offline
from credcore.net.guarded import Counted
from credcore.net.remembering import RememberingFetch
from credcore.ports import Fetch
from credcore.trust import TrustList, registry
from credcore.trust import files as trust_files
from credcore.verify import REQUIRED, Report, Verdict, Verifier, beside, check_item, check_link, followed

MAX_BYTES = 10 * 2**20


class CannotOpenError(Exception):
    """Something that cannot be opened at all. The text is a sentence for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one item: a line or paragraph for each proof in it, or (`problem`) why it could not be opened."""

    lines: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    unopened: bool = False
    problem: str = ""


class Checker:
    """Made from the command's arguments, once a process. Raises CannotOpenError for arguments that cannot be used."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.as_json = bool(options.json)
        self.language = str(options.language)
        self.required = frozenset({"proof"}) if options.profile == "proof-only" else REQUIRED
        self.now = _moment(options.at)
        self.trust = _trust(options.trust, self.now)
        self.fetch = _fetch(options)

    def link(self, url: str) -> Answer:
        """Open a link and check what is there."""
        return self._answer(check_link(url, verifier=self._verifier(), now=self.now, required=self.required))

    def piped(self) -> Answer:
        """Check what comes on standard input."""
        return self._item(sys.stdin.buffer.read(MAX_BYTES + 1), "-")

    def file(self, path: Path) -> Answer:
        """Check a file."""
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            return Answer(unopened=True, problem=f"{path}: {error.strerror}.")
        return self._item(data, str(path), lists=_lists_beside(path))

    def _item(self, data: bytes, name: str, *, lists: Iterable[bytes] = ()) -> Answer:
        verifier = self._verifier(lists)
        return self._answer(check_item(data, verifier=verifier, now=self.now, name=name, required=self.required))

    def _verifier(self, lists: Iterable[bytes] = ()) -> Verifier:
        """One for each item, so that each may ask its few questions and none can use up another's."""
        return Verifier(fetch=beside.BesideFetch(Counted(self.fetch), bodies=lists), trust=self.trust)

    def _answer(self, reports: list[Report]) -> Answer:
        return Answer(
            lines=tuple(
                lines.as_json(report) if self.as_json else lines.as_text(report, language=self.language) for report in reports
            ),
            verdicts=tuple(report.verdict for report in reports),
            unopened=any(report.code.startswith("unreadable") and report.credential is None for report in reports),
        )


def _lists_beside(path: Path) -> Iterator[bytes]:
    """What lies in the folder `offline` beside a file of a parcel, one after the other, when it is needed."""
    folder = path.parent / beside.FOLDER
    if not (folder / beside.MAP).is_file():
        return
    for one in sorted(folder.glob("*.json")):
        try:
            with one.open("rb") as file:
                yield file.read(MAX_BYTES + 1)
        except OSError:
            continue  # the check goes on without it, and says that nothing was known


def _moment(text: str | None) -> datetime:
    try:
        return vcdm.instant(text) or datetime.now(UTC)
    except MalformedError as error:
        raise CannotOpenError(f"“{text}” is not a time like 2026-05-04T12:00:00Z.") from error


def _trust(paths: Sequence[Path], now: datetime) -> list[TrustList]:
    """The lists in these files. Hand-overs from any of them lead from an old key on a list to the one in use now."""
    lists: list[TrustList] = []
    statements: list[bytes] = []
    for path in paths:
        try:
            data = path.read_bytes()
            value = strict_json.loads(data, max_bytes=trust_files.MAX_BYTES)
            said = value.get("handOvers") if isinstance(value, dict) else None
            statements += _hand_overs(said, so_far=len(statements))
            if not isinstance(said, list) or "entries" in value:
                lists.append(_list(data, value, path))
        except OSError as error:
            raise CannotOpenError(f"{path}: {error.strerror}. Name a file with a list of givers.") from error
        except CredcoreError as error:
            raise CannotOpenError(f"{path} is not a list of givers ({error}).") from error
    return [followed.extended(one, statements=statements, now=now) for one in lists]


def _hand_overs(said: object, *, so_far: int) -> list[bytes]:
    if not isinstance(said, list):
        return []
    if so_far + len(said) > followed.MAX_STATEMENTS:
        raise MalformedError("trust.malformed", f"more than {followed.MAX_STATEMENTS} hand-overs")
    return [strict_json.dumps(one) for one in said]


def _list(data: bytes, value: object, path: Path) -> TrustList:
    if isinstance(value, dict) and "registry" in value:
        return registry.parse(data, name=path.stem, source=path.name, fetched_at=datetime.now(UTC))
    return trust_files.parse(data)


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
