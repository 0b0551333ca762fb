"""Which kinds of proof can be given, in which words, and how they look."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, Template, TemplateVersion
from skillmark.rooms.people.rules import Actor


def ready() -> list[rules.KindOfProof]:
    """The ready-made kinds, in order of trade."""
    return list(rules.READY)


def templates(*, actor: Actor) -> list[Template]:
    """The firm's live kinds of proof, oldest first, each with its current words.

    One that follows an item is there while the item is in use and signed off here; that of a work history is never chosen.
    """
    live = _of(actor).filter(state=Template.State.LIVE).exclude(item__archived_at__isnull=False)
    shown = live.exclude(item__isnull=False, item__method="").exclude(ready_key=rules.WORK_HISTORY)
    return list(shown.order_by("made_at", "id"))


def template(*, actor: Actor, template_id: UUID) -> Template:
    """One of the firm's kinds, archived ones too, with its current words. Raises NotFound."""
    found = _of(actor).filter(id=template_id).first()
    if found is None:
        raise NotFound
    return found


def template_of(*, actor: Actor, item_id: UUID) -> Template | None:
    """The live kind of proof that follows an item, with its current words; None before the first is needed."""
    return _of(actor).filter(state=Template.State.LIVE, item_id=item_id).first()


def versions(*, actor: Actor, template_id: UUID) -> list[TemplateVersion]:
    """Every version of a kind, newest first, each with `proofs`: how many were given in its words. Raises NotFound."""
    template(actor=actor, template_id=template_id)
    given = Issued.objects.filter(version_id=OuterRef("id"), state=Issued.State.SIGNED).order_by().values("version_id")
    counted = Subquery(given.annotate(n=Count("id")).values("n"), output_field=IntegerField())
    found = TemplateVersion.objects.filter(template_id=template_id).annotate(proofs=Coalesce(counted, 0))
    return list(found.order_by("-number"))


def kinds_given(*, org_id: UUID) -> list[dict[str, str]]:
    """The names ({language: name}) of the live kinds of which the firm has given a proof, oldest first. Public."""
    given = Issued.objects.filter(version__template_id=OuterRef("id"), state=Issued.State.SIGNED)
    live = Template.objects.filter(Exists(given), org_id=org_id, state=Template.State.LIVE)
    live = live.exclude(ready_key=rules.WORK_HISTORY).order_by("made_at", "id")
    return list(live.values_list("current__name", flat=True))


def look(*, version: TemplateVersion, title: str, giver: str, language: str) -> dict[str, str]:
    """What `rules.svg` takes to draw the picture of a proof in the words of a version."""
    words = rules.said(texts=version.picture_words, language=language)[0]
    return {
        "title": title, "giver": giver, "colour": version.colour, "shape": version.shape, "icon": version.icon,
        "words": words,
    }  # fmt: skip


def _of(actor: Actor) -> QuerySet[Template, Template]:
    return Template.objects.filter(org_id=actor.org_id).select_related("current", "item")


def version(*, actor: Actor, version_id: UUID) -> TemplateVersion:
    """The words of one of the firm's kinds as they once were, or are, with their kind. Raises NotFound."""
    found = TemplateVersion.objects.filter(template__org_id=actor.org_id, id=version_id).select_related("template").first()
    if found is None:
        raise NotFound
    return found
