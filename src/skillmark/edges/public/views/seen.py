"""What was seen of a worker, for the worker: no account, their language, and room for a comment that travels along."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skillmark.desks import states, words
from skillmark.edges.public import door
from skillmark.edges.public.forms.seen import CommentForm
from skillmark.edges.public.speaking import language_for
from skillmark.rooms.holdings import operations as holdings


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def seen(request: HttpRequest, token: str) -> HttpResponse:
    """Who saw what and when, what became of it; a POST keeps the comment. Opening it changes nothing."""
    door.count(request, what="code")
    now = timezone.now()
    found = holdings.open_seen(token=token, now=now)
    # The worker was there: times are those of the site.
    with translation.override(language_for(request, found.language)), timezone.override(found.seen_at.tzinfo):
        form = CommentForm(request.POST if request.method == "POST" else None, initial={"text": found.comment})
        if form.is_bound and form.is_valid():
            try:
                holdings.comment(token=token, text=form.cleaned_data["text"], now=now)
            except holdings.CannotSignOff as problem:
                form.add_error("text", words.sentence(problem.code, problem.facts))
            else:
                kept = _("Your comment is kept. It goes with the proof.")
                messages.success(request, kept if form.cleaned_data["text"] else _("No comment now."))
                return redirect("seen", token)
        shown = {"seen": found, "form": form, "level": states.LEVELS.get(found.level or 0, "")}
        return render(request, "public/seen.html", shown, status=422 if form.errors else 200)
