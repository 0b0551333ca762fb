"""What this browser has asked of phones: the secret of each request, and the start list that waits for its answer."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass

from django.http import HttpRequest

SESSION, LISTS = "asking", "asking-lists"
_MOST = 10  # open requests in one browser


@dataclass(frozen=True, slots=True)
class StartPage:
    """The page to come back to, and its language. `taken`: it has taken in what came."""

    token: str
    language: str
    taken: bool = False


def remember(request: HttpRequest, *, asking_id: uuid.UUID, secret: str, start: StartPage | None = None) -> None:
    """Keep the secret in this browser's session; what was asked longest ago makes room."""
    kept = dict(list(request.session.get(SESSION, {}).items())[1 - _MOST :]) | {str(asking_id): secret}
    lists = {one: page for one, page in request.session.get(LISTS, {}).items() if one in kept}
    request.session[SESSION] = kept
    request.session[LISTS] = lists | ({str(asking_id): asdict(start)} if start else {})


def secret_of(request: HttpRequest, *, asking_id: uuid.UUID) -> str:
    """What ties this browser to a request; empty: it made none such."""
    return str(request.session.get(SESSION, {}).get(str(asking_id), ""))


def start_page(request: HttpRequest, *, asking_id: uuid.UUID) -> StartPage | None:
    """The start list for which this browser asked."""
    found = request.session.get(LISTS, {}).get(str(asking_id))
    return StartPage(**found) if found else None


def for_list(request: HttpRequest, *, token: str) -> list[uuid.UUID]:
    """The requests whose answer a start list has not taken in yet."""
    pages = request.session.get(LISTS, {}).items()
    return [uuid.UUID(one) for one, page in pages if page["token"] == token and not page["taken"]]


def taken_in(request: HttpRequest, *, asking_id: uuid.UUID) -> None:
    """The start list need not look again; the page of the request still leads back to it."""
    pages = request.session[LISTS]
    request.session[LISTS] = pages | {str(asking_id): pages[str(asking_id)] | {"taken": True}}
