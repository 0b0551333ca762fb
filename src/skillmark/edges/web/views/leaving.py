"""Somebody leaves: the last day, what goes along and what stays, and one press that gives it. Or they change places."""

from __future__ import annotations

import base64
import uuid
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import leaving, papers, pictures, words
from skillmark.edges.web import access, addresses, persons
from skillmark.edges.web.forms.leaving import LeavingForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.people import operations, queries, rules
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries as packs

_FIELDS = {
    "history.title_missing": "title",
    "history.title_too_long": "title",
    "history.ends_before": "last",
    "history.not_begun": "first",
    "history.duties_too_long": "duties",
    "history.hours_too_long": "hours",
    "person.leaves_before_hired": "last",
}


@access.signed_in(action="people.change")
def leave(request: access.Request, person_id: UUID) -> HttpResponse:
    """The last day, and what goes along: looked at first, and given by the next press. No reason is asked."""
    found = queries.person(actor=request.actor, person_id=person_id)
    form = _form(request, found, data=access.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            if "only" in request.POST:
                return _only_day(request, found, form)
            plan = leaving.plan(
                actor=request.actor, person_id=found.id, asked=form.asked(), language=persons.language(), now=request.now
            )
        except DomainError as error:
            _put(error, form)
        else:
            if "change" not in request.POST:
                return _preview(request, form, plan)
    return _page(request, found, form)


@access.signed_in(action="people.change")
@require_POST
def give(request: access.Request, person_id: UUID) -> HttpResponse:
    """Give it: the code, the PIN, the paper. They are shown this once."""
    found = queries.person(actor=request.actor, person_id=person_id)
    form = _form(request, found, data=request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    key = str(form.cleaned_data["request_key"] or uuid.uuid4())
    try:
        given = leaving.give(
            actor=request.actor, person_id=found.id, asked=form.asked(), request_key=f"leaving:{key}", now=request.now,
            at=timezone.now(),
        )  # fmt: skip
    except DomainError as error:
        _put(error, form)
        return _page(request, found, form)
    return _given(request, given)


@access.signed_in(action="people.change")
@require_POST
def again(request: access.Request, person_id: UUID) -> HttpResponse:
    """Another code and PIN for a pack that nobody has kept; the ones of before are dead."""
    pack = _pack(request, person_id)
    pack, code, pin = records.new_pack_code(actor=request.actor, pack_id=pack.id, now=timezone.now())
    return _given(request, leaving.Given(pack, code, pin))


@access.signed_in(action="people.change")
@require_POST
def sheet(request: access.Request, person_id: UUID) -> HttpResponse:
    """The paper, in the person's language. The code comes with the press, from the page that shows it: it is kept nowhere."""
    pack, code = _pack(request, person_id), request.POST.get("code", "")
    if not records.is_code_of(pack=pack, code=code):
        raise Http404
    person = queries.person(actor=request.actor, person_id=person_id)
    plain = rules.plain_code(code)
    printed = papers.leaver_sheet(
        first_name=person.name.split()[0], giver=request.firm.name, last_day=pack.last_day, code=rules.shown_code(plain),
        link=_address(request, reverse("leaver", args=[plain])), typed=_address(request, reverse("leaver-code")),
        page=_address(request, reverse("my-open")), expires_on=timezone.localdate(pack.expires_at),
        inside=[
            papers.Inside(one.title, _address(request, reverse("verify", args=[one.id])))
            for one in records.pack_contents(pack_id=pack.id)
        ],
        language=person.language,
    )  # fmt: skip
    name = content_disposition_header(as_attachment=True, filename=f"{person.name}.pdf") or ""
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return HttpResponse(printed, content_type="application/pdf", headers=headers)


@access.signed_in(action="people.change")
@require_POST
def undo(request: access.Request, person_id: UUID) -> HttpResponse:
    """Take everything back, while nobody has opened it."""
    pack = _pack(request, person_id)
    try:
        leaving.undo(actor=request.actor, pack_id=pack.id, now=request.now, at=timezone.now())
    except records.CannotPack as error:
        messages.error(request, words.sentence(error.code, error.facts))
    else:
        messages.success(request, _("Taken back. They are on your list as before."))
    return redirect("person", person_id)


@access.signed_in(action="proof.give")
def moved(request: access.Request, person_id: UUID) -> HttpResponse:
    """They have changed places: a proof of what they did until now, if somebody wants to give it."""
    found = queries.person(actor=request.actor, person_id=person_id)
    stints = leaving.before(actor=request.actor, person_id=found.id)
    if not stints:
        return redirect("person", found.id)
    if request.method == "POST":
        key = f"moved:{request.POST.get('request_key', '') or uuid.uuid4()}"[:80]
        issued = leaving.give_until_now(actor=request.actor, person_id=found.id, request_key=key, now=request.now)
        return redirect("proof-hand-over", issued.id)
    context = {"person": found, "stints": stints, "request_key": uuid.uuid4()}
    return render(request, "people/moved.html", context)


def _form(request: access.Request, person: Any, *, data: Any) -> LeavingForm:
    initial = {
        "last": person.left_on or request.today,
        "first": leaving.first_day(actor=request.actor, person_id=person.id),
        "request_key": uuid.uuid4(),
    }
    return LeavingForm(data, initial=initial, lacks_title=leaving.lacks_title(actor=request.actor, person_id=person.id))


def _page(request: access.Request, person: Any, form: LeavingForm) -> HttpResponse:
    places = [one for one in queries.assignments(actor=request.actor, person_id=person.id) if one.position]
    context = {"form": form, "person": person, "places": places, "today": request.today}
    return render(request, "people/leave.html", context, status=400 if form.errors else 200)


def _only_day(request: access.Request, person: Any, form: LeavingForm) -> HttpResponse:
    operations.leave(actor=request.actor, person_id=person.id, last=form.cleaned_data["last"], now=request.now)
    messages.success(request, _("Saved. Their proofs stay with them."))
    return redirect("person", person.id)


def _preview(request: access.Request, form: LeavingForm, plan: leaving.Plan) -> HttpResponse:
    asked = form.asked()
    context = {
        "person": plan.person,
        "plan": plan,
        "asked": asked,
        "told": plan.history.said(giver=request.firm.name, language=plan.person.language, on=request.today),
        "title": plan.history.title(giver=request.firm.name),
        "later": asked.last > request.today,
        "fields": form.carried(),
    }
    return render(request, "people/leave_preview.html", context)


def _given(request: access.Request, given: leaving.Given) -> HttpResponse:
    person = queries.person(actor=request.actor, person_id=given.pack.person_id)
    link = _address(request, reverse("leaver", args=[rules.plain_code(given.code)]))
    with translation.override(person.language):
        text = _("%(firm)s has your proofs and your work history for you: %(link)s") % {
            "firm": request.firm.name,
            "link": link,
        }
    home = _address(request, "")
    context = {
        "person": person,
        "first_name": person.name.split()[0],
        "pack": given.pack,
        "code": given.code,
        "pin": given.pin,
        "link": link,
        "type_at": _address(request, reverse("leaver-code")),
        "text": text,
        "language": person.language,
        "sms": f"sms:{_dialled(person.phone)}?&body={quote(text)}",
        "qr": "data:image/svg+xml;base64," + base64.b64encode(pictures.qr_svg(text=link).encode()).decode(),
        "only_here": addresses.only_here(url=home),
        "local": not request.firm.base_url,
    }
    response = render(request, "people/leave_given.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _pack(request: access.Request, person_id: UUID) -> Any:
    found = packs.pack_of(actor=request.actor, person_id=person_id)
    if found is None:
        raise Http404
    return found


def _put(error: DomainError, form: LeavingForm) -> None:
    field = _FIELDS.get(error.code)
    if error.code.startswith("text."):  # the word that must go stands in one of them
        quoted = error.facts.get("words", "")
        field = next((name for name in ("duties", "hours", "title", "site") if quoted in str(form.data.get(name, ""))), None)
    outcome.put(error=error, form=form, field=field)


def _address(request: access.Request, path: str) -> str:
    return addresses.full(request=request, base_url=request.firm.base_url, path=path)


def _dialled(phone: str) -> str:
    return "".join(character for character in phone if character.isdecimal() or character == "+")
