"""The recovery sheet: a page for the safe. It opens every backup of this server, so it is guarded more than the rest."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from skillmark.desks import backups, papers
from skillmark.edges.web import access
from skillmark.rooms.people import queries


def offered() -> bool:
    """Whether owners may print it: only where one firm has the server to itself, for it opens everything on it."""
    return len(queries.firms()) == 1


@never_cache
@access.signed_in(action="backup.make")
def recovery(request: access.Request) -> HttpResponse:
    """What it is for on GET; the PDF on POST, for someone who signed in a moment ago."""
    if not offered():
        raise PermissionDenied
    fresh = access.fresh(request=request)
    if request.method != "POST" or not fresh:
        return render(request, "settings/recovery.html", {"fresh": fresh})
    sheet = papers.recovery_sheet(
        firm=request.firm.name,
        made_on=timezone.localdate(),
        code=backups.recovery_code(),
        language=translation.get_language() or "en",
    )
    return HttpResponse(
        sheet,
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="skillmark-recovery-sheet.pdf"'},
    )
