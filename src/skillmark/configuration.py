"""What an operator can set: environment variables with the prefix SKILLMARK_, each also as …_FILE.

Documented in docs/reference/settings.md (a test compares).
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class ConfigurationError(Exception):
    """A setting is wrong. The text is one sentence for the operator."""


class Configuration(BaseSettings):
    """Field descriptions are the reference documentation."""

    model_config = SettingsConfigDict(env_prefix="SKILLMARK_", extra="ignore")

    data_dir: Path = Field(default=Path("data"), description="Folder for the database, keys and logs. Made if missing.")
    move_in: bool = Field(
        default=False,
        description="`true`: people whom no firm here knows may bring their page from another server and keep it here.",
    )
    base_url: str = Field(default="http://localhost:8000", description="The address that people type to reach this server.")
    database_url: str = Field(default="", description="PostgreSQL address; empty means SQLite inside the data folder.")
    secret_key: str = Field(default="", description="Signs sessions. Made and kept in the data folder if empty.")
    key_encryption_key: str = Field(
        default="", description="32 bytes in base64 that lock the signing keys. Made and kept in the data folder if empty."
    )
    pkcs11_module: str = Field(default="", description="Library of a device that holds signing keys (PKCS #11), as a path.")
    pkcs11_token: str = Field(default="", description="Label of the token in that device.")
    pkcs11_pin: str = Field(default="", description="PIN of the token.")
    email_url: str = Field(default="", description="Mail server, such as smtp+tls://user:password@mail.example:587.")
    email_from: str = Field(default="", description="Sender of mails; needed with EMAIL_URL.")
    allowed_hosts: str = Field(default="", description="More host names that may be used, separated by commas.")
    proxies: str = Field(
        default="127.0.0.1,::1", description="Addresses or networks of the proxies in front, separated by commas."
    )
    lan: bool = Field(default=False, description="Let phones on this network in (`skillmark up --lan` sets it).")
    samples: Literal["auto", "on", "off"] = Field(
        default="auto", description="Whether strangers may try a sample company; auto: until a firm is set up here."
    )
    debug: bool = Field(default=False, description="Show details of errors. Never on a server that others can reach.")

    @field_validator("base_url")
    @classmethod
    def _base_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.path.strip("/"):
            raise ValueError("must look like https://proofs.example.com")
        return value.rstrip("/")

    @field_validator("proxies")
    @classmethod
    def _proxies(cls, value: str) -> str:
        for one in _listed(value):
            ip_network(one)  # raises ValueError
        return value

    @property
    def networks(self) -> list[IPv4Network | IPv6Network]:
        """Where the proxies are."""
        return [ip_network(one) for one in _listed(self.proxies)]

    @property
    def keys_dir(self) -> Path:
        return self.data_dir / "keys"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def _listed(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]


def from_files(environment: dict[str, str]) -> dict[str, str]:
    """Resolve SKILLMARK_…_FILE variables: the value is the file's content, without a final line break."""
    found = {}
    for name, path in environment.items():
        if name.startswith("SKILLMARK_") and name.endswith("_FILE") and path:
            try:
                found[name.removesuffix("_FILE")] = Path(path).read_text().rstrip("\n")
            except OSError as error:
                raise ConfigurationError(f"{name}: {path} cannot be read ({error.strerror}).") from error
    return found


def load() -> Configuration:
    """Read the settings, and make the data folder. Raises ConfigurationError."""
    os.environ.update(from_files(dict(os.environ)))
    configuration = Configuration()
    configuration.data_dir = configuration.data_dir.expanduser().resolve()
    try:
        configuration.keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise ConfigurationError(f"The data folder {configuration.data_dir} cannot be written ({error.strerror}).") from error
    return configuration


def kept_secret(path: Path) -> bytes:
    """32 random bytes that are made once and kept in a file that only the owner of this process can read."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _decode(path.read_text().strip(), str(path))
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written ({error.strerror}).") from error
    value = secrets.token_bytes(32)
    with os.fdopen(descriptor, "w") as file:
        file.write(base64.b64encode(value).decode() + "\n")
    return value


def outer_key(configuration: Configuration) -> bytes:
    """The key that locks all signing keys; it never lies in the database."""
    if configuration.key_encryption_key:
        return _decode(configuration.key_encryption_key, "SKILLMARK_KEY_ENCRYPTION_KEY")
    return kept_secret(configuration.keys_dir / "outer.key")


def _decode(text: str, where: str) -> bytes:
    try:
        value = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ConfigurationError(f"{where} is not base64.") from error
    if len(value) != 32:
        raise ConfigurationError(f"{where} must hold 32 bytes, and holds {len(value)}.")
    return value
