"""What a code on a machine or a hard hat leads to. A stranger sees what the person and the firm agreed to, and no more."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from skillmark.desks import shared_phone, states
from skillmark.edges.public import door, member, session
from skillmark.edges.public.forms.scan import ScanForm
from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, may, server_for
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import operations
from skillmark.rooms.talent import queries as talent


@require_http_methods(["GET", "HEAD", "POST"])
@door.page
def typed(request: HttpRequest) -> HttpResponse:
    """The code, typed by hand."""
    form = ScanForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.cleaned_data["code"]:
        return redirect("scan", code=form.cleaned_data["code"])
    return render(request, "public/scan_code.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@door.private
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """A member of the firm goes on to the person or to who can do it; anybody else gets the page for strangers."""
    door.count(request, what="code")
    now = timezone.now()
    found = talent.scanned(code=code, now=now)
    actor = member.of(request) or shared_phone.acting(request.session, now=now)
    if actor is not None and actor.org_id == found.org_id:
        further = _further(actor, found)
        if further:
            return redirect(further)
    shown = talent.shown_person(code=code, now=now)
    site = people.site(actor=server_for(org_id=found.org_id))
    context = {
        "firm_name": found.firm, "as_of": found.as_of, "code": code, "count": talent.able_count(code=code, now=now),
        "name": shown.name if shown else "", "lines": _lines(shown) if shown else [],
        "sign_in": "" if actor else f"{reverse('sign-in')}?{urlencode({'next': request.path})}",
    }  # fmt: skip
    with timezone.override(ZoneInfo(site.time_zone)):
        return render(request, "public/scan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """The person whose code it is, with their own page open in this browser: agree, or stop it."""
    door.count(request, what="code")
    now = timezone.now()
    actor = session.current(request, now=now)
    if actor is None:
        return render(request, "public/scan_mine.html", {"code": code, "closed": True})
    showing = talent.own_showing(actor=actor, code=code)
    if showing is None:
        return render(request, "public/scan_mine.html", {"code": code, "showing": None})
    shown = talent.would_show(actor=actor, showing=showing, on=talent.scanned(code=code, now=now).on)
    lines = _lines(shown)
    words = _("%(firm)s may show my name and these items to anyone who scans my code: %(items)s.") % {
        "firm": showing.org.name, "items": ", ".join(name for name, _said, _trust in lines),
    }  # fmt: skip
    if request.method == "POST":
        if request.POST.get("answer") == "yes":
            operations.agree(actor=actor, showing_id=showing.id, how="own_page", words=words, now=now)
        else:
            operations.stop_showing(actor=actor, showing_id=showing.id, now=now)
        return redirect("scan-mine", code=code)
    return render(request, "public/scan_mine.html", {"code": code, "showing": showing, "words": words, "lines": lines})


def _further(actor: Actor, found: talent.Scanned) -> str:
    """Where a member of the firm goes on: to what there is to sign for the person; nowhere for somebody of another site."""
    if found.person_id is None:
        parts = {"item": found.item_id, "site": found.site_id}
        return f"{reverse('who-can')}?{urlencode({name: str(one) for name, one in parts.items() if one})}"
    try:
        person_id = people.person(actor=actor, person_id=found.person_id).id
    except NotFound:
        return ""
    signs = may(actor, "sign_off.make") and any(one.method for one in skills.items(actor=actor))
    return reverse("sign-off-person" if signs else "person", args=[person_id])


def _lines(shown: talent.Shown) -> list[tuple[str, states.Said, str]]:
    """(item, state, how it was checked) in the reader's language."""
    language = "es" if (translation.get_language() or "en").startswith("es") else "en"
    return [
        (
            label(names, language=language),
            states.said(cell=cell, on=shown.on),
            states.trust_in_words(trust=cell.trust, giver=cell.giver, own=cell.own) if cell.holding_id else "",
        )
        for names, cell in shown.cells
    ]
