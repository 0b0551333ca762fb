"""Light or dark: the page follows the system unless this browser was told otherwise (a cookie, one year)."""

from django.http import HttpRequest, HttpResponseBase

COOKIE = "skillmark_scheme"
SCHEMES = ("light", "dark")
_YEAR = 365 * 24 * 60 * 60


def chosen(*, request: HttpRequest) -> str:
    """`light` or `dark` if this browser was told so, else an empty string."""
    scheme = request.COOKIES.get(COOKIE, "")
    return scheme if scheme in SCHEMES else ""


def remember(*, response: HttpResponseBase, scheme: str) -> None:
    """Keep the choice in this browser; anything but `light` or `dark` follows the system again."""
    if scheme in SCHEMES:
        response.set_cookie(COOKIE, scheme, max_age=_YEAR, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
