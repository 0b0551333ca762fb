"""Photos: the queue of those that nobody has looked at, one press each; another photo; and the door to the files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from skillmark.desks import answers
from skillmark.edges.web import access, evidence
from skillmark.edges.web.forms.evidence import AcceptForm, PictureForm, RefuseForm
from skillmark.edges.web.views import holdings as pages
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import DATELESS, label, proposed_end

# What browsers may show of what we keep; everything else is only ever saved.
_SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
_SAVED = frozenset({"application/pdf"})


@access.signed_in(action="evidence.change")
def queue(request: access.Request) -> HttpResponse:
    """Every photo that waits, oldest first, beside the one before it."""
    return _queue(request)


@require_POST
@access.signed_in(action="evidence.change")
def accept(request: access.Request, photo_id: UUID) -> HttpResponse:
    """It shows the card, and this is its date. One press; the cell follows the item's rule, and stays "photo only"."""
    photo = queries.photo(actor=request.actor, photo_id=photo_id)
    rule = skills.rules_of(actor=request.actor, on=request.today, known_at=request.now).get(photo.holding.item_id)
    form = _accept_form(request, photo, rule, data=request.POST)
    if form.is_valid():
        try:
            ends, no_end = form.cleaned_data["ends"], form.cleaned_data["no_end"]
            operations.accept_photo(
                actor=request.actor, photo_id=photo_id, ends=ends, no_end=no_end, now=request.now, today=request.today
            )
        except DomainError as error:
            outcome.put(error=error, form=form, field="ends")
        else:
            messages.success(request, _("Photo of %(name)s approved.") % {"name": photo.holding.person.name})
            return redirect("photos")
    return _queue(request, photo_id=photo_id, form=form)


@access.signed_in(action="evidence.change")
def refuse(request: access.Request, photo_id: UUID) -> HttpResponse:
    """Ask for another photo, with the reason."""
    photo = queries.photo(actor=request.actor, photo_id=photo_id)
    form = RefuseForm(access.posted(request))
    if request.method == "POST" and form.is_valid():
        operations.refuse_photo(actor=request.actor, photo_id=photo_id, because=form.said(), now=request.now)
        messages.success(
            request, _("The photo does not count. Ask %(name)s for another one.") % {"name": photo.holding.person.name}
        )
        return redirect("holding", photo.holding_id)
    name = label(photo.holding.item.names, language=answers.spoken())
    context = {"form": form, "photo": photo, "person": photo.holding.person, "name": name}
    return render(request, "evidence/refuse.html", context, status=400 if form.errors else 200)


@require_POST
@access.signed_in(action="evidence.change")
def add(request: access.Request, holding_id: UUID) -> HttpResponse:
    """Put a photo on a holding; `instead` names the one that it replaces."""
    held = pages.standing(request, holding_id)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {
            "form": form,
            "held": held,
            "person": held.person,
            "name": label(held.item.names, language=answers.spoken()),
        }
        return render(request, "evidence/photo.html", context, status=400)
    replaced = next((one for one in held.photos.all() if str(one.id) == request.POST.get("instead")), None)
    if replaced is not None:
        operations.remove_photo(actor=request.actor, photo_id=replaced.id, now=request.now)
    pages.add_photo(request, holding_id, form.cleaned_data["photo"])
    messages.success(request, _("Photo saved. It waits until somebody has looked at it."))
    return redirect("holding", holding_id)


@require_POST
@access.signed_in(action="evidence.change")
def remove(request: access.Request, photo_id: UUID) -> HttpResponse:
    """Take a photo off; days before keep it."""
    photo = operations.remove_photo(actor=request.actor, photo_id=photo_id, now=request.now)
    messages.success(request, _("The photo is taken off."))
    return redirect("holding", photo.holding_id)


@require_safe
@access.signed_in(action="board.read")
def file(request: access.Request, file_id: UUID) -> HttpResponse:
    """A photo, scan or screenshot, for those who may see it, and for nobody's cache but their own."""
    found = queries.stored_file(actor=request.actor, file_id=file_id)
    kind = found.media_type if found.media_type in _SHOWN | _SAVED else "application/octet-stream"
    response = HttpResponse(bytes(found.body), content_type=kind)
    ending = {"image/jpeg": "jpg", "application/pdf": "pdf"}.get(kind, kind.rpartition("/")[2])
    how = "inline" if kind in _SHOWN else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{found.sha256[:12]}.{ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=300"
    return response


def _queue(request: access.Request, *, photo_id: UUID | None = None, form: AcceptForm | None = None) -> HttpResponse:
    photos = queries.waiting_photos(actor=request.actor)
    earlier = queries.earlier_photos(actor=request.actor, photos=photos)
    rules = skills.rules_of(actor=request.actor, on=request.today, known_at=request.now)
    lines = []
    for photo in photos:
        rule = rules.get(photo.holding.item_id)
        lines.append(
            {
                "photo": photo,
                "name": label(photo.holding.item.names, language=answers.spoken()),
                "before": earlier.get(photo.id),
                "form": form if form is not None and photo.id == photo_id else _accept_form(request, photo, rule),
                "proposed": _proposed(photo.holding, rule),
                "until": evidence.dates_of(held=photo.holding, cell=None),
                "enough": rule is not None and rule.trust == "photo",
            }
        )
    context = {"lines": lines, "form": form, "loose": len(queries.loose_photos(actor=request.actor))}
    return render(request, "evidence/queue.html", context, status=400 if form is not None else 200)


def _accept_form(request: access.Request, photo: Any, rule: Any, data: Any = None) -> AcceptForm:
    """The date stands there only where somebody typed it before; nothing is read from the picture."""
    held = photo.holding
    initial = {"ends": held.ends, "no_end": held.end_state == "no_end"}
    told = _proposed(held, rule) is not None or (rule is not None and rule.validity.get("type") in DATELESS)
    return AcceptForm(data, today=request.today, told=told, initial=initial, auto_id=f"id_{photo.id.hex[:8]}_%s")


def _proposed(held: Any, rule: Any) -> Any:
    """The day that the rule works out, where nobody has typed one: a suggestion beside the field."""
    if rule is None or held.ends is not None:
        return None
    return proposed_end(rule.validity, obtained=held.obtained or held.starts, method=held.method)
