"""What an operator can set: documented, readable from files, and refused in one sentence when it is wrong."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from skillmark import checks, configuration
from skillmark.configuration import Configuration, ConfigurationError

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| `SKILLMARK_([A-Z0-9_]+)` \| `?([^`|]*?)`? \|", PAGE, re.MULTILINE))


def test_every_setting_is_documented_and_no_other() -> None:
    assert set(ROWS) == {name.upper() for name in Configuration.model_fields}


@pytest.mark.parametrize("name", sorted(Configuration.model_fields))
def test_the_page_names_the_default(name: str) -> None:
    field = Configuration.model_fields[name]
    assert ROWS[name.upper()] == (str(field.default) or "empty")
    assert field.description, "the command line shows it"


def test_every_check_is_documented_and_no_other() -> None:
    source = Path(checks.__file__).read_text(encoding="utf-8")
    in_source = set(re.findall(r'id="(skillmark\.[EW]\d+)"', source))
    assert in_source == set(re.findall(r"^\| `(skillmark\.[EW]\d+)`", PAGE, re.MULTILINE))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own. What `load` puts into the environment is taken out again."""
    for name in Configuration.model_fields:
        monkeypatch.setenv(f"SKILLMARK_{name.upper()}", "")
        monkeypatch.delenv(f"SKILLMARK_{name.upper()}")
    monkeypatch.setenv("SKILLMARK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def test_nothing_has_to_be_set(folder: Path) -> None:
    loaded = configuration.load()
    assert (loaded.base_url, loaded.debug, loaded.lan) == ("http://localhost:8000", False, False)
    assert loaded.data_dir == folder
    assert folder.stat().st_mode & 0o077 == 0 or loaded.keys_dir.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", sorted(set(Configuration.model_fields) - {"data_dir", "lan", "debug", "move_in", "samples"}))
def test_each_setting_can_be_a_file(name: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value = {"base_url": "https://proofs.example", "proxies": "192.0.2.1"}.get(name, f"value of {name}")
    secret = tmp_path / "secret"
    secret.write_text(f"{value}\n")
    monkeypatch.setenv(f"SKILLMARK_{name.upper()}_FILE", str(secret))
    assert getattr(configuration.load(), name) == value


def test_a_file_that_is_not_there_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_SECRET_KEY_FILE", str(folder / "nowhere"))
    with pytest.raises(ConfigurationError) as refused:
        configuration.load()
    assert _one_sentence(str(refused.value)) and "SKILLMARK_SECRET_KEY_FILE" in str(refused.value)


@pytest.mark.parametrize(
    "address", ["proofs.example", "ftp://proofs.example", "https://", "https://a.example/path", "https://a.example?x=1"]
)
def test_an_address_that_is_none_is_refused(address: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_BASE_URL", address)
    with pytest.raises(ValidationError) as refused:
        configuration.load()
    [fault] = refused.value.errors()
    assert fault["loc"] == ("base_url",) and "https://proofs.example.com" in fault["msg"]


def test_samples_are_on_off_or_auto(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("on", "off", "auto"):
        monkeypatch.setenv("SKILLMARK_SAMPLES", value)
        assert configuration.load().samples == value
    monkeypatch.setenv("SKILLMARK_SAMPLES", "perhaps")
    with pytest.raises(ValidationError):
        configuration.load()


@pytest.mark.parametrize("value", ["not base64!", base64.b64encode(b"short").decode()])
def test_a_bad_outer_key_is_refused_and_not_repeated(value: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_KEY_ENCRYPTION_KEY", value)
    with pytest.raises(ConfigurationError) as refused:
        configuration.outer_key(configuration.load())
    assert _one_sentence(str(refused.value)) and value not in str(refused.value)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    monkeypatch.setenv("SKILLMARK_DATA_DIR", str(blocked))
    with pytest.raises(ConfigurationError) as refused:
        configuration.load()
    assert _one_sentence(str(refused.value)) and str(blocked) in str(refused.value)


def test_keys_are_made_once_and_only_for_us(folder: Path) -> None:
    loaded = configuration.load()
    first = configuration.outer_key(loaded)
    assert len(first) == 32 and configuration.outer_key(loaded) == first
    assert (loaded.keys_dir / "outer.key").stat().st_mode & 0o777 == 0o600


def _one_sentence(text: str) -> bool:
    return "\n" not in text and text.endswith(".") and 10 < len(text) < 250
