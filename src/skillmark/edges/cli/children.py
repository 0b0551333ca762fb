"""Keep the two halves running as child processes: start, watch, start again, stop.

A child stops by itself when this process is gone, however it went: its standard input is a pipe that we hold open, and the end
of the pipe is the end of us.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from skillmark.edges.cli.problems import Problem

PATIENCE = 20.0
"""Seconds that a child has to finish what it is doing before it is killed."""
MAX_DEATHS, WITHIN = 5, 60.0
MAX_LOG = 5 * 2**20


@dataclass
class Child:
    """One half, with its log file."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    deaths: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it. What it says goes to its log file."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > MAX_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "skillmark", *self.arguments, "--stop-with-parent"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
            )

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def revive(self) -> None:
        """Start a dead child again, unless it dies over and over."""
        now = time.monotonic()
        self.deaths = [at for at in self.deaths if now - at < WITHIN] + [now]
        if len(self.deaths) > MAX_DEATHS:
            raise Problem(f"The {self.name} part stops again and again. What it said is in {self.log}", exit_code=1)
        self.start()

    def ask_to_stop(self) -> None:
        """Tell it; do not wait."""
        if self.process is None:
            return
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.is_alive:
            self.process.terminate()

    def wait(self, *, until: float) -> None:
        """Wait for its end, and end it by force at `until` (a time of the monotonic clock)."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def stop(children: Sequence[Child]) -> None:
    """Stop all of them, side by side."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + PATIENCE
    for child in children:
        child.wait(until=until)


def stop_with_parent() -> None:
    """In a child: end as if told to when standard input ends. Called before anything else is started."""

    def watch() -> None:
        while os.read(0, 64):
            pass
        signal.raise_signal(signal.SIGTERM) if sys.platform == "win32" else os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
