"""What every page has: language, light and dark, menu, a strict policy, and pages for what went wrong."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import path, reverse

from skillmark.edges.web import urls
from skillmark.edges.web.views import errors as error_views

STATIC = Path(urls.__file__).parent / "static" / "skillmark"
pytestmark = pytest.mark.django_db


def test_front_page_tells_strangers_what_this_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Proofs of what people can do" in page
    assert reverse("check") in page and reverse("sign-in") in page
    assert "Nobody has set up this server yet" in page
    assert 'name="robots"' not in page


def test_pages_about_people_stay_out_of_search_engines(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    assert '<meta name="robots" content="noindex">' in client.get("/people").content.decode()


def test_no_inline_script_or_style_anywhere(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    for address in ("/", "/people", "/settings", "/settings/passkeys", "/sign-out", "/start"):
        response = client.get(address)
        page = response.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page), address
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy and "unsafe" not in policy


def test_language_switch_keeps_the_page_and_is_remembered(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    english = client.get("/people?q=Ros")
    assert "Find a person" in english.content.decode()
    answer = client.post("/language/", {"language": "es", "next": "/people?q=Ros"})
    assert answer.headers["Location"] == "/people?q=Ros"
    page = client.get("/people?q=Ros").content.decode()
    assert '<html lang="es"' in page and "Buscar a una persona" in page
    firm.owner_user.refresh_from_db()
    assert firm.owner_user.language == "es"
    elsewhere = Client()
    elsewhere.force_login(firm.owner_user)
    assert '<html lang="es"' in elsewhere.get("/people").content.decode()


def test_language_switch_leads_to_no_other_site(client: Client) -> None:
    answer = client.post("/language/", {"language": "es", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_dark_is_kept_in_the_browser(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    assert "data-scheme" not in client.get("/settings").content.decode()
    client.post("/settings/look", {"scheme": "dark"})
    assert 'data-scheme="dark"' in client.get("/settings").content.decode()
    client.post("/settings/look", {"scheme": "plaid"})
    assert "data-scheme" not in client.get("/settings").content.decode()


def test_menu_marks_the_place_and_every_link_works(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    page = client.get("/people").content.decode()
    assert re.search(r'href="/people" aria-current="page"', page)
    for address in set(re.findall(r'<li><a href="(/[^"]*)"', page)):
        assert client.get(address).status_code == 200, address


def test_home_of_a_new_firm_offers_first_steps(client: Client, other_firm: Any) -> None:
    other_firm.person.delete()
    client.force_login(other_firm.owner_user)
    page = client.get("/").content.decode()
    assert "Nothing here yet" in page
    assert "Outsider" in page  # greeted by first name


def test_home_counts_people_and_names_the_next_step(client: Client, firm: Any) -> None:
    client.force_login(firm.owner_user)
    page = client.get("/").content.decode()
    assert "Give your first proof" in page and "Rosa Delgado" in page


@pytest.mark.parametrize(("language", "says"), [("en", "We can’t find that"), ("es", "No lo encontramos")])
def test_missing_page_speaks_both_languages(client: Client, language: str, says: str) -> None:
    client.cookies["django_language"] = language
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert says in response.content.decode()


def test_forged_form_is_refused_in_plain_words(firm: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(firm.owner_user)
    response = client.post("/people/new", {"name": "Nobody"})
    assert response.status_code == 403
    assert "Please send it again" in response.content.decode()


def _breaks(request: object) -> None:
    raise RuntimeError("secret detail")


class _Broken:
    urlpatterns = [*urls.urlpatterns, path("breaks", _breaks)]
    handler500 = error_views.broken


@override_settings(ROOT_URLCONF=_Broken)
def test_our_mistake_shows_a_code_and_no_detail() -> None:
    client = Client(raise_request_exception=False)
    response = client.get("/breaks")
    page = response.content.decode()
    assert response.status_code == 500
    assert "Something broke on our side" in page
    assert re.search(r'class="secret">[0-9A-F]{4}<', page)
    assert "secret detail" not in page


def test_first_page_is_light(client: Client) -> None:
    names = ["tokens.css", "components.css", "icons.svg", "logo.svg"]
    weight = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in names)
    assert weight + len(gzip.compress(client.get("/").content)) < 40_000
