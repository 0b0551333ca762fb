"""Give a proof: what for, who gets it, look at it as they will, give."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import previews
from skillmark.edges.web import access, kinds
from skillmark.edges.web.forms.give import SOMEONE_NEW, WhoForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people import rules as people_rules

STEPS = 3


@access.signed_in(action="proof.give")
def pick(request: access.Request) -> HttpResponse:
    """What is it for? The firm's own kinds first, then the ready-made ones, or one's own."""
    templates = queries.templates(actor=request.actor)
    name = request.firm.name
    ours = [one for one in templates if one.item_id is None]
    mine = [kinds.own(template=template, language=kinds.spoken(), giver=name) for template in ours]
    offered = kinds.trades(without={template.ready_key for template in templates}, giver=name)
    context = {"mine": mine, "trades": offered, "person": _person_asked(request), "steps": STEPS}
    context["signed_off"] = len(templates) - len(ours)
    context["may_make"] = people_rules.may(request.actor, "template.change")
    return render(request, "give/pick.html", context)


@access.signed_in(action="proof.give")
def who(request: access.Request, template: str) -> HttpResponse:
    """Who gets it, and what was seen."""
    kind = _kind(request, template)
    form = _form(request, kind, data=None, person=_chosen_person(request))
    return _who_page(request, kind, form)


@access.signed_in(action="proof.give")
def preview(request: access.Request, template: str) -> HttpResponse:
    """Exactly what the person will see, in their language. Nothing is given yet."""
    if request.method != "POST":
        return redirect("give-who", template)
    kind = _kind(request, template)
    form = _form(request, kind, data=request.POST)
    if not form.is_valid():
        return _who_page(request, kind, form)
    receiver = _receiver(request, form)
    if not form.is_valid():
        return _who_page(request, kind, form)
    data = form.cleaned_data
    language = receiver.language if receiver is not None else data["language"]
    with translation.override(language):
        answer = previews.preview(
            actor=request.actor, key=kind.key if kind.ready else uuid.UUID(kind.key), language=language,
            person_name=receiver.name if receiver is not None else data["name"], level=data.get("level"),
            observed_on=data["observed_on"], note=data["note"], now=request.now,
        )  # fmt: skip
    assert answer.proof is not None  # it has a title
    level = f"{data['level']} {answer.proof.level}" if answer.proof.level else ""
    context = {
        "kind": kind,
        "form": form,
        "receiver": receiver,
        "language": language,
        "proof": replace(answer.proof, level=level),
        "answer": answer,
        "checked_at": request.now,
        "who": str(receiver.id) if receiver is not None else data["who"],
        "fields": _carried(form, receiver, namesakes=_namesakes(request, data["name"])),
        "steps": STEPS,
    }
    return render(request, "give/preview.html", context)


@access.signed_in(action="proof.give")
def back(request: access.Request, template: str) -> HttpResponse:
    """From the preview back to the form, with everything that was typed."""
    if request.method != "POST":
        return redirect("give-who", template)
    kind = _kind(request, template)
    return _who_page(request, kind, _form(request, kind, data=request.POST))


@access.signed_in(action="proof.give")
def done(request: access.Request, template: str) -> HttpResponse:
    """Give it: once, however often the button is pressed."""
    if request.method != "POST":
        return redirect("give-who", template)
    kind = _kind(request, template)
    form = _form(request, kind, data=request.POST)
    if not form.is_valid():
        return _who_page(request, kind, form)
    receiver = _receiver(request, form)
    if not form.is_valid():
        return _who_page(request, kind, form)
    data, now = form.cleaned_data, request.now
    try:
        if receiver is None:
            receiver = people_operations.add_person(
                actor=request.actor,
                name=data["name"],
                phone=data["phone"],
                email=data["email"],
                language=data["language"],
                now=now,
            )
        template_id = _own_template(request, kind)
        issued = credentials.give(
            actor=request.actor,
            person_id=receiver.id,
            template_id=template_id,
            level=data.get("level"),
            observed_on=data["observed_on"],
            note=data["note"],
            request_key=str(data["request_key"] or uuid.uuid4()),
            now=now,
        )
    except DomainError as error:
        outcome.put(error=error, form=form, field=error.code.rsplit(".", 1)[-1].split("_", 1)[0])
        return _who_page(request, kind, form)
    return redirect("proof-hand-over", issued.id)


def _kind(request: access.Request, template: str) -> kinds.Kind:
    """The firm's own kind by id, or a ready-made one by key; anything else is not there."""
    language, giver = kinds.spoken(), request.firm.name
    try:
        template_id = uuid.UUID(template)
    except ValueError:
        for one in queries.ready():
            if one.key == template:
                return kinds.ready(kind=one, language=language, giver=giver)
        raise Http404 from None
    found = queries.template(actor=request.actor, template_id=template_id)
    if found.item_id is not None:  # a skill becomes a proof by signing off what was seen, as often as it asks for
        raise Http404
    return kinds.own(template=found, language=language, giver=giver)


def _own_template(request: access.Request, kind: kinds.Kind) -> uuid.UUID:
    if not kind.ready:
        return uuid.UUID(kind.key)
    made: uuid.UUID = credentials.add_ready_template(actor=request.actor, key=kind.key, now=request.now).id
    return made


def _form(request: access.Request, kind: kinds.Kind, *, data: Any, person: Any = None) -> WhoForm:
    today: date = request.today
    initial = {
        "name": person.name if person is not None else "",
        "who": str(person.id) if person is not None else "",
        "observed_on": today,
        "language": person.language if person is not None else request.firm.language,
        "request_key": uuid.uuid4(),
    }
    return WhoForm(data, initial=initial, level_asked=kind.level_asked, today=today, spoken=kinds.spoken())


def _who_page(request: access.Request, kind: kinds.Kind, form: WhoForm) -> HttpResponse:
    chosen = _by_id(request, str(form["who"].value() or ""))
    context = {
        "kind": kind,
        "form": form,
        "chosen": chosen,
        "people": people.people(actor=request.actor) if chosen is None else [],
        "steps": STEPS,
    }
    return render(request, "give/who.html", context, status=400 if form.errors else 200)


def _receiver(request: access.Request, form: WhoForm) -> Any:
    """The person on the list whom the form means, or None for someone new. Adds an error when that cannot be told.

    A person who came onto the list under this name after the preview was shown was added by the same press.
    """
    data = form.cleaned_data
    if data["who"] and data["who"] != SOMEONE_NEW:
        chosen = _by_id(request, data["who"])
        if chosen is not None:
            return chosen
    same = _namesakes(request, data["name"])
    if data["who"] == SOMEONE_NEW:
        fresh = [one for one in same if one.id not in data["known"]] if form.data.get("previewed") else []
        return fresh[0] if fresh else None
    if len(same) > 1:
        form.ask_which(people=[(str(one.id), f"{one.name} – {_reach(one)}") for one in same])
        return None
    return same[0] if same else None


def _namesakes(request: access.Request, name: str) -> list[Any]:
    """Everyone on the list with exactly this name, whatever its case."""
    return [one for one in people.people(actor=request.actor, search=name) if one.name.casefold() == name.casefold()]


def _reach(person: Any) -> str:
    return str(person.phone or person.email or _("no phone or e-mail"))


def _by_id(request: access.Request, text: str) -> Any:
    try:
        return people.person(actor=request.actor, person_id=uuid.UUID(text))
    except (ValueError, NotFound):
        return None


def _chosen_person(request: access.Request) -> Any:
    return _by_id(request, request.GET.get("person", ""))


def _person_asked(request: access.Request) -> str:
    """The person for whom a kind is being picked, to be handed on in the links; empty when nobody is chosen yet."""
    chosen = _chosen_person(request)
    return str(chosen.id) if chosen is not None else ""


def _carried(form: WhoForm, receiver: Any, *, namesakes: list[Any]) -> list[tuple[str, str]]:
    """What the preview hands on to the press, as hidden fields."""
    data = form.cleaned_data
    return [
        ("name", data["name"]),
        ("phone", data["phone"]),
        ("email", data["email"]),
        ("language", data["language"]),
        ("level", str(data.get("level") or "")),
        ("observed_on", data["observed_on"].isoformat()),
        ("note", data["note"]),
        ("known", ",".join(str(one.id) for one in namesakes)),
        ("request_key", str(data["request_key"] or uuid.uuid4())),
        ("previewed", "yes"),
    ]
