"""Runs the engine's worker processes beside the sweeper, in one process group. Linux and macOS fork; see `queue.py`."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone
from django_q.cluster import Cluster
from django_q.conf import Conf

from skillmark.edges.jobs import queue
from skillmark.edges.jobs.sweeper import Sweeper

PAUSE = 1.0
"""Seconds between two looks at the journal."""
LONGEST_PAUSE = 30.0
"""Seconds between two tries while the database does not answer."""

log = logging.getLogger("skillmark.jobs")


def run_forever() -> None:
    """Work until SIGTERM or SIGINT. Children end when this process is gone, even by `kill -9`."""
    # The engine's own schedule is not used, and its guarding process must not touch the database before it forks.
    Conf.SCHEDULER = False
    logging.getLogger("django-q").setLevel(logging.WARNING)
    told = threading.Event()
    os.register_at_fork(before=_let_go_of_databases, after_in_child=_end_with_parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # inherited: Ctrl+C reaches the whole group, only this process decides
    cluster = Cluster()
    cluster.start()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: told.set())
    try:
        watch(told=told, sweeper=Sweeper(put=queue.put, is_long=queue.is_long), is_alive=cluster.sentinel.is_alive)
    finally:
        cluster.stop()


def watch(*, told: threading.Event, sweeper: Sweeper, is_alive: Callable[[], bool]) -> None:
    """Look at the journal every second until told to stop, or until the engine has died."""
    pause = PAUSE
    while not told.wait(pause):
        if not is_alive():
            log.error("the job engine has died")
            return
        try:
            sweeper.sweep(now=timezone.now())
        except (OperationalError, InterfaceError) as error:
            pause = min(pause * 2, LONGEST_PAUSE)
            log.warning("the database does not answer, next try in %.0f s: %s", pause, error)
            _let_go_of_databases()
        else:
            pause = PAUSE


def _let_go_of_databases() -> None:
    """Connections must not be shared between processes."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()


def _end_with_parent() -> None:
    """In every forked child: a parent that was killed cannot say goodbye, so look whether it is still there."""
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=look, name="parent", daemon=True).start()
