"""`skillmark serve`: the web part alone."""

from __future__ import annotations

import argparse
import os
from contextlib import ExitStack

from skillmark.edges.cli import children, locks, start
from skillmark.edges.cli.problems import Problem

ABOUT = "Start only the web part. The jobs part is `skillmark worker`; `skillmark up` starts both."
EXAMPLE = "skillmark serve --host 0.0.0.0 --port 8000 --threads 8"

THREADS = 4
"""Requests at a time in one process: the work is mostly waiting for the database."""


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this computer only)")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="port (PORT, else 8000)")
    parser.add_argument("--processes", type=int, default=1, help="web processes; more than one needs PostgreSQL")
    parser.add_argument("--threads", type=int, default=THREADS, help="requests at a time in each process")
    parser.add_argument("--stop-with-parent", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Serve until stopped. This process only watches; Django is loaded in the web process that it starts."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    if args.stop_with_parent:
        children.stop_with_parent()
    folder = start.data_folder(args.data)
    start.make_data_folder(folder)
    on_sqlite = not (os.environ.get("SKILLMARK_DATABASE_URL") or os.environ.get("SKILLMARK_DATABASE_URL_FILE"))
    if on_sqlite and args.processes > 1:
        raise Problem("More than one web process needs PostgreSQL: set SKILLMARK_DATABASE_URL, or leave --processes out.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skillmark.settings")
    with ExitStack() as held:
        if on_sqlite:
            try:
                held.enter_context(locks.Lock(folder=folder, name="web"))
            except locks.TakenError as error:
                raise Problem(f"The web part is already running with the data folder “{folder}”.") from error
        Granian(
            "skillmark.wsgi:application",
            address=args.host,
            port=args.port,
            interface=Interfaces.WSGI,
            workers=args.processes,
            blocking_threads=args.threads,
            websockets=False,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        ).serve()
    return 0
