"""Many photos at once: matched by the names of the files, and put where a person says that they belong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from skillmark.desks import answers, intake, words
from skillmark.edges.web import access
from skillmark.edges.web.forms.evidence import named
from skillmark.edges.web.forms.pile import ACCEPTED, PileForm, PlaceForm
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label


@access.signed_in(action="evidence.change")
def many(request: access.Request) -> HttpResponse:
    """Bring a pile in. What cannot be taken is named with the reason; the rest waits to be put somewhere."""
    form = PileForm(access.posted(request), request.FILES or None)
    refused: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        taken = 0
        for loose in intake.unpack((file.name or "", file.read()) for file in form.given()):
            if loose.taken is None:
                refused.append((loose.name, words.problem(loose.code)))
                continue
            one = loose.taken
            operations.add_loose(
                actor=request.actor, body=one.body, media_type=one.media_type, name=loose.name, original=one.original,
                original_type=one.original_type, digital=one.digital, doubt=one.doubt, now=request.now,
            )  # fmt: skip
            taken += 1
        if taken:
            said = ngettext("%(count)s photo is here.", "%(count)s photos are here.", taken)
            messages.success(request, said % {"count": taken})
        if not refused:
            return redirect("photos-many")
        form = PileForm()
    return _page(request, form=form, refused=refused)


@require_POST
@access.signed_in(action="evidence.change")
def place(request: access.Request) -> HttpResponse:
    """Put each photo where somebody said that it belongs; nothing else is kept."""
    loose = queries.loose_photos(actor=request.actor)
    forms = _forms(request, loose, data=request.POST)
    asked = [(photo, form) for photo, form in zip(loose, forms, strict=True) if f"{form.prefix}-do" in request.POST]
    wrong = [form for _photo, form in asked if not form.is_valid()]
    if wrong:
        return _page(request, form=PileForm(), refused=[], forms=forms, status=400)
    kept = binned = 0
    for photo, form in asked:
        if form.cleaned_data["do"] == "keep":
            person_id, item_id = form.where()
            operations.place_loose(
                actor=request.actor, loose_id=photo.id, person_id=person_id, item_id=item_id, now=request.now
            )
            kept += 1
        elif form.cleaned_data["do"] == "bin":
            operations.discard_loose(actor=request.actor, loose_id=photo.id, now=request.now)
            binned += 1
    if kept:
        said = ngettext("%(count)s photo put in its place.", "%(count)s photos put in their places.", kept)
        messages.success(request, said % {"count": kept})
    if binned:
        said = ngettext("%(count)s photo thrown away.", "%(count)s photos thrown away.", binned)
        messages.success(request, said % {"count": binned})
    return redirect("photos" if kept and kept + binned == len(loose) else "photos-many")


def _page(
    request: access.Request, *, form: PileForm, refused: list[tuple[str, str]], forms: list[PlaceForm] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    loose = queries.loose_photos(actor=request.actor)
    forms = _forms(request, loose) if forms is None else forms
    lines = list(zip(loose, forms, strict=True))
    context = {
        "form": form, "refused": refused, "accepted": ACCEPTED,
        "sure": [line for line in lines if line[1].initial.get("do") == "keep"],
        "unsure": [line for line in lines if line[1].initial.get("do") != "keep"],
        "errors": [(photo, one) for photo, one in lines if one.is_bound and one.errors],
    }  # fmt: skip
    return render(request, "evidence/many.html", context, status=400 if form.errors else status)


def _forms(request: access.Request, loose: list[Any], data: Any = None) -> list[PlaceForm]:
    """A form for each photo, filled in with what the name of the file says, where it says one thing only."""
    everybody = people.people(actor=request.actor, here_on=request.today)
    language = answers.spoken()
    items = skills.items(actor=request.actor)
    who = [(str(one.id), named(one)) for one in everybody]
    what = [(str(one.id), label(one.names, language=language)) for one in items]
    matcher = intake.Matcher(people=_known_people(request, everybody), items=_known_items(request, items))
    found = []
    for photo in loose:
        guess = matcher.guess(photo.name)
        initial = {
            "person": str(guess.person or ""), "item": str(guess.item or ""), "do": "keep" if guess.complete else "later",
        }  # fmt: skip
        found.append(PlaceForm(data, people=who, items=what, initial=initial, prefix=photo.id.hex))
    return found


def _known_people(request: access.Request, everybody: list[Any]) -> list[intake.KnownPerson]:
    former = people.other_names(actor=request.actor)
    return [intake.KnownPerson(one.id, (one.name, *former.get(one.id, ())), one.number) for one in everybody]


def _known_items(request: access.Request, items: list[Any]) -> list[intake.ItemWords]:
    words_of: dict[UUID, list[str]] = {one.id: list(one.names.values()) for one in items}
    for text, ids in skills.aliases(actor=request.actor).items():
        for item_id in ids:
            if item_id in words_of:
                words_of[item_id].append(text)
    return [intake.ItemWords(item_id, tuple(several)) for item_id, several in words_of.items()]
