"""What can go wrong on the command line, in one plain sentence. Known families are translated here and nowhere else."""

from __future__ import annotations

import errno
import os
import secrets
import sys
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from credcore.errors import CredcoreError
from skillmark.errors import DomainError

EXIT_NO = 1
"""The rule says no, or something was looked at and is not all right."""
EXIT_UNUSABLE = 2
"""Used wrongly, or the surroundings do not allow it: a busy port, a folder that cannot be written, no database."""


class Problem(Exception):
    """A sentence that says what is wrong and what to do, and the exit code."""

    def __init__(self, sentence: str, *, exit_code: int = EXIT_UNUSABLE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code


def say(sentence: str) -> None:
    """Print to the error stream, so that output that is piped on stays clean."""
    print(sentence, file=sys.stderr)


def known_families() -> tuple[type[Exception], ...]:
    """The errors that we can put into words. Django's and pydantic's count only once they are loaded."""
    families: list[type[Exception]] = [Problem, DomainError, CredcoreError, OSError]
    if "django.db" in sys.modules:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management.base import CommandError
        from django.db import OperationalError, ProgrammingError

        families += [OperationalError, ProgrammingError, ImproperlyConfigured, CommandError]
    if "skillmark.configuration" in sys.modules:
        from pydantic import ValidationError

        from skillmark.configuration import ConfigurationError

        families += [ValidationError, ConfigurationError]
    return tuple(families)


def in_words(error: Exception) -> Problem:
    """One sentence for an error of a known family."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, DomainError):
        return _of_a_room(error)
    if "skillmark.configuration" in sys.modules:
        from skillmark.configuration import ConfigurationError

        if isinstance(error, ConfigurationError):
            return Problem(str(error))
    if isinstance(error, CredcoreError):
        return Problem(f"This could not be done: {error.code}.", exit_code=EXIT_NO)
    if isinstance(error, OSError):
        return Problem(of_the_system(error))
    return Problem(_of_django(error))


def _of_a_room(error: DomainError) -> Problem:
    from skillmark.desks import backups, words

    if isinstance(error, backups.BackupError):
        return Problem(error.sentence, exit_code=EXIT_UNUSABLE)
    return Problem(words.sentence(error.code, error.facts), exit_code=EXIT_NO)


def of_the_system(error: OSError) -> str:
    """A sentence for a file, folder or network that did not do what we asked."""
    name = f"“{error.filename}”" if error.filename else "it"
    if isinstance(error, PermissionError):
        return f"You are not allowed to use {name}. Choose another place, or ask whoever runs this computer."
    if isinstance(error, FileNotFoundError):
        return f"There is no {name}. Look at the name again."
    if isinstance(error, IsADirectoryError):
        return f"{name} is a folder; a file is needed."
    if isinstance(error, NotADirectoryError):
        return f"{name} is a file; a folder is needed."
    if error.errno == errno.ENOSPC:
        return "The disk is full. Make room and try again."
    if error.errno == errno.EROFS:
        return f"{name} is on a disk that cannot be written. Choose another place."
    return f"This computer could not use {name}: {error.strerror or error}."


def _of_django(error: Exception) -> str:
    from django.db import OperationalError, ProgrammingError
    from pydantic import ValidationError

    if isinstance(error, (OperationalError, ProgrammingError)):
        return _of_the_database(error)
    if isinstance(error, ValidationError):
        fault = error.errors()[0]
        name = "_".join(str(part) for part in fault["loc"]).upper()
        return f"The setting SKILLMARK_{name} cannot be used: {fault['msg']}."
    return f"The settings cannot be used: {(str(error).strip().splitlines() or [type(error).__name__])[0]}"


_SQLITE = {
    "SQLITE_BUSY": "The database is busy. Wait a moment and try again.",
    "SQLITE_LOCKED": "The database is busy. Wait a moment and try again.",
    "SQLITE_FULL": "The disk is full. Make room and try again.",
    "SQLITE_CANTOPEN": "The database file cannot be opened. Look at the rights of the data folder.",
    "SQLITE_READONLY": "The database file cannot be written. Look at the rights of the data folder.",
    "SQLITE_CORRUPT": "The database file is damaged. Bring back a backup: skillmark restore FILE --data NEW-FOLDER",
    "SQLITE_NOTADB": "The database file is damaged. Bring back a backup: skillmark restore FILE --data NEW-FOLDER",
}
_NOT_READY = "The database is not ready for this version. Run this first: skillmark migrate"


def _of_the_database(error: Exception) -> str:
    """By the driver's codes: SQLite's names, PostgreSQL's SQLSTATE. Without a code, nobody answered."""
    cause = error.__cause__
    name = str(getattr(cause, "sqlite_errorname", "") or "")
    state = str(getattr(cause, "sqlstate", "") or "")
    if name:
        return next((words for start, words in _SQLITE.items() if name.startswith(start)), _NOT_READY)
    if state.startswith("42"):  # an undefined table or column
        return _NOT_READY
    if state == "53100":
        return "The disk of the database is full. Make room and try again."
    reason = (str(error).strip().splitlines() or ["no answer"])[0]
    return f"The database cannot be reached. Look at SKILLMARK_DATABASE_URL. It said: {reason}"


def log_file() -> Path:
    """Where details of a bug go: the data folder's `logs`, or the system's folder for passing files."""
    folder = Path(os.environ.get("SKILLMARK_DATA_DIR", "data")) / "logs"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir())
    return folder / "skillmark.log"


def report_bug(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """Replaces Python's own last words: the details go to the log file, a sentence with a code to the screen."""
    if issubclass(kind, KeyboardInterrupt):
        return
    code = secrets.token_hex(2).upper()
    details = "".join(traceback.format_exception(kind, error, where))
    path = log_file()
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {code} {' '.join(sys.argv)}\n{details}\n")
    except OSError:
        say(details)
        say(f"Something broke on our side. Code {code}. The details are above.")
        return
    say(f"Something broke on our side. Code {code}. The details are in {path}")
