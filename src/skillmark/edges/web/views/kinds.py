"""Kinds of proof: the firm's own list, a new one, a change. Also how the other pages read a kind in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.edges.web import access
from skillmark.edges.web.forms.kinds import KindForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.people import rules as people

TRADES: dict[str, Promise] = {
    "construction": gettext_lazy("Construction"),
    "manufacturing": gettext_lazy("Manufacturing"),
    "home-care": gettext_lazy("Home care"),
    "restaurant": gettext_lazy("Restaurant"),
    "childcare": gettext_lazy("Childcare"),
    "bakery": gettext_lazy("Bakery"),
    "shop": gettext_lazy("Shop"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of proof in one language. `key` is the firm's own id, or the key of a ready-made one."""

    key: str
    name: str
    did: str
    how: str
    method: str
    level_asked: bool
    months: int | None
    colour: str
    ready: bool
    source: str = ""

    @property
    def years(self) -> int | None:
        """How long it counts in whole years, when it is whole years."""
        return self.months // 12 if self.months and self.months % 12 == 0 else None


def own(*, template: Any, language: str) -> Kind:
    """A kind of the firm, from its current version."""
    version = template.current
    return Kind(
        key=str(template.id),
        name=rules.said(texts=version.name, language=language)[0],
        did=rules.said(texts=version.did, language=language)[0],
        how=rules.said(texts=version.how, language=language)[0],
        method=version.method,
        level_asked=version.level_asked,
        months=version.months,
        colour=version.colour,
        ready=False,
    )


def ready(*, kind: rules.KindOfProof, language: str) -> Kind:
    """A ready-made kind, which becomes the firm's own with the first proof given."""
    return Kind(
        key=kind.key,
        name=rules.said(texts=kind.name, language=language)[0],
        did=rules.said(texts=kind.did, language=language)[0],
        how=rules.said(texts=kind.how, language=language)[0],
        method=kind.method,
        level_asked=kind.level_asked,
        months=kind.months,
        colour=kind.colour,
        ready=True,
        source=kind.source,
    )


def spoken() -> str:
    """The language of the page: en or es."""
    return "es" if translation.get_language() == "es" else "en"


def trades(*, without: set[str]) -> list[tuple[str | Promise, list[Kind]]]:
    """The ready-made kinds by trade, leaving out those that the firm has already (by key)."""
    found: dict[str, list[Kind]] = {}
    for kind in queries.ready():
        if kind.key not in without:
            found.setdefault(kind.trade, []).append(ready(kind=kind, language=spoken()))
    return [(TRADES.get(trade, trade), kinds) for trade, kinds in found.items()]


@access.signed_in
def kinds(request: access.Request) -> HttpResponse:
    """What this firm gives proofs for."""
    mine = [own(template=template, language=spoken()) for template in queries.templates(actor=request.actor)]
    return render(request, "kinds/kinds.html", {"kinds": mine, "may_change": people.may(request.actor, "template.change")})


@access.signed_in(action="template.change")
def new(request: access.Request) -> HttpResponse:
    """Make a kind of one's own. From the giving page it goes on to giving."""
    form = KindForm(request.POST if request.method == "POST" else None, initial={"language": request.firm.language})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_template(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field=blame(error))
        else:
            if request.POST.get("next") == "give":
                return redirect("give-who", str(made.id))
            messages.success(request, _("“%(name)s” is ready to be given.") % {"name": form.cleaned_data["name"]})
            return redirect("templates")
    asked = request.POST.get("next") or request.GET.get("next")
    context = {"form": form, "next": "give" if asked == "give" else ""}
    return render(request, "kinds/new.html", context, status=400 if form.errors else 200)


@access.signed_in(action="template.change")
def kind(request: access.Request, template_id: UUID) -> HttpResponse:
    """Change a kind. Proofs already given keep the words that they were given with."""
    template = queries.template(actor=request.actor, template_id=template_id)
    language = _written(template, wanted=request.firm.language)
    before = own(template=template, language=language)
    initial = {
        "name": before.name,
        "did": before.did,
        "how": before.how,
        "method": before.method,
        "months": before.months or "",
        "level_asked": before.level_asked,
        "colour": before.colour,
        "language": language,
    }
    form = KindForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_template(actor=request.actor, template_id=template_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field=blame(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("templates")
    context = {"form": form, "kind": own(template=template, language=spoken())}
    return render(request, "kinds/kind.html", context, status=400 if form.errors else 200)


def _written(template: Any, *, wanted: str) -> str:
    """The language in which a kind is shown for changing: the firm's own if it has words in it."""
    names: dict[str, str] = template.current.name
    return wanted if wanted in names else next(iter(names))


@access.signed_in(action="template.change")
def retire(request: access.Request, template_id: UUID) -> HttpResponse:
    """Take a kind off the list. Proofs already given stay as they are."""
    template = queries.template(actor=request.actor, template_id=template_id)
    if request.method == "POST":
        operations.archive_template(actor=request.actor, template_id=template_id, now=timezone.now())
        messages.success(request, _("Taken off your list. Proofs already given stay as they are."))
        return redirect("templates")
    return render(request, "kinds/retire.html", {"kind": own(template=template, language=spoken())})


def blame(error: DomainError) -> str | None:
    """The field that an error of the room is about: its code ends in `<field>_missing`, `<field>_too_long`…"""
    word = error.code.rsplit(".", 1)[-1].split("_", 1)[0]
    return word if word in ("name", "did", "how") else None
