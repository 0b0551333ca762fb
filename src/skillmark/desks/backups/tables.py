"""Which tables go into a backup, and how a row becomes a line of text that both engines can read back."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import models

LEFT_OUT_APPS = frozenset({"admin", "auth", "contenttypes", "sessions", "django_q"})
"""Made anew by Django itself, or true only for the moment: sessions end and waiting jobs are found again in the journal."""
LEFT_OUT = frozenset({"people.try", "people.signinlink", "people.setup", "people.invitation", "account.emailconfirmation"})
"""Codes and links that must not come alive a second time."""
CHUNK, CHUNK_BYTES = 1000, 16 * 2**20
"""Rows in one member of the archive, and in memory; fewer when they hold whole files."""
FILES_AT_ONCE = 10
"""Rows with files in them that are fetched at a time."""

Row = dict[str, Any]


def tables(apps: Apps) -> list[type[models.Model]]:
    """Every model whose rows are kept, join tables included, by name."""
    found = [model for model in apps.get_models(include_auto_created=True) if _is_kept(model)]
    return sorted(found, key=lambda model: model._meta.label_lower)


def _is_kept(model: type[models.Model]) -> bool:
    options = model._meta
    if not options.managed or options.proxy or options.app_label in LEFT_OUT_APPS or options.label_lower in LEFT_OUT:
        return False
    if not options.auto_created:
        return True
    joined = [field.related_model for field in options.concrete_fields if field.related_model]
    return all(isinstance(other, type) and _is_kept(other) for other in joined)


def chunks(model: type[models.Model]) -> Iterator[list[str]]:
    """The table's rows as lines of JSON, some at a time."""
    fields = model._meta.concrete_fields
    at_once = FILES_AT_ONCE if any(isinstance(field, models.BinaryField) for field in fields) else CHUNK
    held: list[str] = []
    size = 0
    for row in model._base_manager.order_by("pk").iterator(chunk_size=at_once):
        held.append(line({field.attname: getattr(row, field.attname) for field in fields}))
        size += len(held[-1])
        if len(held) == CHUNK or size >= CHUNK_BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def line(row: Row) -> str:
    """One row: keys in order, so that the same row gives the same line whatever engine it came from."""
    return json.dumps({name: _plain(value) for name, value in row.items()}, sort_keys=True, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    return value  # text, numbers, booleans, nothing, and what a JSON column holds; anything else fails in json.dumps


def load(model: type[models.Model], lines: Iterable[str]) -> int:
    """Write rows into an empty table. Keys are kept; nothing of a model's own `save` runs. Returns how many."""
    fields = model._meta.concrete_fields
    made = [model(**{field.attname: _typed(field, row[field.attname]) for field in fields}) for row in map(json.loads, lines)]
    model._base_manager.bulk_create(made, batch_size=200)
    return len(made)


def _typed(field: models.Field[Any, Any], value: object) -> object:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(str(value))
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


class Tally:
    """Counts rows and forms a digest that does not depend on their order, since engines sort text differently."""

    def __init__(self) -> None:
        self._seen: list[bytes] = []

    def add(self, lines: Iterable[str]) -> None:
        """Count these rows."""
        self._seen += [hashlib.sha256(one.encode()).digest() for one in lines]

    @property
    def facts(self) -> dict[str, Any]:
        """{"rows": how many, "sha256": digest of the sorted digests}."""
        return {"rows": len(self._seen), "sha256": hashlib.sha256(b"".join(sorted(self._seen))).hexdigest()}
