"""Codes to scan: on machines and doors (who can do this now?), and on a person's hard hat."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import pictures, states
from skillmark.edges.web import access, addresses, persons
from skillmark.edges.web.forms.codes import PlaceCodeForm, ShowingForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people import rules
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import operations
from skillmark.rooms.talent import queries as talent


@access.signed_in(action="people.change")
def codes(request: access.Request) -> HttpResponse:
    """The codes on machines, and the form for a new one. Its QR is shown once, in the answer, ready to print."""
    items = [(one.id, label(one.names, language=persons.language())) for one in skills.items(actor=request.actor)]
    sites = persons.choices(actor=request.actor)["site_id"]
    form = PlaceCodeForm(access.posted(request), items=items, sites=sites, limited=request.actor.sites is not None)
    if request.method == "POST" and form.is_valid():
        try:
            made, code = operations.make_place_code(actor=request.actor, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            subject = {"head": made.name, "below": _("Scan to see who can do this now"), "back": reverse("codes")}
            return render(request, "codes/print.html", _printed(request, code) | subject)
    names = dict(items)
    lines = [(one, names.get(one.item_id, "") if one.item_id else "") for one in talent.codes(actor=request.actor)]
    shown = {"form": form, "lines": lines, "items": items}
    return render(request, "codes/codes.html", shown, status=400 if form.errors else 200)


@access.signed_in(action="people.change")
@require_POST
def close(request: access.Request, code_id: UUID) -> HttpResponse:
    """A lost or worn code leads nowhere any more."""
    operations.close_code(actor=request.actor, code_id=code_id, now=request.now)
    messages.success(request, _("This code no longer works."))
    return redirect("codes")


@access.signed_in(action="people.change")
def person_code(request: access.Request, person_id: UUID) -> HttpResponse:
    """A person's code, and what strangers see who scan it: nothing, until the person and the firm agree."""
    found = people.person(actor=request.actor, person_id=person_id)
    showing = talent.showing_of(actor=request.actor, person_id=found.id)
    needs = persons.needs(actor=request.actor, person_id=found.id, on=request.today)
    offered = [(str(one.item_id), one.name) for one in needs]
    chosen = list(showing.items) if showing else [item_id for item_id, _name in offered]
    form = ShowingForm(access.posted(request), items=offered, initial={"items": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            item_ids = [UUID(one) for one in form.cleaned_data["items"]]
            operations.propose(actor=request.actor, person_id=found.id, item_ids=item_ids, now=request.now)
        except DomainError as error:
            outcome.put(error=error, form=form, field="items")
        else:
            return redirect("person-agree", found.id)
    shown = {
        "person": found, "form": form, "offered": offered, "showing": showing,
        "code": next(iter(talent.codes(actor=request.actor, person_id=found.id)), None),
        "seen": _seen(request, showing),
    }  # fmt: skip
    return render(request, "codes/person.html", shown, status=400 if form.errors else 200)


@access.signed_in(action="people.change")
@require_POST
def person_print(request: access.Request, person_id: UUID) -> HttpResponse:
    """Make a code for a hard hat or a pocket, and print it; the one before stops working."""
    found = people.person(actor=request.actor, person_id=person_id)
    _made, code = operations.make_person_code(actor=request.actor, person_id=found.id, now=request.now)
    back = reverse("person-code", args=[found.id])
    subject = {"head": found.name.split()[0], "below": _("Scan to see what I may do"), "back": back, "person": found}
    return render(request, "codes/print.html", _printed(request, code) | subject)


@access.signed_in(action="people.change")
def agree(request: access.Request, person_id: UUID) -> HttpResponse:
    """The page that is handed to the person, in their language. Yes and no weigh the same, and both are noted."""
    found = people.person(actor=request.actor, person_id=person_id)
    showing = talent.showing_of(actor=request.actor, person_id=found.id)
    if showing is None:
        raise NotFound
    with translation.override(found.language):
        words = _words(request, showing)
        shown = {"person": found, "showing": showing, "words": words, "seen": _seen(request, showing)}
        if request.method == "POST":
            if request.POST.get("answer") == "yes":
                operations.agree(actor=request.actor, showing_id=showing.id, how="beside", words=words, now=request.now)
            else:
                operations.stop_showing(actor=request.actor, showing_id=showing.id, now=request.now)
            shown["answered"] = request.POST.get("answer")
        return render(request, "codes/agree.html", shown | {"language": found.language})


@access.signed_in(action="people.change")
@require_POST
def stop(request: access.Request, person_id: UUID) -> HttpResponse:
    """Strangers see nothing any more."""
    showing = talent.showing_of(actor=request.actor, person_id=person_id)
    if showing is None:
        raise NotFound
    operations.stop_showing(actor=request.actor, showing_id=showing.id, now=request.now)
    messages.success(request, _("Strangers who scan the code see nothing any more."))
    return redirect("person-code", person_id)


def _seen(request: access.Request, showing: Any) -> list[tuple[str, states.Said]]:
    if showing is None:
        return []
    shown = talent.would_show(actor=request.actor, showing=showing, on=request.today)
    return [(label(names, language=persons.language()), states.said(cell=cell, on=shown.on)) for names, cell in shown.cells]


def _words(request: access.Request, showing: Any) -> str:
    """What the person agrees to, in one sentence that is kept."""
    items = ", ".join(name for name, _said in _seen(request, showing))
    return _("%(firm)s may show my name and these items to anyone who scans my code: %(items)s.") % {
        "firm": request.firm.name, "items": items,
    }  # fmt: skip


def _printed(request: access.Request, code: str) -> dict[str, Any]:
    link = addresses.full(request=request, base_url=request.firm.base_url, path=reverse("scan", args=[code]))
    return {
        "qr": pictures.qr_svg(text=link), "code": rules.shown_code(code), "link": link,
        "only_here": addresses.only_here(url=link),
        "type_at": addresses.full(request=request, base_url=request.firm.base_url, path=reverse("scan-code")),
    }  # fmt: skip
