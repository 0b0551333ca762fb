"""No default screen, message or paper shows a word of the standards, in either language.

Two nets. The first takes every text that can be translated: pages, e-mails, notices, papers, sentences for a refusal. The
second asks every address of the project, as somebody signed out, as the owner and as a supervisor, and reads what comes:
so words that come from data or from code are found, too. Both take what is added tomorrow by themselves.
"""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.test import Client
from django.urls import URLResolver
from django.urls.resolvers import RegexPattern

from skillmark.desks import starters
from skillmark.edges.public import urls as public
from tests import translations
from tests.architecture import test_outsider as project
from tests.architecture.board_things import board_secrets
from tests.cast import Firm
from tests.jargon import TECHNICAL, jargon, seen

things = project.things  # one of everything that a firm has
# For programs and their makers: files, lists and the page that documents them. And help, which may say "credential".
FOR_PROGRAMS = re.compile(r"^(api/|oid4vp/|vc-api/|o/|vct/|\.well-known/|status/|metrics$|healthz$|readyz$)")
FOR_LEARNING = re.compile(r"^(about|help)(/|$)")
PAGES = [route for route in project.ROUTES if not FOR_PROGRAMS.match(route) and not FOR_LEARNING.match(route)]


def texts(catalog: Catalog) -> list[str]:
    """Every text of a catalogue: in English the messages themselves, else their translations."""
    found: list[str] = []
    for message in translations.messages(catalog):
        said = message.id if catalog.locale is None else message.string
        found += [said] if isinstance(said, str) else list(said)
    return found


@pytest.mark.parametrize(("language", "catalog"), [("en", translations.collect()), ("es", translations.spanish())])
def test_no_text_that_can_be_translated(language: str, catalog: Catalog) -> None:
    every = texts(catalog)
    assert len(every) > 500
    found = [f"{jargon(text)}: {text}" for text in every if jargon(text)]
    assert not found, "\n".join(found)


@pytest.fixture
def readers(firm: Firm) -> dict[str, Client]:
    """Who opens a page, and by what."""
    made = {"a stranger": Client(), "the owner": Client(), "a supervisor": Client()}
    made["the owner"].force_login(firm.owner_user, settings.AUTHENTICATION_BACKENDS[0])
    made["a supervisor"].force_login(firm.supervisor_user, settings.AUTHENTICATION_BACKENDS[0])
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_page(language: str, things: Any, readers: dict[str, Client], firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SAMPLES", "on")
    things.ids |= board_secrets(firm, issued_id=things.ids["proof_id"][1])
    things.ids |= {"kind": ["good", "expired", "fake"], "trade": list(starters.trades()), "language": ["en", "es"]}
    open_to_all = set(project.patterns(URLResolver(RegexPattern("^"), public)))
    found, unread = [], set(PAGES)
    for route in PAGES:
        # Where members read, a stranger sees nothing but the sign-in page: asked only about what members do not find.
        order = ("a stranger", "the owner") if route in open_to_all else ("the owner", "a supervisor", "a stranger")
        for address, _named in project.addresses(route, things):
            for who in order:
                if who == order[-1] == "a stranger" and route not in unread:
                    continue
                client = readers[who]
                client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
                answer = client.get(address)
                content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                text = shown(answer.headers.get("Content-Type", "").split(";")[0], content)
                if jargon(text):
                    found.append(f"{who} at {address}: {sorted(set(jargon(text)))}")
                if answer.status_code != 404:
                    unread.discard(route)
    assert not found, "\n".join(found)
    # A page about a thing that `things` does not have yet is not read: give one to it (tests/architecture/test_outsider.py).
    assert not unread


def shown(kind: str, content: bytes) -> str:
    """What a person reads of an answer: a page, a paper, a calendar or a sheet; nothing of a file for programs."""
    if kind == "text/html":
        return seen(content.decode())
    if kind == "application/pdf":
        printed = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        return re.split("|".join(TECHNICAL), printed)[0]  # the last part of a paper, where it has one
    return content.decode("utf-8", "replace") if kind in ("text/plain", "text/calendar", "text/csv") else ""


def test_the_nets_have_no_holes() -> None:
    """Else the tests above would prove nothing."""
    for word in ("wallet", "Issuer", "revoked", "DID", "JSON-LD", "OID4VP", "badges", "emisora", "revocó", "criptográfica"):
        assert jargon(f"The {word}."), word
    for word in ("did", "she did it", "ler", "hashtag", "badger", "Wallace", "titularidad"):
        assert not jargon(word), word
    details = "<details><summary>%s</summary>%s</details>"
    assert seen("<p>One</p>" + details % ("Technical details", details % ("x", "DID"))) == "One"
    assert jargon(seen(details % ("Why", "hash") + details % ("Detalles técnicos", "DID"))) == ["hash"]
    assert jargon(seen('<img alt="A badge"><input type="submit" value="Revoke">')) == ["badge", "Revoke"]
    assert not jargon(
        seen('<style>.badge{}</style><script>var hash</script><input type="hidden" value="DID"><p class="badge">')
    )
