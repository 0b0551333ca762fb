"""What a kind of proof says, judged before it becomes a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from skillmark.errors import DomainError
from skillmark.rooms.credentials import rules
from skillmark.rooms.skills import rules as skills


class CannotMakeTemplate(DomainError):
    """Something that a proof needs to mean something is missing, or too long."""


def judged(*, name: Mapping[str, str], did: Mapping[str, str], how: Mapping[str, str], **rest: Any) -> dict[str, Any]:
    """The columns of a version, with texts by language without blanks around them; raises CannotMakeTemplate.

    `rest`: method, months, level_asked, and any of steps, codes, times_seen, co_sign. Without name, did and how nothing can
    be given: that is what makes a proof worth something.
    """
    kept = dict(rest)
    for part, texts, longest in (
        ("name", name, rules.NAME_LENGTH), ("did", did, rules.TEXT_LENGTH), ("how", how, rules.TEXT_LENGTH),
    ):  # fmt: skip
        kept[part] = {language: text.strip() for language, text in texts.items()}
        if not kept[part] or not all(kept[part].values()):
            raise CannotMakeTemplate(f"template.{part}_missing")
        if any(len(text) > longest for text in kept[part].values()):
            raise CannotMakeTemplate(f"template.{part}_too_long", most=str(longest))
    if rest["method"] not in rules.METHODS:
        raise CannotMakeTemplate("template.method_unknown")
    if rest["months"] is not None and rest["months"] not in rules.MONTHS:
        raise CannotMakeTemplate("template.months_wrong", most=str(rules.MONTHS[-1]))
    if rest.get("times_seen", 1) not in rules.TIMES_SEEN:
        raise CannotMakeTemplate("template.times_wrong")
    _demand_steps(rest.get("steps", ()))
    if "codes" in kept:
        kept["codes"] = judged_codes(kept["codes"])
    return kept


def judged_codes(codes: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The same skill in other lists."""
    if not all(skills.is_code(one) for one in codes):
        raise CannotMakeTemplate("template.code_wrong")
    return [{part: one.get(part, "") for part in ("framework", "code", "url", "name")} for one in codes]


def _demand_steps(steps: Sequence[Mapping[str, str]]) -> None:
    if len(steps) > skills.MOST_STEPS:
        raise CannotMakeTemplate("template.steps_many", most=str(skills.MOST_STEPS))
    if any(len(text) > rules.STEP_LENGTH for step in steps for text in step.values()):
        raise CannotMakeTemplate("template.step_too_long", most=str(rules.STEP_LENGTH))


def judged_picture(**parts: Any) -> dict[str, Any]:
    """Those columns of a picture that are given: shape, colour, icon, picture_words ({language: text})."""
    for part, known in (("colour", rules.COLOURS), ("shape", rules.SHAPES), ("icon", {"", *rules.ICONS})):
        if part in parts and parts[part] not in known:
            raise CannotMakeTemplate(f"template.{part}_unknown")
    if "picture_words" in parts:
        parts["picture_words"] = {language: " ".join(text.split()) for language, text in parts["picture_words"].items()}
        if any(len(text) > rules.PICTURE_WORDS_LENGTH for text in parts["picture_words"].values()):
            raise CannotMakeTemplate("template.picture_words_too_long", most=str(rules.PICTURE_WORDS_LENGTH))
    return parts
