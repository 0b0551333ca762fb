"""`skillmark selftest`: look at every part, and say what to do."""

from __future__ import annotations

import argparse
from collections.abc import Generator, Iterator
from datetime import datetime

from skillmark.edges.cli import start
from skillmark.edges.cli.problems import EXIT_NO

ABOUT = "Look at every part of this installation and say what to do. Asks no other computer."
EXAMPLE = "skillmark selftest"
SIGNS = {"ok": "✔", "note": "–", "bad": "✖"}


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Print a line for each part; exit 1 when one of them is broken."""
    start.django(args)
    bad = False
    for state, part, words in _parts(start.now()):
        print(f"{SIGNS[state]} {part}: {words}")
        bad |= state == "bad"
    return EXIT_NO if bad else 0


def _parts(now: datetime) -> Iterator[tuple[str, str, str]]:
    yield from _settings()
    yield from _address()
    yield _mail()
    yield _clock(now)
    ready = yield from _database()
    if ready:
        yield from _keys(now)
    yield _code()


def _settings() -> Iterator[tuple[str, str, str]]:
    from django.core import checks

    problems = checks.run_checks()
    for problem in problems:
        state = "bad" if problem.level >= checks.ERROR else "note"
        yield state, "settings", f"{problem.msg} {problem.hint or ''}".strip()
    if not problems:
        yield "ok", "settings", "nothing to say"


def _address() -> Iterator[tuple[str, str, str]]:
    from django.conf import settings

    secure = settings.BASE_URL.startswith("https://")
    yield "ok", "address", settings.BASE_URL
    if secure:
        yield "ok", "secure address", "yes"
    else:
        words = "no. Live camera and passkeys on phones need one; photos, codes and paper work without"
        yield "note", "secure address", words


def _mail() -> tuple[str, str, str]:
    from django.conf import settings

    if settings.EMAIL_IS_SET_UP:
        return "ok", "mail", f"set up, from {settings.DEFAULT_FROM_EMAIL or '(no sender: set SKILLMARK_EMAIL_FROM)'}"
    return "note", "mail", "not set up (SKILLMARK_EMAIL_URL). QR codes, slips and your own phone work without"


def _clock(now: datetime) -> tuple[str, str, str]:
    """A clock that runs behind this release would call fresh proofs not yet valid."""
    if now.year < 2026:
        return "bad", "clock", f"this computer says {now:%Y-%m-%d}. Set it right before giving proofs"
    return "ok", "clock", f"{now:%Y-%m-%d %H:%M} UTC"


def _database() -> Generator[tuple[str, str, str], None, bool]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "bad", "database", "not ready for this version. Run: skillmark migrate"
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        row = cursor.fetchone()
    yield "ok", "database", f"{connection.display_name} {row[0] if row else ''}"
    return True


def _keys(now: datetime) -> Iterator[tuple[str, str, str]]:
    """Sign a trial statement for every firm: shows that the outer key opens the keys in the database."""
    from skillmark.desks import backups
    from skillmark.rooms.people import queries as people

    firms = people.firms()
    wrong = backups.wrong_keys(now=now)
    if not firms:
        yield "note", "keys", "no firm yet. Start it and open the set-up link: skillmark up"
    elif wrong:
        yield "bad", "keys", f"cannot be opened for {', '.join(wrong)}. Bring back the outer key from the recovery sheet"
    else:
        yield "ok", "keys", f"open for {len(firms)} firm{'s' if len(firms) > 1 else ''}"


def _code() -> tuple[str, str, str]:
    """Make a QR code and read it back with the reader that reads other people's."""
    from credcore import containers
    from skillmark.desks import pictures

    text = "https://proofs.example.com/k/ABCD-EFGH"
    found = containers.open_item(pictures.qr_svg(text=text).encode(), name="qr.svg")
    if [one.body.decode() for one in found] != [text]:
        return "bad", "QR codes", "a code made here could not be read back. Install Skillmark again"
    return "ok", "QR codes", "made and read back"
