"""People who start soon: ask each for what the job needs, see what came and how long it took, settle what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from skillmark.desks import papers, pictures, starting
from skillmark.edges.web import access, addresses, persons
from skillmark.edges.web.forms.starting import SettleForm, SlipForm, StarterForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import operations as staff
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent import operations, queries, rules
from skillmark.rooms.talent.rules import Standing, Turn

_SAID: dict[Standing, tuple[str, Promise]] = {
    Standing.MADE: ("unk", gettext_lazy("Not opened yet")),
    Standing.OPENED: ("due", gettext_lazy("Opened")),
    Standing.BEGUN: ("due", gettext_lazy("Begun")),
    Standing.COMPLETE: ("ok", gettext_lazy("Nothing left to bring")),
    Standing.TOO_OLD: ("warn", gettext_lazy("Link too old")),
    Standing.CLOSED: ("unk", gettext_lazy("Taken back")),
}


@dataclass(frozen=True)
class Listed:
    """One list as the firm sees it. `here` of `asked` need nothing more of the person; `took` are facts in words."""

    list: Any
    sign: str
    says: str
    asked: int
    here: int
    doubts: int
    took: tuple[str, ...]


@access.signed_in(action="reminder.send")
def lists(request: access.Request) -> HttpResponse:
    """Everybody who was asked, and who starts soon and was not."""
    found = queries.start_lists(actor=request.actor)
    listed = [_listed(request, one) for one in found]
    asked = {one.person_id for one in found}
    soon = [
        one
        for one in people.people(actor=request.actor, here_on=request.today)
        if one.hired_on is not None and one.hired_on > request.today and one.id not in asked
    ]
    return render(request, "starting/lists.html", {"listed": listed, "soon": soon})


@access.signed_in(action="people.change")
def new(request: access.Request) -> HttpResponse:
    """A new person in one form, and on to what the job needs."""
    places = persons.choices(actor=request.actor)
    form = StarterForm(
        access.posted(request), places=places, site_required=request.actor.sites is not None,
        initial={"language": request.firm.language},
    )  # fmt: skip
    namesakes: list[Any] = []
    if request.method == "POST" and form.is_valid():
        namesakes = people.namesakes(actor=request.actor, name=form.cleaned_data["name"])
        if not form.doubt(namesakes):
            try:
                person = staff.add_person(actor=request.actor, now=request.now, **form.facts())  # type: ignore[arg-type]
            except DomainError as error:
                outcome.put(error=error, form=form, field="name")
            else:
                return redirect("start-list-new", person.id)
    told = persons.told_apart(actor=request.actor, people=namesakes, on=request.today, now=request.now)
    return render(request, "starting/new.html", {"form": form, "namesakes": told}, status=400 if form.errors else 200)


@access.signed_in(action="reminder.send")
def ask(request: access.Request, person_id: UUID) -> HttpResponse:
    """What the position needs on the first day and what is there already; a press makes the link. Nothing is sent."""
    person = people.person(actor=request.actor, person_id=person_id)
    starts_on = max(person.hired_on or request.today, request.today)
    if request.method == "POST":
        made, token = operations.start_list(actor=request.actor, person_id=person_id, now=request.now)
        return _made(request, made, token)
    lines = starting.preview(actor=request.actor, person_id=person.id, on=starts_on, language=persons.language())
    context = {
        "person": person, "starts_on": starts_on, "missing": [one for one in lines if one.turn is Turn.ASKED],
        "there": [one for one in lines if one.turn is not Turn.ASKED],
        "before": queries.start_lists(actor=request.actor, person_id=person.id),
        "left": person.left_on is not None and person.left_on < request.today,
    }  # fmt: skip
    return render(request, "starting/ask.html", context)


@access.signed_in(action="reminder.send")
def one(request: access.Request, start_list_id: UUID) -> HttpResponse:
    """One list: each item, what came, and what somebody has to settle."""
    found = queries.start_list(actor=request.actor, start_list_id=start_list_id)
    lines = starting.listed(actor=request.actor, found=found, language=persons.language(), now=request.now)
    context = {
        "listed": _listed(request, found), "lines": lines, "person": found.person, "all_checks": not request.actor.sites,
        "histories": starting.histories(actor=request.actor, found=found),
        "open": rules.standing(of=found, now=request.now) not in (Standing.COMPLETE, Standing.CLOSED),
    }  # fmt: skip
    return render(request, "starting/one.html", context)


@require_POST
@access.signed_in(action="reminder.send")
def link(request: access.Request, start_list_id: UUID) -> HttpResponse:
    """A new link: the one before opens nothing any more."""
    made, token = operations.renew_start_list(actor=request.actor, start_list_id=start_list_id, now=request.now)
    return _made(request, made, token)


@require_POST
@access.signed_in(action="reminder.send")
def slip(request: access.Request, start_list_id: UUID) -> HttpResponse:
    """The same link on paper."""
    found = queries.start_list(actor=request.actor, start_list_id=start_list_id)
    form = SlipForm(request.POST)
    if not form.is_valid() or queries.start_list_behind(token=form.cleaned_data["token"]).id != found.id:
        raise NotFound
    address = _address(request, form.cleaned_data["token"])
    pdf = papers.start_slip(
        person=found.person.name.split()[0], firm=request.firm.name, count=len(found.items), link=address,
        typed=urlsplit(address).netloc + urlsplit(address).path, good_until=found.expires_at.date(),
        language=found.person.language,
    )  # fmt: skip
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="slip.pdf"'
    return response


@require_POST
@access.signed_in(action="reminder.send")
def close(request: access.Request, start_list_id: UUID) -> HttpResponse:
    """Take a list back: its link opens nothing any more."""
    operations.close_start_list(actor=request.actor, start_list_id=start_list_id, now=request.now)
    messages.success(request, _("Taken back. The link no longer works. What came stays."))
    return redirect("start-lists")


@require_POST
@access.signed_in(action="evidence.change")
def settle(request: access.Request, brought_id: UUID) -> HttpResponse:
    """Yes, it is this person's and what was asked for; or no."""
    queries.brought(actor=request.actor, brought_id=brought_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        raise NotFound
    fits = form.cleaned_data["fits"] == "yes"
    found = starting.settle(actor=request.actor, brought_id=brought_id, fits=fits, now=request.now)
    messages.success(request, _("Noted. We check it again every day.") if fits else _("Taken off. It is asked for again."))
    return redirect("start-list", found.start_list_id)


def _made(request: access.Request, made: Any, token: str) -> HttpResponse:
    """The link, shown this once: as a code, a text from one's own phone, and paper."""
    address = _address(request, token)
    person = made.person
    with translation.override(person.language):
        text = ngettext(
            "%(name)s, %(firm)s asks for %(count)s thing before your first day. See and bring it here: %(link)s",
            "%(name)s, %(firm)s asks for %(count)s things before your first day. See and bring them here: %(link)s",
            len(made.items),
        ) % {"name": person.name.split()[0], "firm": request.firm.name, "count": len(made.items), "link": address}
    dialled = "".join(character for character in person.phone if character.isdecimal() or character == "+")
    context = {
        "made": made, "person": person, "link": address, "token": token, "text": text, "qr": pictures.qr_svg(text=address),
        # RFC 5724, in the one form that both kinds of phones fill in.
        "sms": f"sms:{dialled}?&body={quote(text)}", "only_here": addresses.only_here(url=address),
    }  # fmt: skip
    return render(request, "starting/made.html", context)


def _address(request: access.Request, token: str) -> str:
    return addresses.full(request=request, base_url=request.firm.base_url, path=f"/start/{token}")


def _listed(request: access.Request, found: Any) -> Listed:
    turns = _turns(request.actor, found, request)
    sign, says = _SAID[rules.standing(of=found, now=request.now)]
    doubts = sum(bool(brought.doubt) and brought.settled_at is None for brought in found.brought.all())
    here = sum(turn in (Turn.HERE, Turn.FIRM) for turn in turns)
    return Listed(found, sign, str(says), len(turns), here, doubts, _took(found))


def _turns(actor: Actor, found: Any, request: access.Request) -> list[Turn]:
    return list(queries.turns(actor=actor, found=found, now=request.now).values())


def _took(found: Any) -> tuple[str, ...]:
    """Facts, and nobody's merit: a firm that asks late waits longer."""
    told = []
    if found.opened_at is not None:
        told.append(_("Opened after %(time)s") % {"time": in_words(found.opened_at - found.made_at)})
    if found.answered_at is not None:
        told.append(_("first thing came after %(time)s") % {"time": in_words(found.answered_at - found.made_at)})
    if found.complete_at is not None:
        told.append(_("all there after %(time)s") % {"time": in_words(found.complete_at - found.made_at)})
    return tuple(told)


def in_words(took: timedelta) -> str:
    """A span in its largest unit: "4 minutes", "3 hours", "2 days"."""
    minutes = max(1, round(took.total_seconds() / 60))
    if minutes < 120:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = round(hours / 24)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
