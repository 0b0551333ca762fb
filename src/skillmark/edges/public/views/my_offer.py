"""Take a proof that somebody else offers: look at the offer, then take it. Opening a link does nothing by itself."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from credcore.oid4vc import offers
from credcore.oid4vc.offers import CredentialOffer
from credcore.oid4vc.tokens import Token
from skillmark.desks import other_apps, words
from skillmark.desks.checking import fetching
from skillmark.desks.other_apps import CannotTakeOffer, Interrupted, Taken
from skillmark.edges.public import door
from skillmark.edges.public.forms.apps import OfferForm, TakeForm
from skillmark.edges.public.views.record import own
from skillmark.rooms.people.rules import Actor

LASTS = 3600  # seconds between looking and taking


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def my_offer(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Paste a link, or find it filled in; then see who offers what."""
    if request.method != "POST":
        return _asked(request, OfferForm(initial={"offer": request.GET.get("offer", "")[:16_384]}))
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _asked(request, form)
    door.count(request, what="check")
    fetch, _ = fetching.for_apps(now=timezone.now())
    try:
        offered = other_apps.look_at(text=form.cleaned_data["offer"], fetch=fetch)
    except CannotTakeOffer as problem:
        form.add_error("offer", words.sentence(problem.code, problem.facts))
        return _asked(request, form)
    state = _packed(actor, offered.offer, None)
    return _shown(request, offered.offer, TakeForm(initial={"state": state}), _about(offered))


@require_POST
@door.private
@own
def take(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Take what was looked at. When the giver breaks off, the same button asks again."""
    opened = _opened(actor, request.POST.get("state", ""))
    if opened is None:
        return _asked(request, OfferForm())
    offer, token = opened
    form = TakeForm(request.POST, asks=offer.tx_code is not None and token is None)
    if not form.is_valid():
        return _shown(request, offer, form, {"host": _host(offer)})
    door.count(request, what="check")
    now, number = timezone.now(), form.cleaned_data["number"]
    try:
        ways = fetching.for_apps(now=now)
        taken = other_apps.take(actor=actor, offer=offer, tx_code=number, ways=ways, now=now, token=token)
    except CannotTakeOffer as problem:
        token = problem.token if isinstance(problem, Interrupted) else token
        again = TakeForm(request.POST.copy() | {"state": _packed(actor, offer, token)})
        again.is_valid()
        again.add_error("number" if problem.code == "oid4vci.number" else None, words.sentence(problem.code, problem.facts))
        return _shown(request, offer, again, {"host": _host(offer), "begun": token is not None})
    return _told(request, actor, taken)


@require_POST
@door.private
@own
def keep(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keep what came although another name stands on it."""
    try:
        document = base64.b64decode(signing.loads(request.POST.get("document", ""), salt=_salt(actor), max_age=LASTS))
    except (signing.BadSignature, binascii.Error, TypeError):
        return _asked(request, OfferForm())
    kept = other_apps.keep_anyway(actor=actor, document=document, now=timezone.now())
    return _told(request, actor, [Taken(document, one, one.code, one.why) for one in kept])


def _asked(request: HttpRequest, form: OfferForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "public/my_offer.html", {"form": form, "here": "more"}, status=status)


def _shown(request: HttpRequest, offer: CredentialOffer, form: TakeForm, about: dict[str, Any]) -> HttpResponse:
    context = {"form": form, "offer": offer, "asks": offer.tx_code is not None and not about.get("begun"), "here": "more"}
    return render(request, "public/my_offer_take.html", context | about, status=422 if form.is_bound else 200)


def _told(request: HttpRequest, actor: Actor, taken: list[Taken]) -> HttpResponse:
    rows = [(one, _sealed(actor, one.document) if one.brought and one.brought.to_agree else "") for one in taken]
    return render(request, "public/my_offer_taken.html", {"rows": rows, "here": "more"})


def _about(offered: other_apps.Offered) -> dict[str, Any]:
    language = "es" if (get_language() or "en").startswith("es") else "en"
    kinds = [_said(one.names, language) or one.id for one in offered.kinds]
    return {"host": offered.host, "giver": _said(offered.names, language), "kinds": kinds}


def _said(names: Any, language: str) -> str:
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def _host(offer: CredentialOffer) -> str:
    return other_apps.Offered(offer, {}, ()).host


def _salt(actor: Actor) -> str:
    return f"offer:{actor.org_id}"


def _sealed(actor: Actor, document: bytes) -> str:
    return signing.dumps(base64.b64encode(document).decode(), salt=_salt(actor), compress=True)


def _packed(actor: Actor, offer: CredentialOffer, token: Token | None) -> str:
    """The offer goes to the person's own browser and back: an address that hands it out twice is not to be counted on."""
    begun = None if token is None else [token.value, {k: list(v) for k, v in token.identifiers.items()}, token.nonce]
    return signing.dumps([offers.build(offer), begun], salt=_salt(actor), compress=True)


def _opened(actor: Actor, state: str) -> tuple[CredentialOffer, Token | None] | None:
    try:
        offer, begun = signing.loads(state, salt=_salt(actor), max_age=LASTS)
    except signing.BadSignature:
        return None
    token = None if begun is None else Token(begun[0], {k: tuple(v) for k, v in begun[1].items()}, begun[2])
    return offers.parse(offer), token
