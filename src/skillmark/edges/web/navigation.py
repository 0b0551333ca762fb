"""The menu: side bar on a desk, four entries at the foot of a phone, the rest under "More"."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.people.rules import Role


@dataclass(frozen=True)
class Entry:
    """One line of the menu. `leads_here`: what a phone's bar marks, which has no entries of their own for some pages."""

    url: str
    icon: str
    label: str | Promise
    in_bar: bool
    current: bool
    leads_here: bool


# URL name, icon, label, shown in a phone's bar, beginnings of the URL names that belong to it
_PLACES: tuple[tuple[str, str, Promise, bool, tuple[str, ...]], ...] = (
    ("home", "home", _("Home"), True, ("home", "first-steps", "reminder")),
    ("people", "people", _("People"), True, ("people", "person", "hold", "photo", "exempt", "import", "start-")),
    ("items", "skills", _("Skills"), True, ("item", "position", "document", "starter")),
    ("sign-off", "pen", _("Sign off"), False, ("sign-off", "shared-phone", "sign-pin")),
    ("who-can", "search", _("Who can"), False, ("who-can",)),
    ("pack", "folder", _("Inspector pack"), False, ("pack",)),
    ("proofs", "proof", _("Proofs"), False, ("proof", "give", "run", "dispute")),
    ("templates", "list", _("Kinds of proof"), False, ("template", "kind")),
    ("check", "check", _("Check"), True, ("check",)),
    ("kept-checks", "folder", _("Checks"), False, ("kept", "batch")),
    ("trust", "pen", _("Who you trust"), False, ("trust",)),
    (
        "settings",
        "settings",
        _("Settings"),
        False,
        (
            "settings",
            "members",
            "member",
            "token",
            "history",
            "key",
            "passkeys",
            "site",
            "shift",
            "code",
        ),
    ),
)

# Places that a phone's bar leaves to another one.
_UNDER = {
    "check": ("kept", "batch", "trust"),
    "people": ("proof", "give", "run", "dispute", "template", "kind"),
    "home": ("who-can", "pack", "sign-off"),
}

# What an auditor can open; `check` is for anyone.
_TO_READ = frozenset({"home", "people", "items", "who-can", "pack", "check"})


def entries(*, request: HttpRequest) -> list[Entry]:
    """All places that exist on this server, in order, the one that shows this page marked as current."""
    match = request.resolver_match
    here = (match.url_name or "") if match else ""
    found: list[Entry] = []
    actor = getattr(request, "actor", None)
    for name, icon, label, in_bar, beginnings in _PLACES:
        if actor is not None and actor.role is Role.AUDITOR and name not in _TO_READ:
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        under = beginnings + _UNDER.get(name, ())
        found.append(Entry(url, icon, label, in_bar, here.startswith(beginnings), here.startswith(under)))
    return found


def context(request: HttpRequest) -> dict[str, Any]:
    """Template context: `navigation`, worked out only where a page draws the menu."""
    return {"navigation": SimpleLazyObject(lambda: entries(request=request))}
