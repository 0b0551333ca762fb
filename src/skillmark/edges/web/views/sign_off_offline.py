"""Signing off without the network: what a phone keeps for it, and where it sends what it kept.

The worker of the phone shows one page where the network fails; that page draws what it needs from `team.json`. What is signed
there waits on the phone and is sent by the same form as on the page, one after another.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from skillmark.desks import words
from skillmark.edges.web import access, persons, signing, wording
from skillmark.edges.web.forms.sign_off import KeptForm
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent

_FILES = (
    "tokens.css", "components.css", "icons.svg", "logo.svg", "icon-192.png", "sign-off/store.js", "sign-off/page.js",
    "sign-off/offline.js",
)  # fmt: skip


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page for without the network. It holds words and no person, so that it needs no sign-in and may be kept."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
        translation.activate(request.user.language)
    return render(request, "sign_off/offline.html", {"levels": signing.levels()})


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The worker: what to keep, and the script that keeps it. It may see every page, and answers for those of signing only."""
    told = {
        "shell": [reverse("sign-off-offline"), *(static(f"skillmark/{name}") for name in _FILES)],
        "offline": reverse("sign-off-offline"),
        "closing": [reverse("sign-out"), reverse("shared-phone-hand-over"), reverse("shared-phone-stop")],
        "home": reverse("sign-off"), "team": reverse("sign-off-team"), "handOver": reverse("shared-phone-hand-over"),
    }  # fmt: skip
    scripts = [static("skillmark/sign-off/store.js"), static("skillmark/sign-off/worker.js")]
    body = f"self.signOff = {json.dumps(told)};\nimportScripts(...{json.dumps(scripts)});\n"
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    return HttpResponse(body, content_type="text/javascript", headers=headers)


@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """What makes the page an icon on the home screen, which opens today's team."""
    icons = [
        {"src": static(f"skillmark/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    told = {
        "name": _("Skillmark: sign off"), "short_name": _("Sign off"), "id": "sign-off", "start_url": reverse("sign-off"),
        "scope": "/", "display": "standalone", "background_color": "#f7f5f0", "theme_color": "#2c4284", "icons": icons,
        "lang": persons.language(),
    }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
@never_cache
@access.signed_in(action="sign_off.make", shared=True)
def team(request: access.Request) -> HttpResponse:
    """Today's team with what the board says of each, and what there is to sign: everything that works without the network."""
    mates = signing.team(actor=request.actor, on=request.today, now=request.now, everyone=False)
    codes: dict[UUID, list[str]] = {}
    for code, person_id in talent.person_codes(actor=request.actor).items():
        codes.setdefault(person_id, []).append(code)
    own = _own(request)
    items = _items(request, [mate.person.id for mate in mates if mate.person.id not in own])
    told = {
        "csrf": get_token(request), "as_of": wording.moment(moment=request.now), "member": request.actor.user_id,
        "name": request.actor.name, "shared": request.shared, "items": items,
        "people": [_mate(mate, items, codes.get(mate.person.id, [])) | {"own": mate.person.id in own} for mate in mates],
    }  # fmt: skip
    return JsonResponse(told)


@require_POST
@never_cache
@access.signed_in(action="sign_off.make", shared=True)
def sync(request: access.Request) -> HttpResponse:
    """One sign-off that a phone kept: `kept`, `refused` with a code and a sentence. Sent twice, it is kept once."""
    item_id = request.POST.get("item_id", "")
    try:
        item = skills.item(actor=request.actor, item_id=UUID(item_id))
    except (ValueError, NotFound):
        return _refused("not_found", _("This skill is no longer on the list."))
    steps, phrase = signing.steps_of(item=item), signing.phrase(item=item)
    form = KeptForm(request.POST, request.FILES, item=item, steps=steps, phrase=phrase)
    if not form.is_valid():
        return _refused("form", " ".join(str(message) for messages in form.errors.values() for message in messages))
    if form.cleaned_data["member"] != request.actor.user_id:
        return _refused("other_member", _("Somebody else signed this. It waits until they have the phone in hand."))
    try:
        _keep(request, form)
    except NotFound:
        return _refused("not_found", _("This person is no longer on your list."))
    except DomainError as error:
        return _refused(error.code, words.sentence(error.code, error.facts))
    return JsonResponse({"state": "kept"})


def _keep(request: access.Request, form: KeptForm) -> None:
    said, person_id = form.said(), form.cleaned_data["person_id"]
    place = signing.where(actor=request.actor, person_id=person_id, on=request.today, now=request.now)
    # A made-up firm's clock stands still: what a phone saw, it saw then.
    seen_at = request.now if request.firm.clock else form.cleaned_data["observed_at"]
    when: dict[str, Any] = {"observed_at": seen_at, "entered": "offline", "site_id": place.site_id, "place": place.words}
    try:
        before = queries.sign_off(actor=request.actor, sign_off_id=said["sign_off_id"])
    except NotFound:
        pass
    else:  # it had arrived; only the answer had not
        when = {name: getattr(before, name) for name in when}
    if said["place"]:
        del when["place"]  # the form told it
    operations.sign_off(
        actor=request.actor, person_id=person_id, item_id=form.cleaned_data["item_id"], now=request.now, **{**said, **when}
    )


def _refused(code: str, sentence: str) -> HttpResponse:
    return JsonResponse({"state": "refused", "code": code, "sentence": sentence})


def _own(request: access.Request) -> set[UUID]:
    """Who of the people is the actor, as far as that can be known."""
    namesakes = people.namesakes(actor=request.actor, name=request.actor.name)
    reachable = [one for one in people.people(actor=request.actor) if one.email]
    perhaps = {one.id for one in [*namesakes, *reachable]}
    return {one for one in perhaps if people.is_self(actor=request.actor, person_id=one)}


def _items(request: access.Request, person_ids: list[UUID]) -> dict[str, dict[str, Any]]:
    """What can be signed here, by id. It does not depend on whom it is signed for, only not on oneself."""
    if not person_ids:
        return {}
    lines = queries.to_sign(actor=request.actor, person_id=person_ids[0], on=request.today)
    return {str(one.item.id): _item(one) for one in lines if one.may_sign and one.can_sign}


def _item(one: Any) -> dict[str, Any]:
    return {
        "name": label(one.item.names, language=persons.language()), "leveled": one.item.leveled,
        "hours": one.item.method == "hours", "steps": signing.steps_of(item=one.item),
        "phrase": signing.phrase(item=one.item), "version_id": str(one.version_id or ""), "document": one.document,
        "revision": one.revision, "asked": signing.asked_in_words(asked=one.asked),
    }  # fmt: skip


def _mate(mate: signing.Mate, items: dict[str, Any], codes: list[str]) -> dict[str, Any]:
    return {
        "id": str(mate.person.id), "name": mate.person.name, "place": mate.place, "codes": codes,
        "language": mate.language,
        "skills": [
            {"item": str(item_id), "due": due, "sign": said.sign, "word": said.word, "detail": said.detail}
            for item_id, due, said in mate.states
            if str(item_id) in items
        ],
    }  # fmt: skip
