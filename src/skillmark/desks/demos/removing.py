"""Remove a made-up firm with everything in it, whatever rooms there are: only the journal keeps that it was there.

Like a backup, this goes by tables and not by rooms, so that a room that is added later is not forgotten. Real firms are
never touched: their rows are not deleted but closed, and no such door exists.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from skillmark import errors

FIRM = "people.organisation"
KEPT = frozenset({"journal.entry"})


@transaction.atomic
def remove(*, org_id: UUID) -> None:
    """Delete a made-up firm, its people's own spaces and its accounts. Raises NotFound for one that is real or not there."""
    table = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    made_up = table[FIRM]._base_manager.filter(pk=org_id).exclude(sample="")
    if not made_up.exists():
        raise errors.NotFound
    orgs = [org_id, *_spaces(table["people.person"], org_id)]
    accounts = list(table["people.member"]._base_manager.filter(org_id=org_id).values_list("user_id", flat=True))
    doomed = [(model, path) for label, model in table.items() if label not in KEPT and (path := _way_to_firm(model, ()))]
    # All is picked before anything goes, since the way to the firm leads through rows that go, too. Foreign keys are looked
    # at when the transaction ends.
    picked = [(model, list(_of(model, path, orgs).values_list("pk", flat=True))) for model, path in doomed]
    for model, keys in picked:
        for at in range(0, len(keys), 500):
            _let_go(table.values(), model, keys[at : at + 500])
            rows = model._base_manager.filter(pk__in=keys[at : at + 500])
            rows._raw_delete(rows.db)
    table[FIRM]._base_manager.filter(pk__in=orgs)._raw_delete("default")
    for user in table["people.user"]._base_manager.filter(pk__in=accounts):
        user.delete()


def _spaces(person: type[models.Model], org_id: UUID) -> set[UUID]:
    """The own spaces of its people, but for those that hold things of a real firm, too: they are somebody's."""
    with_space = person._base_manager.exclude(own_org_id=None)
    mine = set(with_space.filter(org_id=org_id).values_list("own_org_id", flat=True))
    return mine - set(with_space.exclude(org_id=org_id).values_list("own_org_id", flat=True))


def _let_go(tables: Iterable[type[models.Model]], doomed: type[models.Model], keys: Collection[object]) -> None:
    """What stays, such as a made-up proof that somebody kept on a real page, no longer leads to what goes."""
    for model in tables:
        for field in model._meta.concrete_fields:
            if field.is_relation and field.null and field.related_model is doomed:
                model._base_manager.filter(**{f"{field.name}__in": keys}).update(**{field.name: None})


def _of(model: type[models.Model], path: str, orgs: Collection[UUID]) -> models.QuerySet[models.Model]:
    return model._base_manager.filter(**{f"{path}__in": orgs})


def _way_to_firm(model: type[models.Model], passed: tuple[type[models.Model], ...]) -> str | None:
    """The filter that leads from a table to the firm that a row belongs to: "org", "holding__org", or a plain "org_id"."""
    if model._meta.label_lower == FIRM or model in passed:
        return None
    fields = model._meta.concrete_fields
    for field in fields:
        if field.name == "org_id" and not field.is_relation:
            return "org_id"
        if _target(field) == FIRM:
            return field.name
    for field in fields:
        other = field.related_model if field.is_relation and not field.null else None
        if isinstance(other, type) and issubclass(other, models.Model):
            further = _way_to_firm(other, (*passed, model))
            if further:
                return f"{field.name}__{further}"
    return None


def _target(field: models.Field[object, object]) -> str:
    other = field.related_model if field.is_relation else None
    return other._meta.label_lower if isinstance(other, type) else ""
