"""Settings: the firm, its public address, light or dark, programs, and what has happened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.edges.web import access, addresses, history, scheme
from skillmark.edges.web.forms.settings import AddressForm, FirmForm, SchemeForm, TokenForm
from skillmark.edges.web.views import outcome, recovery
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations, queries, rules


@access.signed_in
def settings(request: access.Request) -> HttpResponse:
    """What can be set, with the present value of each."""
    owner = rules.may(request.actor, "settings.change")
    shown = {
        "owner": owner,
        "reminds": rules.may(request.actor, "reminder.send"),
        "recovery": owner and recovery.offered(),
        "address": request.firm.base_url,
        "scheme_form": SchemeForm(initial={"scheme": scheme.chosen(request=request)}),
        "members": len(queries.members(actor=request.actor)) if owner else 0,
        "tokens": len(queries.tokens(actor=request.actor)) if owner else 0,
    }
    return render(request, "settings/settings.html", shown)


def _change(request: access.Request, **changed: str) -> None:
    present = {
        "name": request.firm.name,
        "language": request.firm.language,
        "time_zone": request.site.time_zone,
        "date_order": request.site.date_order,
        "base_url": request.firm.base_url,
    }
    operations.change_settings(actor=request.actor, now=timezone.now(), **(present | changed))


@access.signed_in(action="settings.change")
def firm(request: access.Request) -> HttpResponse:
    """Name, language, time zone and dates."""
    initial = {
        "name": request.firm.name,
        "language": request.firm.language,
        "time_zone": request.site.time_zone,
        "date_order": request.site.date_order,
    }
    form = FirmForm(access.posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Saved."))
            return redirect("settings")
    return render(request, "settings/firm.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in(action="settings.change")
def address(request: access.Request) -> HttpResponse:
    """The public address, and what it changes."""
    form = AddressForm(access.posted(request), initial={"base_url": request.firm.base_url})
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="base_url")
        else:
            messages.success(request, _("Saved."))
            return redirect("settings")
    here = request.build_absolute_uri("/").rstrip("/")
    shown = {"form": form, "here": here, "only_here": addresses.only_here(url=here)}
    return render(request, "settings/address.html", shown, status=400 if form.errors else 200)


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Light, dark, or like the device; kept in this browser only."""
    response = redirect("settings")
    scheme.remember(response=response, scheme=request.POST.get("scheme", ""))
    return response


@access.signed_in(action="token.make")
def tokens(request: access.Request) -> HttpResponse:
    """Programs that may act for the firm: list, and let one in. Its key is shown once, in this answer."""
    form = TokenForm(access.posted(request))
    plain, status = "", 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made, plain = operations.make_token(actor=request.actor, name=form.cleaned_data["name"], now=timezone.now())
            except DomainError as error:
                outcome.put(error=error, form=form, field="name")
            else:
                return render(request, "settings/token_made.html", {"token": made, "plain": plain})
    shown = {"form": form, "tokens": queries.tokens(actor=request.actor)}
    return render(request, "settings/tokens.html", shown, status=status)


@access.signed_in(action="token.make")
def token_end(request: access.Request, token_id: UUID) -> HttpResponse:
    """End a program's access: asked on GET, done on POST."""
    found = next((token for token in queries.tokens(actor=request.actor) if token.id == token_id), None)
    if found is None:
        raise NotFound
    if request.method == "POST":
        operations.revoke_token(actor=request.actor, token_id=token_id, now=timezone.now())
        messages.success(request, _("%(name)s can no longer act for you.") % {"name": found.name})
        return redirect("tokens")
    return render(request, "settings/token_end.html", {"token": found})


@access.signed_in(action="journal.read")
def events(request: access.Request) -> HttpResponse:
    """What has happened, newest first, in plain words."""
    shown = history.asked(text=request.GET.get("show", ""))
    entries = journal.latest(org_id=request.actor.org_id, limit=shown + 1)
    known = queries.names_of(actor=request.actor, person_ids=history.subjects(entries=entries))
    names = {str(person_id): name for person_id, name in known.items()}
    return render(request, "settings/history.html", {"page": history.page(entries=entries, shown=shown, names=names)})
