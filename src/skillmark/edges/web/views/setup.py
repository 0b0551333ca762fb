"""First run: a workplace in one form, then the question what to do first."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation

from skillmark.edges.web import access
from skillmark.edges.web.forms.setup import SetupForm
from skillmark.edges.web.views import outcome
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries

# What the rules may object to, and the field it belongs to.
_FIELDS = {"setup.name_missing": "firm_name", "setup.time_zone": "time_zone", "user.email_taken": "email"}


def setup(request: HttpRequest, token: str) -> HttpResponse:
    """The set-up form behind the one-time link that the start-up text shows."""
    now = timezone.now()
    if not queries.setup_open(token=token, now=now):
        return render(request, "setup/closed.html", {"is_set_up": queries.is_set_up()}, status=410)
    started = {"language": translation.get_language() or "en", "time_zone": "America/New_York", "date_order": "mdy"}
    form = SetupForm(access.posted(request), initial=started)
    if request.method == "POST" and form.is_valid():
        try:
            user, _actor = people.set_up(token=token, now=now, **form.cleaned_data)
        except people.CannotSetUp as error:
            outcome.put(error=error, form=form, field=_FIELDS.get(error.code))
        else:
            login(request, user, backend=access.BACKEND)
            return access.in_language(response=redirect("first-steps"), language=form.cleaned_data["language"])
    return render(request, "setup/setup.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in
def start(request: access.Request) -> HttpResponse:
    """What do you want to do first?"""
    return render(request, "setup/start.html")
