"""From a command to a running Django: which data folder, and the settings that follow from it."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from skillmark.edges.cli.problems import Problem


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option that every command of the house has."""
    parser.add_argument("--data", metavar="DIR", type=Path, help="the data folder (else SKILLMARK_DATA_DIR, else ./data)")


def data_folder(chosen: Path | None) -> Path:
    """The absolute data folder; it becomes SKILLMARK_DATA_DIR, for the settings and for child processes."""
    folder = chosen if chosen is not None else Path(os.environ.get("SKILLMARK_DATA_DIR") or "data")
    folder = folder.expanduser().absolute()
    os.environ["SKILLMARK_DATA_DIR"] = str(folder)
    return folder


def make_data_folder(folder: Path) -> None:
    """Make the folder if needed, readable for its owner only, and show that it can be written."""
    probe = folder / ".can-write"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Problem(
            f"The data folder “{folder}” cannot be written ({error.strerror or error}). "
            "Choose another one with --data, or change its rights."
        ) from error


def django(args: argparse.Namespace) -> Path:
    """Load the settings and the rooms. Returns the data folder."""
    folder = data_folder(getattr(args, "data", None))
    make_data_folder(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "skillmark.settings")
    import django as framework

    framework.setup()
    return folder


def address(folder: Path) -> str:
    """Where the product that runs on this folder is reached just now; else the address in the settings."""
    from django.conf import settings

    note = folder / "run" / "up.note"
    running = note.read_text(encoding="utf-8").strip() if note.exists() else ""
    return running or str(settings.BASE_URL)


def now() -> datetime:
    """The clock. The command line is an edge: it reads the time once and hands it on."""
    return datetime.now(UTC)
