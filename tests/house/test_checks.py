"""The checks that look at the settings at every start."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from skillmark import checks, sqlite
from skillmark.configuration import Configuration


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configuration:
    """Settings that nobody could object to, with a data folder that exists."""
    monkeypatch.setenv("SKILLMARK_BASE_URL", "https://proofs.example")
    monkeypatch.setenv("SKILLMARK_DATA_DIR", str(tmp_path))
    return Configuration()


def _ids(found: checks.Findings) -> list[str | None]:
    assert all(message.hint and message.msg.endswith(".") for message in found), "every finding says what to do"
    return [message.id for message in found]


def test_sound_settings_pass_every_check(sound: Configuration) -> None:
    assert [_ids(check(sound)) for check in checks.CHECKS] == [[] for _ in checks.CHECKS]


def test_the_settings_of_the_tests_pass() -> None:
    assert checks.look() == []


def test_a_folder_that_cannot_be_written(sound: Configuration, tmp_path: Path) -> None:
    gone = sound.model_copy(update={"data_dir": tmp_path / "gone"})
    assert _ids(checks.data_folder(gone)) == ["skillmark.E001"]


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False), ((3, 50, 6), False),
        ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True), ((3, 52, 0), False), ((3, 53, 4), True),
    ],
)  # fmt: skip
def test_releases_of_sqlite(version: tuple[int, int, int], safe: bool) -> None:
    assert sqlite.is_safe(version) is safe
    assert _ids(checks.sqlite_release(version=version, wal=True)) == ([] if safe else ["skillmark.E003"])
    assert _ids(checks.sqlite_release(version=version, wal=False)) == ([] if safe else ["skillmark.W003"])


def test_the_sqlite_in_use_is_a_sound_one() -> None:
    assert sqlite.is_safe(sqlite3.sqlite_version_info)


def test_kinds_of_database() -> None:
    assert _ids(checks.engine(chosen={"ENGINE": "django.db.backends.mysql"})) == ["skillmark.E002"]
    assert checks.engine(chosen={"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"pool": {}}}) == []
    assert checks.engine(chosen={"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}) == []


@pytest.mark.parametrize(
    ("url", "sender", "expected"),
    [
        ("", "", []),
        (checks.MAIL_EXAMPLE, "proofs@example.com", []),
        ("smtp://user:open-sesame@mail.example:465?ssl=True", "proofs@example.com", []),
        ("smtp://localhost:25", "proofs@example.com", []),
        (checks.MAIL_EXAMPLE, "", ["skillmark.E004"]),
        # Not a scheme of the library: it would send the password in the clear without a word.
        ("smtp+tls://user:open-sesame@mail.example:587", "proofs@example.com", ["skillmark.E005"]),
        ("mail.example:25", "proofs@example.com", ["skillmark.E005"]),
        ("smtp://user:open-sesame@mail.example", "proofs@example.com", ["skillmark.W005"]),
    ],
)
def test_mail(sound: Configuration, url: str, sender: str, expected: list[str]) -> None:
    found = checks.mail(sound.model_copy(update={"email_url": url, "email_from": sender}))
    assert _ids(found) == expected
    assert not any("open-sesame" in str(message) for message in found)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"base_url": "http://proofs.example"}, ["skillmark.W001"]),
        ({"base_url": "http://192.0.2.7:8000"}, ["skillmark.W001"]),
        ({"base_url": "http://192.0.2.7:8000", "lan": True}, []),
        ({"base_url": "http://localhost:8000"}, []),
        ({"base_url": "http://127.0.0.1:8000"}, []),
        ({"base_url": "http://[::1]:8000"}, []),
        ({"base_url": "https://proofs.example"}, []),
    ],
)
def test_addresses(sound: Configuration, changed: dict[str, Any], expected: list[str]) -> None:
    assert _ids(checks.address(sound.model_copy(update=changed))) == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"base_url": "http://localhost:8000", "debug": True}, []),
        ({"base_url": "http://localhost:8000", "debug": True, "lan": True}, ["skillmark.E006"]),
        ({"debug": True}, ["skillmark.E006"]),
        ({"debug": False}, []),
    ],
)
def test_details_of_errors(sound: Configuration, changed: dict[str, Any], expected: list[str]) -> None:
    assert _ids(checks.details_of_errors(sound.model_copy(update=changed))) == expected


def test_secrets(sound: Configuration) -> None:
    assert _ids(checks.secrets(sound.model_copy(update={"secret_key": "guess me"}))) == ["skillmark.W002"]
    sound.keys_dir.mkdir()
    key = sound.keys_dir / "outer.key"
    key.touch(mode=0o600)
    assert checks.secrets(sound) == []
    key.chmod(0o640)
    assert _ids(checks.secrets(sound)) == ["skillmark.W004"]
