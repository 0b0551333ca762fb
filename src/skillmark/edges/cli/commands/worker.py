"""`skillmark worker`: the jobs part alone."""

from __future__ import annotations

import argparse
from contextlib import ExitStack

from skillmark.edges.cli import children, locks, start
from skillmark.edges.cli.problems import Problem

ABOUT = (
    "Start only the jobs part: it sends e-mails, publishes what was cancelled, and tidies up. "
    "The web part is `skillmark serve`; `skillmark up` starts both."
)
EXAMPLE = "skillmark worker"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    parser.add_argument("--stop-with-parent", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Work until stopped. With PostgreSQL several may run at once; SQLite has one writer at a time."""
    if args.stop_with_parent:
        children.stop_with_parent()
    folder = start.django(args)
    from django.core.management import call_command
    from django.db import connection

    with ExitStack() as held:
        if connection.vendor == "sqlite":
            try:
                held.enter_context(locks.Lock(folder=folder, name="jobs"))
            except locks.TakenError as error:
                raise Problem(f"The jobs part is already running with the data folder “{folder}”.") from error
        call_command("run_jobs")  # by name: edges do not import one another
    return 0
