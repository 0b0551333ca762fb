"""What a firm asks for: every item, its rule, who needs it, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.edges.web import access, asking, signing
from skillmark.edges.web.forms import once
from skillmark.edges.web.forms.items import HeadCountForm, ItemForm, NeedForm, RuleForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.people import queries as people
from skillmark.rooms.people import rules as roles
from skillmark.rooms.skills import operations, queries
from skillmark.rooms.skills.rules import SINCE_ALWAYS
from skillmark.rooms.talent import operations as talent


@access.signed_in(action="board.read")
def items(request: access.Request) -> HttpResponse:
    """Everything that the firm asks for, and of whom."""
    return render(request, "items/items.html", {"lines": asking.lines(request), "may_change": _may(request)})


@access.signed_in(action="item.change")
def new(request: access.Request) -> HttpResponse:
    """Add an item; its rule is asked for on the next page."""
    form = ItemForm(access.posted(request), initial={"kind": "card"})
    names = [name for one in queries.items(actor=request.actor) for name in one.names.values()]
    if request.method == "POST" and form.is_valid() and once.is_new(form, names=names):
        data = form.cleaned_data
        try:
            made = operations.add_item(
                actor=request.actor, kind=data["kind"], names=_names(data), shows=_one_language(data["shows"]),
                look_up=data["look_up"], leveled=data["leveled"], starts=SINCE_ALWAYS, now=request.now,
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Added. Now say how long it counts and who needs it."))
            return redirect("item-rule", made.id)
    return render(request, "items/new.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in(action="board.read")
def item(request: access.Request, item_id: UUID) -> HttpResponse:
    """One item: its rule in words, who needs it, what explains it."""
    found = queries.item(actor=request.actor, item_id=item_id)
    shown = {"may_change": _may(request), "signing": signing.of_item(actor=request.actor, item=found)}
    return render(request, "items/item.html", asking.item(request, found) | shown)


@access.signed_in(action="item.change")
def edit(request: access.Request, item_id: UUID) -> HttpResponse:
    """Change what an item is called and shows."""
    found = queries.item(actor=request.actor, item_id=item_id)
    language, other = _languages()
    initial = {
        "name": found.names.get(language) or str(found), "other_name": found.names.get(other, ""), "kind": found.kind,
        "shows": found.shows.get(language, ""), "look_up": found.look_up, "leveled": found.leveled,
    }  # fmt: skip
    form = ItemForm(access.posted(request), initial=initial)
    del form.fields["kind"], form.fields["leveled"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.change_item(
                actor=request.actor, item_id=item_id, names=_names(data), look_up=data["look_up"],
                shows={**found.shows, **_one_language(data["shows"])}, now=request.now,
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Saved."))
            return redirect("item", item_id)
    return render(request, "items/edit.html", {"form": form, "item": found}, status=400 if form.errors else 200)


@access.signed_in(action="item.change")
def rule(request: access.Request, item_id: UUID) -> HttpResponse:
    """Change an item's rule from a day on."""
    found = queries.item(actor=request.actor, item_id=item_id)
    now_in_force = queries.rule(actor=request.actor, item_id=item_id, on=request.today, known_at=request.now)
    form = RuleForm(access.posted(request), initial=asking.initial(now_in_force) | {"starts": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_rule(
                actor=request.actor, item_id=item_id, starts=form.cleaned_data["starts"], now=request.now, **form.rule()
            )
        except DomainError as error:
            outcome.put(error=error, form=form)
        else:
            messages.success(request, _("Saved."))
            return redirect("item", item_id)
    return render(request, "items/rule.html", {"form": form, "item": found}, status=400 if form.errors else 200)


@access.signed_in(action="item.change")
def need(request: access.Request, item_id: UUID) -> HttpResponse:
    """Say who needs an item, and why."""
    found = queries.item(actor=request.actor, item_id=item_id)
    initial = {"must": True, "whom": request.GET.get("whom", "everyone")}
    form = NeedForm(access.posted(request), whom=asking.whom(request), leveled=found.leveled, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        target, _sep, target_id = data["whom"].partition(":")
        try:
            talent.require(
                actor=request.actor, item_id=item_id, target=target, must=data["must"], level=data.get("level"),
                position_id=UUID(target_id) if target == "position" else None,
                site_id=UUID(target_id) if target == "site" else None,
                why=_one_language(data["why"]), starts=SINCE_ALWAYS, now=request.now,
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form)
        else:
            messages.success(request, _("Saved."))
            return redirect("item", item_id)
    return render(request, "items/need.html", {"form": form, "item": found}, status=400 if form.errors else 200)


@access.signed_in(action="item.change")
@require_POST
def stop_need(request: access.Request, item_id: UUID, requirement_id: UUID) -> HttpResponse:
    """From today on, whom it was asked of need not have it."""

    last = request.today - timedelta(days=1)
    talent.stop_requiring(actor=request.actor, requirement_id=requirement_id, last=last, now=request.now)
    messages.success(request, _("From today on it is not asked for there. Earlier days keep it."))
    return redirect("item", item_id)


@access.signed_in(action="item.change")
def head_count(request: access.Request, item_id: UUID) -> HttpResponse:
    """Say how many people with this item each shift needs."""
    found = queries.item(actor=request.actor, item_id=item_id)
    sites = [(str(one.id), one.name) for one in people.sites(actor=request.actor)]
    shifts = [(str(one.id), one.name) for one in people.shifts(actor=request.actor)]
    form = HeadCountForm(access.posted(request), sites=sites, shifts=shifts)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            talent.require_head_count(
                actor=request.actor, item_ids=[item_id], n=data["n"], starts=SINCE_ALWAYS, now=request.now,
                site_id=UUID(data["site"]) if data["site"] else None, shift_id=UUID(data["shift"]) if data["shift"] else None,
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form)
        else:
            messages.success(request, _("Saved."))
            return redirect("item", item_id)
    return render(request, "items/head_count.html", {"form": form, "item": found}, status=400 if form.errors else 200)


@access.signed_in(action="item.change")
@require_POST
def stop_head_count(request: access.Request, item_id: UUID, head_count_id: UUID) -> HttpResponse:
    """From today on no number is asked for; the days before keep it."""
    last = request.today - timedelta(days=1)
    talent.stop_head_count(actor=request.actor, head_count_id=head_count_id, last=last, now=request.now)
    messages.success(request, _("Saved."))
    return redirect("item", item_id)


@access.signed_in(action="item.change")
def archive(request: access.Request, item_id: UUID) -> HttpResponse:
    """Take an item off the board, after asking."""
    found = queries.item(actor=request.actor, item_id=item_id)
    if request.method == "POST":
        operations.archive_item(actor=request.actor, item_id=item_id, now=request.now)
        messages.success(request, _("Taken off the board. What people hold of it is kept."))
        return redirect("items")
    return render(request, "items/archive.html", {"item": found})


def _may(request: access.Request) -> bool:
    return roles.may(request.actor, "item.change")


def _languages() -> tuple[str, str]:
    return ("es", "en") if (translation.get_language() or "en").startswith("es") else ("en", "es")


def _names(data: dict[str, Any]) -> dict[str, str]:
    language, other = _languages()
    return {language: data["name"], other: data["other_name"]}


def _one_language(text: str) -> dict[str, str]:
    return {_languages()[0]: text.strip()} if text.strip() else {}
