"""Home before a firm asks for anything: the first thing on it is where most begin."""

from __future__ import annotations

from django.test import Client

from tests.cast import Firm


def test_an_empty_firm_is_shown_where_to_begin_and_no_second_choice_above_it(client: Client, firm: Firm) -> None:
    firm.person.delete()
    client.force_login(firm.owner_user)
    page = client.get("/").content.decode()
    main = page[page.index("<main") :]
    assert "Most people start with their own spreadsheet." in main and 'class="btn' not in main
    assert main.index('href="/import"') < main.index('href="/starters"') < main.index('href="/give"')


def test_a_firm_with_people_may_give_and_check_at_once(client: Client, firm: Firm) -> None:
    client.force_login(firm.owner_user)
    page = client.get("/").content.decode()
    assert '<a class="btn go" href="/give">' in page and '<a class="btn" href="/check">' in page
