"""Make and change kinds of proof. A change is a new version; proofs given before keep their words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Template, TemplateVersion
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


class CannotMakeTemplate(DomainError):
    """Something that a proof needs to mean something is missing, or too long."""


def add_ready_template(*, actor: Actor, key: str, now: datetime) -> Template:
    """Take a ready-made kind over, in both languages. Asked again: the one that is there.

    Whoever may give proofs may do this: the words are ours, and the owner can change or archive them.
    Raises NotFound for an unknown key.
    """
    people.demand(actor=actor, action="proof.give")
    kind = next((one for one in rules.READY if one.key == key), None)
    if kind is None:
        raise NotFound
    live = Template.objects.filter(org_id=actor.org_id, ready_key=key, state=Template.State.LIVE)
    words = {
        "name": dict(kind.name), "did": dict(kind.did), "how": dict(kind.how), "method": kind.method,
        "level_asked": kind.level_asked, "months": kind.months, "colour": kind.colour,
    }  # fmt: skip
    there = live.first()
    if there is None:
        try:
            return _make(actor=actor, ready_key=key, words=words, now=now)
        except IntegrityError:  # pressed twice at the same moment
            there = live.get()
    return queries.template(actor=actor, template_id=there.id)


def make_template(
    *,
    actor: Actor,
    name: str,
    did: str,
    how: str,
    method: str,
    months: int | None,
    level_asked: bool,
    colour: str,
    language: str,
    now: datetime,
) -> Template:
    """A kind of proof in the firm's own words, written in `language`.

    Raises CannotMakeTemplate: `template.name_missing`, `template.did_missing`, `template.how_missing`, `template.…_too_long`,
    `template.method_unknown`, `template.months_wrong`, `template.colour_unknown`.
    """
    people.demand(actor=actor, action="template.change")
    words = _words(
        name={language: name}, did={language: did}, how={language: how},
        method=method, months=months, level_asked=level_asked, colour=colour,
    )  # fmt: skip
    return _make(actor=actor, ready_key="", words=words, now=now)


def change_template(
    *,
    actor: Actor,
    template_id: UUID,
    name: str,
    did: str,
    how: str,
    method: str,
    months: int | None,
    level_asked: bool,
    colour: str,
    language: str,
    now: datetime,
) -> Template:
    """New words in `language`. Texts in other languages stay while the text in this one stays; else they fall away.

    A translation that no longer says the same would let one proof mean two things. Raises as `make_template`, and
    `template.archived`.
    """
    people.demand(actor=actor, action="template.change")
    with transaction.atomic():
        found = Template.objects.select_for_update().filter(org_id=actor.org_id, id=template_id).first()
        if found is None or found.current_id is None:
            raise NotFound
        if found.state != Template.State.LIVE:
            raise CannotMakeTemplate("template.archived")
        old = TemplateVersion.objects.get(id=found.current_id)
        words = _words(
            name=_said_anew(old.name, language, name), did=_said_anew(old.did, language, did),
            how=_said_anew(old.how, language, how), method=method, months=months, level_asked=level_asked, colour=colour,
        )  # fmt: skip
        found.current = TemplateVersion.objects.create(template=found, number=old.number + 1, made_at=now, **words)
        found.save(update_fields=["current"])
        _note(actor=actor, template=found, event="credentials.template.changed", now=now)
    return found


def archive_template(*, actor: Actor, template_id: UUID, now: datetime) -> None:
    """Nothing more is given from it. Proofs already given stay as they are."""
    people.demand(actor=actor, action="template.change")
    with transaction.atomic():
        found = queries.template(actor=actor, template_id=template_id)
        live = Template.objects.filter(id=found.id, state=Template.State.LIVE)
        if live.update(state=Template.State.ARCHIVED):
            _note(actor=actor, template=found, event="credentials.template.archived", now=now)


@transaction.atomic
def _make(*, actor: Actor, ready_key: str, words: Mapping[str, object], now: datetime) -> Template:
    made = Template.objects.create(org_id=actor.org_id, ready_key=ready_key, made_at=now)
    made.current = TemplateVersion.objects.create(template=made, number=1, made_at=now, **words)
    made.save(update_fields=["current"])
    _note(actor=actor, template=made, event="credentials.template.made", now=now)
    return made


def _said_anew(old: Mapping[str, str], language: str, text: str) -> dict[str, str]:
    if " ".join(old.get(language, "").split()) == " ".join(text.split()):
        return dict(old)
    return {language: text}


def _words(
    *,
    name: dict[str, str],
    did: dict[str, str],
    how: dict[str, str],
    method: str,
    months: int | None,
    level_asked: bool,
    colour: str,
) -> dict[str, object]:
    said = {}
    for part, texts, longest in (
        ("name", name, rules.NAME_LENGTH), ("did", did, rules.TEXT_LENGTH), ("how", how, rules.TEXT_LENGTH),
    ):  # fmt: skip
        said[part] = {language: text.strip() for language, text in texts.items()}
        if not all(said[part].values()):
            raise CannotMakeTemplate(f"template.{part}_missing")
        if any(len(text) > longest for text in said[part].values()):
            raise CannotMakeTemplate(f"template.{part}_too_long", most=str(longest))
    if method not in rules.METHODS:
        raise CannotMakeTemplate("template.method_unknown")
    if months is not None and months not in rules.MONTHS:
        raise CannotMakeTemplate("template.months_wrong", most=str(rules.MONTHS[-1]))
    if colour not in rules.COLOURS:
        raise CannotMakeTemplate("template.colour_unknown")
    return {**said, "method": method, "months": months, "level_asked": level_asked, "colour": colour}


def _note(*, actor: Actor, template: Template, event: str, now: datetime) -> None:
    names = template.current.name if template.current is not None else {}
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=template.id,
        data={"name": rules.said(texts=names, language="en")[0]}, now=now,
    )  # fmt: skip
