"""Make and change kinds of proof. A change is a new version; proofs given before keep their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Template
from skillmark.rooms.credentials.operations.template_words import CannotMakeTemplate, judged, judged_codes, judged_picture
from skillmark.rooms.credentials.operations.versions import make, newest, note, renew
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import Kind, demand_facts


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
    there = live.first()
    if there is None:
        try:
            return make(actor=actor, ready_key=key, words=rules.words_of(kind), now=now)
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
    colour: str = rules.DEFAULT_COLOUR,
    language: str,
    now: datetime,
    steps: Sequence[str] = (),
    shape: str = rules.DEFAULT_SHAPE,
    icon: str = "",
    codes: Sequence[Mapping[str, str]] = (),
) -> Template:
    """A kind of proof in the firm's own words, written in `language`.

    `steps` are those of the check list, in order; blank ones are left out. On how many days it is seen, and whether a second
    person signs, is asked of sign-offs, and so only of kinds that follow an item. Raises CannotMakeTemplate:
    `template.name_missing`, `template.did_missing`, `template.how_missing`, `template.…_too_long`,
    `template.method_unknown`, `template.months_wrong`, `template.steps_many`,
    `template.step_too_long`, `template.code_wrong`, `template.colour_unknown`, `template.shape_unknown`,
    `template.icon_unknown`; people's CannotWrite for an opinion or an accusation.
    """
    people.demand(actor=actor, action="template.change")
    words = judged(
        name={language: name}, did={language: did}, how={language: how}, method=method, months=months,
        level_asked=level_asked, steps=[{language: step} for step in _typed(steps)], codes=codes,
    )  # fmt: skip
    _demand_facts(name, did, how, *steps)
    return make(actor=actor, words={**words, **judged_picture(shape=shape, colour=colour, icon=icon)}, now=now)


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
    language: str,
    now: datetime,
    steps: Sequence[str] | None = None,
    codes: Sequence[Mapping[str, str]] | None = None,
    colour: str | None = None,
    shape: str | None = None,
    icon: str | None = None,
) -> Template:
    """New words in `language`; None leaves a part as it is, and nothing changed makes no new version.

    Texts in other languages stay while the text in this one stays; else they fall away: a translation that no longer says
    the same would let one proof mean two things. Raises as `make_template`; `template.archived`, and
    `template.follows_item` for a kind that follows an item (its words are changed there).
    """
    people.demand(actor=actor, action="template.change")
    with transaction.atomic():
        found = _lock(actor=actor, template_id=template_id)
        if found.item_id is not None:
            raise CannotMakeTemplate("template.follows_item")
        old = newest(template=found)
        picture = {"colour": colour, "shape": shape, "icon": icon}
        words = judged(
            name=_said_anew(old.name, language, name), did=_said_anew(old.did, language, did),
            how=_said_anew(old.how, language, how), method=method, months=months, level_asked=level_asked,
            steps=old.steps if steps is None else _steps_anew(old.steps, language, steps),
            codes=old.codes if codes is None else codes,
        )  # fmt: skip
        _demand_facts(name, did, how, *(steps or ()))
        drawn = judged_picture(**{part: value for part, value in picture.items() if value is not None})
        return renew(actor=actor, template=found, changes={**words, **drawn}, now=now)


def change_picture(
    *, actor: Actor, template_id: UUID, shape: str, colour: str, icon: str, words: str, language: str, now: datetime
) -> Template:
    """Draw another picture, also for a kind that follows an item. `words` stand on it in `language`; none: its name.

    Raises NotFound, CannotDo, CannotMakeTemplate: `template.archived`, `template.colour_unknown`, `template.shape_unknown`,
    `template.icon_unknown`, `template.picture_words_too_long`.
    """
    people.demand(actor=actor, action="template.change")
    drawn = judged_picture(shape=shape, colour=colour, icon=icon, picture_words={language: words} if words.strip() else {})
    with transaction.atomic():
        found = _lock(actor=actor, template_id=template_id)
        old = newest(template=found)
        if words.strip() and old.picture_words.get(language) == words.strip():
            drawn["picture_words"] = old.picture_words
        return renew(actor=actor, template=found, changes=drawn, now=now)


def change_codes(*, actor: Actor, template_id: UUID, codes: Sequence[Mapping[str, str]], now: datetime) -> Template:
    """Name the same skill in other lists, each `{framework, code, url, name}`; the words stay.

    Raises NotFound, CannotDo, CannotMakeTemplate: `template.archived`, `template.code_wrong`, `template.follows_item`.
    """
    people.demand(actor=actor, action="template.change")
    with transaction.atomic():
        found = _lock(actor=actor, template_id=template_id)
        if found.item_id is not None:
            raise CannotMakeTemplate("template.follows_item")
        changes = {"codes": judged_codes(codes)}
        return renew(actor=actor, template=found, changes=changes, now=now)


def archive_template(*, actor: Actor, template_id: UUID, now: datetime) -> None:
    """Nothing more is given from it. Proofs already given stay as they are. Raises NotFound, CannotDo, and
    CannotMakeTemplate `template.follows_item`: whether an item is signed off is said at the item."""
    people.demand(actor=actor, action="template.change")
    with transaction.atomic():
        found = queries.template(actor=actor, template_id=template_id)
        if found.ready_key == rules.WORK_HISTORY:
            raise NotFound
        if found.item_id is not None:
            raise CannotMakeTemplate("template.follows_item")
        live = Template.objects.filter(id=found.id, state=Template.State.LIVE)
        if live.update(state=Template.State.ARCHIVED):
            note(actor=actor, template=found, event="credentials.template.archived", now=now)


def _lock(*, actor: Actor, template_id: UUID) -> Template:
    found = Template.objects.select_for_update().filter(org_id=actor.org_id, id=template_id).first()
    if found is None or found.current_id is None or found.ready_key == rules.WORK_HISTORY:  # nobody changes its words
        raise NotFound
    if found.state != Template.State.LIVE:
        raise CannotMakeTemplate("template.archived")
    return found


def _demand_facts(*texts: str) -> None:
    """What is to be seen, and no opinion. Care is work, too: a kind of proof may speak of health, though of nobody's own."""
    for text in texts:
        demand_facts(text=text, allowed=(Kind.HEALTH,))


def _said_anew(old: Mapping[str, str], language: str, text: str) -> dict[str, str]:
    if " ".join(old.get(language, "").split()) == " ".join(text.split()):
        return dict(old)
    return {language: text}


def _steps_anew(old: Sequence[Mapping[str, str]], language: str, steps: Sequence[str]) -> list[dict[str, Any]]:
    """The steps as typed; one that was there keeps its other languages, wherever it stands now."""
    before = {step.get(language, ""): dict(step) for step in old}
    return [before.get(step, {language: step}) for step in _typed(steps)]


def _typed(steps: Sequence[str]) -> list[str]:
    return [clean for step in steps if (clean := " ".join(step.split()))]
