"""Signing keys: which one signs, how it is changed, and what to do when somebody else may know one. For owners."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from skillmark.desks import key_drill, reissuing, words
from skillmark.edges.web import access, keyring
from skillmark.edges.web.forms.keys import KnownForm, StopForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.signing import operations, queries

_SHOWN = 100


@require_safe
@access.signed_in(action="keys.change")
def keys(request: access.Request) -> HttpResponse:
    """All keys of the firm, and whether giving proofs is stopped."""
    every = keyring.lines(actor=request.actor)
    proofs = [one for one in every if one.key.purpose == "credential"]
    shown = {
        "active": next((one for one in proofs if one.key.state == "active"), None),
        "staged": next((one for one in proofs if one.key.state == "staged"), None),
        "others": [one for one in every if one.key.purpose == "status" or one.key.state in ("retired", "compromised")],
        "halts": keyring.halts(actor=request.actor),
    }
    return render(request, "keys/keys.html", shown)


@require_POST
@access.signed_in(action="keys.change")
def new(request: access.Request) -> HttpResponse:
    """Make the next key, where the present one is. It signs nothing yet."""
    try:
        operations.make_keys(org_id=request.actor.org_id, now=request.now)
        present = queries.active_key(actor=request.actor)
        operations.stage(actor=request.actor, provider=present.provider, now=request.now)
    except DomainError as error:
        messages.error(request, words.sentence(error.code, error.facts))
        return redirect("keys")
    return redirect("key-next")


@access.signed_in(action="keys.change")
def following(request: access.Request) -> HttpResponse:
    """Try the next key, then use it; or put it away. Nobody uses one that was not tried at this very moment."""
    staged = next((one for one in queries.keys(actor=request.actor) if one.state == "staged"), None)
    if staged is None:
        return redirect("keys")
    do = request.POST.get("do", "")
    drill, status = None, 200
    if do == "discard":
        operations.discard(actor=request.actor, key_id=staged.id, now=request.now)
        messages.success(request, _("The new key is gone. The one before goes on signing."))
        return redirect("keys")
    if do in ("try", "use"):
        drill = key_drill.drill(actor=request.actor, key_id=staged.id, now=request.now)
        if do == "use" and drill.passed:
            operations.use(actor=request.actor, key_id=staged.id, now=request.now)
            messages.success(request, _("The new key signs from now on. Earlier proofs stay good."))
            return redirect("keys")
        status = 200 if do == "try" else 409
    trouble = drill.trouble if drill is not None else None
    said = words.sentence(trouble.code, trouble.facts) if trouble is not None else ""
    shown = {"line": keyring.line(key=staged), "drill": drill, "trouble": said}
    return render(request, "keys/next.html", shown, status=status)


@access.signed_in(action="keys.change")
def known(request: access.Request, signing_key_id: UUID) -> HttpResponse:
    """Somebody else may know a key: what follows, asked on GET, done on POST."""
    plan = reissuing.plan(actor=request.actor, key_id=signing_key_id, now=request.now)
    form = KnownForm(access.posted(request))
    if request.method == "POST" and form.is_valid():
        since = form.since(made_at=plan.key.made_at, now=request.now)
        try:
            reissuing.give_up(
                actor=request.actor, key_id=signing_key_id, since=since, why=form.cleaned_data["why"], now=request.now
            )
        except DomainError as error:
            outcome.put(error=error, form=form, field="day" if error.code == "keys.since_wrong" else "why")
        else:
            messages.success(request, _("The key is given up. A new one signs from now on."))
            return redirect("key-signed", signing_key_id) if plan.key.purpose == "credential" else redirect("keys")
    shown = {"line": keyring.line(key=plan.key), "form": form, "count": len(plan.open)}
    return render(request, "keys/known.html", shown, status=400 if form.errors else 200)


@access.signed_in(action="keys.change")
def signed(request: access.Request, signing_key_id: UUID) -> HttpResponse:
    """What a key has signed; of one that was given up, all is given anew with one button, some at a time."""
    done = None
    if request.method == "POST":
        done = reissuing.reissue(actor=request.actor, key_id=signing_key_id, now=request.now)
        if done.given:
            said = ngettext("%(count)d proof was given anew.", "%(count)d proofs were given anew.", done.given)
            messages.success(request, said % {"count": done.given})
        if not done.refused:
            return redirect("key-signed", signing_key_id)
    plan = reissuing.plan(actor=request.actor, key_id=signing_key_id, now=request.now)
    shown = {
        "line": keyring.line(key=plan.key),
        "proofs": plan.open[:_SHOWN],
        "more": max(0, len(plan.open) - _SHOWN),
        "open": len(plan.open),
        "over": len(plan.over),
        "anew": plan.anew,
        "total": plan.anew + len(plan.open),
        "refused": [(proof, words.sentence(error.code, error.facts)) for proof, error in done.refused] if done else [],
    }
    return render(request, "keys/signed.html", shown)


@access.signed_in(action="keys.change")
def stop(request: access.Request) -> HttpResponse:
    """Stop giving proofs, all or of one kind: asked on GET, done on POST."""
    form = StopForm(access.posted(request), kinds=keyring.kinds(actor=request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            operations.stop(actor=request.actor, why=form.cleaned_data["why"], template_id=form.template_id(), now=request.now)
        except DomainError as error:
            outcome.put(error=error, form=form, field="why")
        else:
            messages.success(request, _("Stopped. Nothing is signed until you go on."))
            return redirect("keys")
    return render(request, "keys/stop.html", {"form": form}, status=400 if form.errors else 200)


@require_POST
@access.signed_in(action="keys.change")
def go_on(request: access.Request, stop_id: UUID) -> HttpResponse:
    """End a stop."""
    try:
        operations.go_on(actor=request.actor, stop_id=stop_id, now=request.now)
    except NotFound:
        if not any(one.stop.id == stop_id for one in keyring.halts(actor=request.actor)):
            raise
        messages.error(request, _("Whoever runs this server has stopped it, and only they can go on."))
    else:
        messages.success(request, _("Proofs can be given again."))
    return redirect("keys")
