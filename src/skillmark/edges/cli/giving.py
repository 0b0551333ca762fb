"""Give a list from the command line: two processes on it, a progress bar, Ctrl+C that stops after the present portion."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from skillmark.edges.cli import start
from skillmark.edges.cli.problems import EXIT_NO, Problem, say

if TYPE_CHECKING:
    from skillmark.rooms.people.rules import Actor

WORTH_IT = 400
"""Proofs from which on a second process is worth its start."""
_WIDTH = 24
_PAUSE, _EVERY = 0.2, 0.5
"""Seconds between two looks when the rest is in other hands, and between two counts."""


def give(*, actor: Actor, run: Any, out: Path | None) -> int:
    """Give what is left of a list; the exit code. Whatever was given before, or is given by another process, counts once."""
    from skillmark.rooms.credentials import operations, queries

    now = start.now()
    if run.state == "planned":
        run = operations.start_run(actor=actor, run_id=run.id, count=run.left, now=now)
    elif run.state == "stopped" or run.failed:
        run = operations.resume_run(actor=actor, run_id=run.id, now=now)
    told, bar = _Told(), _Bar(total=run.total - run.left_out, before=run.done)
    with _second(run), told:
        while not told.to_stop:
            given = operations.do_rows(run_id=run.id, now=start.now())
            if given and not bar.is_old():
                continue
            run = queries.run(actor=actor, run_id=run.id)
            bar.show(run.done)
            if run.state != "running":
                break
            if not given:
                time.sleep(_PAUSE)  # the rest is in other hands
        else:
            operations.stop_run(actor=actor, run_id=run.id, now=start.now())
    run = queries.run(actor=actor, run_id=run.id)
    bar.end(run.done)
    if out:
        _write(actor, run.id, out)
    return _ended(actor, run)


def help_with(run_id: UUID) -> None:
    """The second process: gives portions of the same list until none is left or it was stopped."""
    from skillmark.rooms.credentials import operations

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches both; the first one decides
    while operations.do_rows(run_id=run_id, now=start.now()):
        pass


def _ended(actor: Actor, run: Any) -> int:
    from skillmark.desks import words
    from skillmark.rooms.credentials import queries

    for row in queries.run_rows(actor=actor, run_id=run.id, most=run.total, states=["failed"]):
        say(f"Line {row.line}: {row.name}: {words.problem(row.problem)}")
    if run.state == "stopped":
        why = f" {words.problem(run.problem)}" if run.problem else ""
        raise Problem(f"Stopped with {run.done:,} given and {run.left:,} left.{why} Run it again to go on.", exit_code=EXIT_NO)
    print("1 proof given." if run.done == 1 else f"{run.done:,} proofs given.")
    return EXIT_NO if run.failed else 0


def _write(actor: Actor, run_id: UUID, out: Path) -> None:
    from skillmark.rooms.credentials import queries

    after = 0
    while documents := queries.run_documents(actor=actor, run_id=run_id, after=after):
        for _, issued_id, document in documents:
            (out / f"{issued_id}.json").write_bytes(document)
        after = documents[-1][0]


@contextmanager
def _second(run: Any) -> Iterator[None]:
    """A second process on the same list, where there is much to do and more than one core."""
    if run.left < WORTH_IT or (os.cpu_count() or 1) < 2:
        yield
        return
    command = [sys.executable, "-m", "skillmark", "issue", "--help-with", str(run.id), "--stop-with-parent"]
    helper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        helper.wait()


class _Told:
    """Notes Ctrl+C and SIGTERM instead of dying of them: the portion that is under way is finished first."""

    to_stop = False

    def __enter__(self) -> None:
        self._before = {name: signal.signal(name, self._note) for name in (signal.SIGINT, signal.SIGTERM)}

    def __exit__(self, *_: object) -> None:
        for name, handler in self._before.items():
            signal.signal(name, handler)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        if not self.to_stop:
            say("\nStopping after those that are under way …")
        self.to_stop = True


class _Bar:
    """How far it is, on the error stream: a bar for a person, one line for a log."""

    def __init__(self, *, total: int, before: int) -> None:
        self._total, self._before, self._begun = total, before, time.monotonic()
        self._shown = self._begun

    def is_old(self) -> bool:
        """Whether it is time to count again: counting takes a moment, too."""
        return time.monotonic() - self._shown > _EVERY

    def show(self, done: int) -> None:
        self._shown = time.monotonic()
        if sys.stderr.isatty():
            filled = _WIDTH * done // max(self._total, 1)
            speed = (done - self._before) / max(time.monotonic() - self._begun, 0.01)
            left = f", {(self._total - done) / speed:,.0f} s left" if speed >= 1 and done < self._total else ""
            line = f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {done:,} of {self._total:,}{left}"
            print(f"\r{line:<72}", end="", file=sys.stderr, flush=True)

    def end(self, done: int) -> None:
        self.show(done)
        print("" if sys.stderr.isatty() else f"{done:,} of {self._total:,}", file=sys.stderr)
