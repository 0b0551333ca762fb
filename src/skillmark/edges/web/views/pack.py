"""The inspector pack: choose, look at who is complete and what is missing, make it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from skillmark.desks import packs
from skillmark.edges.web import access, packing
from skillmark.edges.web.forms.pack import PackForm


@require_safe
@access.signed_in(action="pack.make")
def pack(request: access.Request) -> HttpResponse:
    """Before it is made: complete people, gaps, and what will be in it."""
    asked = _asked(request)
    form = PackForm(asked, request=request, language=_language())
    shown: dict[str, object] = {
        "form": form,
        "asked": any(name in request.GET for name in ("standard", "site", "position", "on", "person")),
    }
    if not form.is_valid():
        return render(request, "pack/pack.html", shown, status=400)
    found = packs.gather(actor=request.actor, choice=form.choice(), language=_language())
    shown |= {
        "preview": packing.preview(pack=found),
        "has_people": bool(found.pages),
        "parcel_url": f"{reverse('pack-parcel')}?{asked.urlencode()}",
        "single": len(found.rules) == 1,
    }
    return render(request, "pack/pack.html", shown)


@require_safe
@access.signed_in(action="pack.make")
def parcel(request: access.Request) -> HttpResponseBase:
    """All of it as one ZIP, written out while its files are read. By GET: an auditor may make one."""
    form = PackForm(_asked(request), request=request, language=_language())
    if not form.is_valid():
        return redirect(f"{reverse('pack')}?{request.GET.urlencode()}")
    choice = form.choice()
    found = packs.gather(actor=request.actor, choice=choice, language=_language())
    made = packs.Parcel(actor=request.actor, pack=found, made_at=request.now, language=_language())
    response = StreamingHttpResponse(made.chunks(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="inspector-pack-{choice.on.isoformat()}.zip"'
    response["Cache-Control"] = "no-store"
    return response


def _asked(request: access.Request) -> QueryDict:
    """What stands in the address; without a day in it, today is asked."""
    asked = request.GET.copy()
    asked.setdefault("on", request.today.isoformat())
    return asked


def _language() -> str:
    return "es" if (translation.get_language() or "en").startswith("es") else "en"
