"""Passkeys of the person who is signed in: list, add, remove."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from skillmark.edges.web import access


def _mine(request: access.Request) -> Any:
    return Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).order_by("created_at")


@access.signed_in(action="passkey.keep")
def passkeys(request: access.Request) -> HttpResponse:
    """The list; a POST adds the passkey that the browser has just made."""
    fresh = access.fresh(request=request)
    form = AddWebAuthnForm(access.posted(request), user=request.user)
    if request.method == "POST" and fresh:
        if form.is_valid():
            auth.WebAuthn.add(request.user, form.cleaned_data["name"], form.cleaned_data["credential"])
            messages.success(request, _("This device is remembered. Next time you can sign in with it."))
        else:
            messages.error(request, _("Your device could not make a passkey. Try again."))
        return redirect("passkeys")
    shown = {
        "keys": _mine(request),
        "fresh": fresh,
        "options": auth.begin_registration(request.user, True) if fresh else None,
    }
    return render(request, "settings/passkeys.html", shown)


@access.signed_in(action="passkey.keep")
def remove(request: access.Request, key_id: int) -> HttpResponse:
    """Remove one: asked on GET, done on POST."""
    key = get_object_or_404(_mine(request), pk=key_id)
    if request.method == "POST":
        key.delete()
        messages.success(request, _("The passkey is removed."))
        return redirect("passkeys")
    return render(request, "settings/passkey_remove.html", {"key": key})
