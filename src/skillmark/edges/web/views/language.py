"""English or Spanish: one button on every page, without a script."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import check_for_language
from django.views.i18n import set_language

from skillmark.rooms.people import operations


def switch(request: HttpRequest) -> HttpResponseBase:
    """Back to the same page in the other language; someone who is signed in finds it again on other devices."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and request.user.pk is not None and check_for_language(language):
        operations.change_language(user_id=request.user.pk, language=language)
    return set_language(request)
