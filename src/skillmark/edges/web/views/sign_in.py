"""Ways in: a code by e-mail, a passkey, a link that the server's owner made, an invitation. And the way out."""

from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.webauthn.internal import flows
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from skillmark.edges.web import access
from skillmark.edges.web.forms.sign_in import CodeForm, EmailForm, JoinForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.people import operations
from skillmark.rooms.people.rules.lines import line_of

# One address may try this many codes in ten minutes.
_TRIES, _SECONDS = 30, 600


class SignIn(RequestLoginCodeView):  # type: ignore[misc]
    """Ask for a code by e-mail; the passkey button and the other ways stand beside it."""

    template_name = "sign_in/sign_in.html"

    def get_form_class(self) -> type[EmailForm]:
        """Our words for the library's form."""
        return EmailForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether this server can send e-mail at all."""
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        return shown | {"can_send": settings.EMAIL_IS_SET_UP}


class Code(ConfirmLoginCodeView):  # type: ignore[misc]
    """Type the code that came."""

    template_name = "sign_in/code.html"

    def get_form_class(self) -> type[Any]:
        """Our words for the library's form; asking for a new code needs none."""
        asked: type[Any] = super().get_form_class()
        return CodeForm if self._action == "verify" else asked


class Passkey(LoginWebAuthnView):  # type: ignore[misc]
    """Face, finger or key: hands out the question, takes the signed answer."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in and go to the page that asked for it."""
        key = form.cleaned_data["credential"]
        target = get_next_redirect_url(self.request)
        answer: HttpResponse = flows.perform_passwordless_login(self.request, key, Login(user=key.user, redirect_url=target))
        return answer


@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: opening it shows a button, only the button signs in (mail scanners open links)."""
    if request.method != "POST":
        return render(request, "sign_in/link.html")
    try:
        user = operations.use_sign_in_link(token=token, now=timezone.now())
    except DomainError as error:
        return render(request, "sign_in/link.html", {"problem": error.code}, status=410)
    login(request, user, backend=access.BACKEND)
    return access.in_language(response=redirect("home"), language=user.language)


@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """A supervisor's phone comes in with code and PIN."""
    form = JoinForm(access.posted(request), initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            line = line_of(request.META.get("REMOTE_ADDR", ""))
            operations.count_try(key=f"join:{line}", limit=_TRIES, seconds=_SECONDS, now=now)
            user = operations.join(code=form.cleaned_data["code"], pin=form.cleaned_data["pin"], now=now)
        except DomainError as error:
            outcome.put(error=error, form=form)
        else:
            login(request, user, backend=access.BACKEND)
            return redirect("home")
    return render(request, "sign_in/join.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Signs out on POST; a typed address shows the button."""
    if request.method != "POST":
        return render(request, "sign_in/out.html")
    logout(request)
    return redirect("home")
