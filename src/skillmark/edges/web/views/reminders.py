"""Remind people of their cards: look at what each would read, then send it, text it, show a code or print slips.

Nothing leaves before a button is pressed. What was asked, how, and what came of it is on the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from skillmark.desks import notices, papers, pictures, reminding
from skillmark.edges.web import access, addresses, remind
from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people.rules import may, shown_code
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent

KEPT = timedelta(days=60)
"""How long a request stays on the list."""

MAIL_TAKES = timedelta(hours=24)
"""How long an e-mail is tried."""


@dataclass(frozen=True)
class Line:
    """One person with what they would read; `link` stands where the real one will be."""

    to: reminding.Recipient
    text: str
    mail: notices.Message
    first_name: str


@dataclass(frozen=True)
class Asked:
    """One request on the list. `state` is a sign: ok, due, unk."""

    ask: Any
    item: str
    state: str
    says: str
    open: bool


@access.signed_in(action="reminder.send")
def reminders(request: access.Request) -> HttpResponse:
    """Whom was asked for what, and what came of it; and the ways that need no pressing."""
    language = translation.get_language() or "en"
    recent = [one for one in queries.asks(actor=request.actor) if one.made_at > request.now - KEPT]
    plan = queries.reminder_plan(actor=request.actor)
    shown = {
        "asked": [_asked(one, request, language) for one in recent],
        "plan": plan,
        "owner": may(request.actor, "settings.change"),
        "posters": len(queries.posters(actor=request.actor)),
        "handed_in": queries.poster_photos(actor=request.actor),
        "feeds": len(queries.feeds(actor=request.actor)),
    }
    return render(request, "reminders/reminders.html", shown)


@access.signed_in(action="reminder.send")
def new(request: access.Request) -> HttpResponse:
    """Look at what each person would read; a press sends it, or makes the text, the code or the slips."""
    pairs = _pairs(request, request.POST if request.method == "POST" else request.GET)
    chosen = reminding.recipients(actor=request.actor, pairs=pairs, on=request.today)
    way = request.POST.get("way", "") if request.method == "POST" else ""
    if way == "email" and chosen:
        return _send(request, chosen)
    if way == "print" and chosen:
        return _print(request, chosen)
    if way in {"text", "qr"} and chosen:
        return _hand_out(request, chosen, way)
    return render(request, "reminders/new.html", _preview(request, chosen))


@require_POST
@access.signed_in(action="reminder.send")
def close(request: access.Request, ask_id: UUID) -> HttpResponse:
    """Take a request back: its link opens nothing any more."""
    operations.close_ask(actor=request.actor, ask_id=ask_id, now=request.now)
    messages.success(request, _("Taken back. The link no longer works."))
    return redirect("reminders")


def _pairs(request: access.Request, data: QueryDict) -> list[tuple[UUID, UUID]]:
    """(person, item) of everything that was ticked: `ask=person:item`, or `person` and `item`, or all that a person lacks;
    with `all`, of whatever Home counts."""
    if "all" in data:
        every = remind.due(board=talent.board(actor=request.actor, on=request.today))
        return [(one.person.id, one.column.id) for one in every[: remind.AT_ONCE]]
    try:
        ticked = [one.partition(":") for one in data.getlist("ask")]
        pairs = [(UUID(person), UUID(item)) for person, _colon, item in ticked]
        person, item = str(data.get("person", "")), str(data.get("item", ""))
        person_id = UUID(person) if person else None
        if person_id is not None and item:
            pairs.append((person_id, UUID(item)))
        elif person_id is not None:
            pairs += reminding.all_due(actor=request.actor, person_id=person_id, on=request.today)
    except ValueError:
        raise NotFound from None
    return list(dict.fromkeys(pairs))


def _preview(request: access.Request, chosen: Sequence[reminding.Recipient]) -> dict[str, Any]:
    can_mail = notices.is_set_up() and not request.firm.sample
    by_email = [one for one in chosen if one.by_email] if can_mail else []
    by_text = [one for one in chosen if one.by_text]
    unreached = [one for one in chosen if not (one.by_email or one.by_text)]
    here = addresses.full(request=request, base_url=request.firm.base_url, path="/u/") + "…"
    return {
        "lines": [_line(request, one, here) for one in chosen],
        "asks": _values(chosen),
        "by_email": len(by_email),
        "by_text": len(by_text),
        "unreached": len(unreached),
        "unreached_asks": _values(unreached),
        "waiting": any(card.waits for one in chosen for card in one.cards),
        "is_set_up": notices.is_set_up(),
        "only_here": addresses.only_here(url=here),
    }


def _line(request: access.Request, one: reminding.Recipient, link: str) -> Line:
    wanted = [notices.Wanted(card.name, card.ends, link) for card in one.cards]
    text = notices.photo_wanted_text(
        language=one.person.language, firm=request.firm.name, wanted=wanted, on=request.today
    )  # fmt: skip
    mail = notices.photo_wanted(
        to=one.person.email, name=one.person.name, language=one.person.language, firm=request.firm.name, wanted=wanted,
        on=request.today, stop_link=f"{link}/stop",
    )  # fmt: skip
    return Line(one, text, mail, one.person.name.split()[0])


def _send(request: access.Request, chosen: Sequence[reminding.Recipient]) -> HttpResponse:
    """Wish for one e-mail a person; those whom it cannot reach stay on the page."""
    sent = [one for one in chosen if one.by_email]
    if not notices.is_set_up() or not sent:
        messages.error(request, _("E-mail isn’t set up, so we can’t send it for you. Share it one of these ways."))
        return redirect(f"{reverse('reminder-new')}?{urlencode({'ask': _values(chosen)}, doseq=True)}")
    with transaction.atomic():
        for one in sent:
            made = [
                operations.ask(
                    actor=request.actor, person_id=one.person.id, item_id=card.item_id, now=request.now, ends=card.ends
                )[0].id
                for card in one.cards
            ]
            operations.ask_by_email(actor=request.actor, person_id=one.person.id, ask_ids=made, now=request.now)
    said = ngettext("On its way to %(count)s person.", "On its way to %(count)s people.", len(sent))
    messages.success(request, said % {"count": len(sent)})
    rest = [one for one in chosen if not one.by_email]
    if rest:
        return redirect(f"{reverse('reminder-new')}?{urlencode({'ask': _values(rest)}, doseq=True)}")
    return redirect("reminders")


def _hand_out(request: access.Request, chosen: Sequence[reminding.Recipient], way: str) -> HttpResponse:
    """Links as texts ready to send from one's own phone, or as codes to scan from this screen. They are shown this once."""
    to = [one for one in chosen if one.by_text] if way == "text" else list(chosen)
    made = []
    for one in to:
        links = [
            (card, _link(request, code))
            for card, code in reminding.with_links(actor=request.actor, chosen=one, channel=way, now=request.now)
        ]
        wanted = [notices.Wanted(card.name, card.ends, link) for card, link in links]
        text = notices.photo_wanted_text(
            language=one.person.language, firm=request.firm.name, wanted=wanted, on=request.today
        )  # fmt: skip
        made.append(
            {
                "to": one,
                "text": text,
                # RFC 5724, in the one form that both kinds of phones fill in.
                "sms": f"sms:{_dialled(one.person.phone)}?&body={quote(text)}",
                "codes": [(card, link, pictures.qr_svg(text=link)) for card, link in links] if way == "qr" else [],
            }
        )
    rest = [one for one in chosen if one not in to]
    shown = {"way": way, "made": made, "rest": len(rest), "rest_asks": _values(rest)}
    return render(request, "reminders/made.html", shown)


def _print(request: access.Request, chosen: Sequence[reminding.Recipient]) -> HttpResponse:
    """One slip a card, in each worker's language."""
    items = {one.id: one.names for one in skills.items(actor=request.actor, archived=True)}
    slips = []
    for one in chosen:
        for card, code in reminding.with_links(actor=request.actor, chosen=one, channel="print", now=request.now):
            typed = _link(request, shown_code(code))
            slips.append(
                papers.Slip(
                    person=one.person.name.split()[0], language=one.person.language, item=items[card.item_id],
                    ends=card.ends, link=_link(request, code), typed=urlsplit(typed).netloc + urlsplit(typed).path,
                    good_until=(request.now + operations.ASK_LIFE).date(),
                )
            )  # fmt: skip
    language = translation.get_language() or "en"
    response = HttpResponse(
        papers.reminder_slips(slips=slips, firm=request.firm.name, language=language), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'attachment; filename="slips.pdf"'
    return response


def _asked(one: Any, request: access.Request, language: str) -> Asked:
    item = label(one.item.names, language=language)
    if one.used_at is not None:
        return Asked(one, item, "ok", _("Photo handed in"), False)
    if one.closed_at is not None:
        return Asked(one, item, "unk", _("Taken back"), False)
    if one.expires_at <= request.now:
        return Asked(one, item, "unk", _("Link too old"), False)
    if one.sent_at is None:  # only e-mail takes its time
        waits = request.now - one.made_at < MAIL_TAKES
        return Asked(one, item, "unk" if waits else "warn", _("On its way") if waits else _("Could not be sent"), True)
    return Asked(one, item, "due", _("No answer yet"), True)


def _link(request: access.Request, code: str) -> str:
    return addresses.full(request=request, base_url=request.firm.base_url, path=f"/u/{code}")


def _values(chosen: Sequence[reminding.Recipient]) -> list[str]:
    return [f"{one.person.id}:{card.item_id}" for one in chosen for card in one.cards]


def _dialled(phone: str) -> str:
    return "".join(character for character in phone if character.isdecimal() or character == "+")
