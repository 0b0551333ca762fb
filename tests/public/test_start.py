"""Before the first day, on the person's side: no account, no script; three ways to bring; and nothing told to a stranger."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from skillmark.desks import checking, starting
from skillmark.edges.public import door
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as checks
from skillmark.rooms.credentials.models import Asking
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people.models import Try
from skillmark.rooms.records import queries as records
from skillmark.rooms.talent import operations
from skillmark.rooms.talent.models import Brought, StartList
from tests.cast import Firm
from tests.public.phones import BASE, App, app_with
from tests.public.test_upload import card
from tests.starting_cast import HER_PROOFS, NAME, PIN, Start, give, make_start

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(firm: Firm, other_firm: Firm) -> Start:
    return make_start(firm, other_firm, now=timezone.now())


@pytest.fixture
def link(start: Start) -> str:
    _, token = operations.start_list(actor=start.firm.owner, person_id=start.ana.id, now=timezone.now())
    return f"/start/{token}"


def number(start: Start, name: str) -> int:
    return 1 + StartList.objects.get().items.index(str(start.items[name].id))


def upload(body: bytes, name: str = "proof.json") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, body)}


def open_own_page(client: Client, start: Start, link: str) -> None:
    answer = client.post(f"{link}/mine", {"code": start.slip, "pin": PIN})
    assert answer.status_code == 302 and answer["Location"] == f"{link}/mine"


def test_it_asks_in_their_language_and_tells_a_stranger_nothing(client: Client, start: Start, link: str) -> None:
    answer = client.get(link)
    page = answer.content.decode()
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]
    assert "Ana" in page and all(name in page for name in start.items) and '<html lang="es"' in page
    for secret in (
        "Lucero",
        start.ana.phone,
        str(start.ana.id),
        str(start.firm.org.id),
        str(start.items["CPR"].id),
        start.agency.org.name,
    ):
        assert secret not in page, secret
    assert StartList.objects.get().opened_at is not None


def test_it_works_in_english_and_looking_uses_nothing_up(client: Client, start: Start, link: str) -> None:
    client.cookies["django_language"] = "en"
    for _ in range(2):
        page = client.get(link, headers={"accept-language": "en"}).content.decode()
    assert not Brought.objects.exists() and StartList.objects.get().answered_at is None
    assert page


def test_from_my_page_exactly_what_is_ticked(client: Client, start: Start, link: str) -> None:
    assert "204719" not in client.get(f"{link}/mine").content.decode()
    open_own_page(client, start, link)
    page = client.get(f"{link}/mine").content.decode()
    values = dict(re.findall(r'value="([0-9a-f-]{36}:[0-9a-f-]{36})"[^>]*>(?:</[^>]*>)?<span>([^<]*)', page))
    assert len(values) == 4 and "checked" not in page
    two = [value for value, words in values.items() if "CPR" in words or "Aide training" in words]
    answer = client.post(f"{link}/mine", {"ticked": two, "hand": "over"})
    assert answer.status_code == 302 and answer["Location"] == link
    assert Brought.objects.count() == 2
    (receipt,) = records.consents(actor=start.worker)
    assert receipt
    page = client.get(link).content.decode()
    assert "4" in re.search(r"<h1>(.*?)</h1>", page, re.S)[1]  # type: ignore[index]
    again = client.post(f"{link}/mine", {"ticked": two, "hand": "over"})
    assert again.status_code == 422 and Brought.objects.count() == 2


def test_four_of_six_leave_two_and_only_those(client: Client, start: Start, link: str) -> None:
    open_own_page(client, start, link)
    page = client.get(f"{link}/mine").content.decode()
    values = re.findall(r'value="([0-9a-f-]{36}:[0-9a-f-]{36})"', page)
    client.cookies["django_language"] = "en"
    page = client.post(f"{link}/mine", {"ticked": values, "hand": "over"}, follow=True).content.decode()
    assert page.count("4 proofs came, all in order.") == 1 and page.count("toast") == 1, "one sentence, not four"
    left = {int(one) for one in re.findall(r"/start/[\w-]+/(\d+)\"", page)}
    assert left == {number(start, "Nurse aide registry"), number(start, "Driver license")}
    assert {one.item.names["en"] for one in Brought.objects.all()} == set(HER_PROOFS)


@pytest.mark.parametrize("ticked", [["x"], ["00000000-0000-4000-8000-000000000000:"], []])
def test_what_was_not_offered_cannot_be_ticked(client: Client, start: Start, link: str, ticked: list[str]) -> None:
    open_own_page(client, start, link)
    assert client.post(f"{link}/mine", {"ticked": ticked, "hand": "over"}).status_code == 422
    assert not Brought.objects.exists()


def test_a_wrong_pin_opens_nothing(client: Client, start: Start, link: str) -> None:
    assert client.post(f"{link}/mine", {"code": start.slip, "pin": "111111"}).status_code == 422
    assert "ticked" not in client.get(f"{link}/mine").content.decode()


def test_a_file_is_checked_at_once(client: Client, start: Start, link: str) -> None:
    where = f"{link}/{number(start, 'CPR')}"
    body = bytes(start.proofs["CPR"].document)
    assert client.get(where).status_code == 200
    page = client.post(where, upload(body), follow=True).content.decode()
    assert start.agency.org.name in page and Brought.objects.count() == 1
    client.post(where, upload(body))
    assert Brought.objects.count() == 1


def test_a_forged_one_is_told_and_counts_nothing(client: Client, start: Start, link: str) -> None:
    where = f"{link}/{number(start, 'CPR')}"
    body = bytes(start.proofs["CPR"].document).replace(b"Does it.", b"Does all.")
    page = client.post(where, upload(body), follow=True).content.decode()
    assert "No confíe en esto" in page and not Brought.objects.exists()


def test_another_persons_proof_is_marked(client: Client, start: Start, link: str) -> None:
    from skillmark.rooms.people import operations as people

    stranger = people.add_person(actor=start.agency.owner, name="Pia Quist", now=timezone.now())
    proof, _ = give(start.agency, stranger.id, "CPR", now=timezone.now())
    page = client.post(f"{link}/{number(start, 'CPR')}", upload(bytes(proof.document)), follow=True).content.decode()
    assert Brought.objects.get().doubt == "person" and start.firm.org.name in page


def test_a_photo_waits_and_said_is_said(client: Client, start: Start, link: str) -> None:
    client.post(f"{link}/{number(start, 'Driver license')}", {"photo": SimpleUploadedFile("card.jpg", card())})
    client.post(f"{link}/{number(start, 'CPR')}", {"say": "yes"})
    assert {one.way for one in Brought.objects.all()} == {"photo", "said"}


@pytest.mark.parametrize("form", [{}, {"link": "javascript:alert(1)"}, {"link": "x" * 3000}])
def test_bad_input_is_told_beside_its_field(client: Client, start: Start, link: str, form: dict[str, str]) -> None:
    answer = client.post(f"{link}/{number(start, 'CPR')}", form)
    assert answer.status_code == 422 and not Brought.objects.exists()


def test_unknown_closed_and_too_old_look_alike(client: Client, start: Start, link: str) -> None:
    unknown = client.get("/start/" + "x" * 43)
    assert unknown.status_code == 404
    found = StartList.objects.get()
    StartList.objects.filter(id=found.id).update(expires_at=timezone.now() - timedelta(days=1))
    old = client.get(link)
    assert old.status_code == 410 and client.post(f"{link}/1", {"say": "yes"}).status_code == 410
    assert client.post(f"{link}/mine", {"hand": "over"}).status_code == 410
    for answer in (unknown, old):
        assert "CPR" not in answer.content.decode() and NAME not in answer.content.decode()
    assert client.get(f"{link}/99").status_code in (404, 410)


def test_guessing_and_flooding_end(client: Client, start: Start, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(door.LIMITS, "code", 2)
    monkeypatch.setitem(door.LIMITS, "photo", 2)
    for _ in range(2):
        assert client.get("/start/guess").status_code == 404
    assert client.get("/start/guess").status_code == 429
    for at in range(2):
        client.post(f"{link}/{number(start, 'CPR')}", upload(b"x" * (at + 1)))
    assert client.post(f"{link}/{number(start, 'CPR')}", {"say": "yes"}).status_code == 429
    assert not Brought.objects.exists() and Try.objects.exists()


# ---- from another app ----


@pytest.fixture
def other_app(start: Start, settings: Any) -> App:
    """Another app of Ana's, with a copy of her CPR proof."""
    settings.BASE_URL = BASE
    return app_with(start.proofs["CPR"])


def ask_app(client: Client, link: str) -> Asking:
    answer = client.post(f"{link}/app")
    assert answer.status_code == 302, answer.content.decode()
    made = Asking.objects.latest("made_at")
    assert answer["Location"] == f"/check/phone/{made.id}"
    return made


def test_from_another_app_it_counts_at_once(client: Client, start: Start, link: str, other_app: App) -> None:
    assert f'action="{link}/app"' in client.get(link).content.decode()
    made = ask_app(client, link)
    assert made.person_id == start.ana.id and made.start_list_id == StartList.objects.get().id
    page = client.get(f"/check/phone/{made.id}")
    assert '<html lang="es"' in page.content.decode() and link in page.content.decode()
    assert client.get(link).status_code == 200 and not Brought.objects.exists(), "it is still waited for"
    payload = other_app.read(page.context["link"])
    assert payload["client_metadata"]["client_name"] == start.firm.org.name
    back = urlsplit(other_app.send().json()["redirect_uri"])
    assert not Brought.objects.exists() and b"data-running" not in client.get(f"/check/phone/{made.id}?part=wait").content
    assert client.get(f"{back.path}?{back.query}", follow=True).redirect_chain[-1][0] == link
    came = Brought.objects.get()
    assert came.item_id == start.items["CPR"].id and came.doubt == "" and came.check_id
    item = checks.check(actor=start.firm.owner, check_id=came.check_id).item
    (signature,) = holdings.signatures_on(actor=start.firm.owner, checked_item_id=item.id)
    (again,) = checking.check_bytes(data=bytes(item.body), name="", now=timezone.now(), org_id=start.firm.org.id)
    assert item.watched and again.verdict.value == "good", "it can be asked again every day"
    assert (signature.verdict, signature.giver) == ("good", start.agency.org.name)
    assert f'{link}/{number(start, "CPR")}"' not in client.get(link).content.decode()
    assert client.get(f"/check/phone/{made.id}")["Location"] == link and Brought.objects.count() == 1
    ask_app(client, link)
    other_app.read(client.get(f"/check/phone/{Asking.objects.latest('made_at').id}").context["link"])
    assert other_app.send().status_code == 400, "what is here already is not asked for again"


def test_an_altered_answer_is_told_and_not_counted(client: Client, link: str, other_app: App) -> None:
    client.cookies["django_language"] = "en"
    made = ask_app(client, link)
    where = f"/check/phone/{made.id}"
    other_app.read(client.get(where).context["link"])
    head, claims, rest = other_app.shown().split(".", 2)
    assert other_app.send({"selective": [".".join((head, claims[:-4] + "AAAA", rest))]}).status_code == 400
    assert "or was altered. We did not take it." in client.get(where).content.decode()
    client.get(link)
    assert not Brought.objects.exists()
    client.post(f"{where}/stop")
    assert client.get(where)["Location"] == link
    page = client.get(link).content.decode()
    assert not Brought.objects.exists() and "Nothing came from the other app" in page
    assert "Nothing came from the other app" not in client.get(link).content.decode(), "it is told once"


def test_another_persons_answer_waits_for_the_firm(client: Client, start: Start, link: str, settings: Any) -> None:
    from skillmark.rooms.people import operations as people

    settings.BASE_URL = BASE
    stranger = people.add_person(actor=start.agency.owner, name="Pia Quist", now=timezone.now())
    app = app_with(give(start.agency, stranger.id, "CPR", now=timezone.now())[0])
    made = ask_app(client, link)
    app.read(client.get(f"/check/phone/{made.id}").context["link"])
    assert app.send().status_code == 200
    assert start.firm.org.name in client.get(f"/check/phone/{made.id}", follow=True).content.decode()
    assert Brought.objects.get().doubt == "person"


def test_the_answer_of_another_browser_is_nothing_here(client: Client, link: str, other_app: App) -> None:
    made = ask_app(client, link)
    other_app.read(client.get(f"/check/phone/{made.id}").context["link"])
    assert other_app.send().status_code == 200
    stranger = Client()
    assert stranger.get(link).status_code == 200 and not Brought.objects.exists()
    assert stranger.get(f"/check/phone/{made.id}").status_code == 404
    with pytest.raises(NotFound):
        starting.take_answer(token=link.rpartition("/")[2], asking_id=made.id, session="guessed", now=timezone.now())
    assert not Brought.objects.exists()


def test_an_answer_belongs_to_one_list(client: Client, start: Start, link: str, other_app: App) -> None:
    made = ask_app(client, link)
    secret = client.session["asking"][str(made.id)]
    other_app.read(client.get(f"/check/phone/{made.id}").context["link"])
    assert other_app.send().status_code == 200
    _, token = operations.start_list(actor=start.firm.owner, person_id=start.ana.id, now=timezone.now())
    assert client.get(link).status_code == 410, "the list before is over"
    with pytest.raises(NotFound):
        starting.take_answer(token=token, asking_id=made.id, session=secret, now=timezone.now())
    assert not Brought.objects.exists()


def test_asking_an_app_needs_the_link_and_a_press(client: Client, link: str) -> None:
    assert client.get(f"{link}/app").status_code == 405
    assert client.post("/start/guess/app").status_code == 404
    StartList.objects.update(closed_at=timezone.now())
    assert client.post(f"{link}/app").status_code == 410 and not Asking.objects.exists()
