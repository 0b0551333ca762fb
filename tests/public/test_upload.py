"""A photo handed in from a link: no account, no script, one first name and one card; and before a poster, a typed name."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw

from skillmark.edges.public import door
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Ask, PosterPhoto
from skillmark.rooms.people.models import Organisation, Try
from tests.cast import Firm
from tests.web.reminding import Kitchen, make_kitchen

pytestmark = pytest.mark.django_db


def card(*, dark: bool = False) -> bytes:
    """A photo with edges to read, or one that is too dark."""
    picture = Image.new("RGB", (800, 500), (4, 4, 4) if dark else (240, 240, 240))
    if not dark:
        drawn = ImageDraw.Draw(picture)
        for at in range(0, 800, 20):
            drawn.line((at, 0, at, 500), fill=(10, 10, 10), width=4)
    kept = io.BytesIO()
    picture.save(kept, "JPEG")
    return kept.getvalue()


def photo(body: bytes | None = None, name: str = "card.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, card() if body is None else body, content_type="image/jpeg")


@pytest.fixture
def kitchen(firm: Firm) -> Kitchen:
    return make_kitchen(firm, timezone.now())


@pytest.fixture
def link(kitchen: Kitchen) -> str:
    _, code = holdings.ask(
        actor=kitchen.firm.owner, person_id=kitchen.rosa.id, item_id=kitchen.item.id, now=timezone.now(), ends=kitchen.ends
    )
    return f"/u/{code}"


def test_it_shows_a_first_name_and_a_card_and_nothing_else(client: Client, kitchen: Kitchen, link: str) -> None:
    answer = client.get(link)
    source = answer.content.decode()
    assert answer.status_code == 200 and "Rosa" in source and "Tarjeta de manipulación de alimentos" in source
    person, org = kitchen.rosa, kitchen.firm.org
    for secret in ("Delgado", person.email, person.phone, str(person.id), str(kitchen.item.id), str(org.id), "Kyle", "2026"):
        assert secret not in source
    assert 'lang="es"' in source and 'capture="environment"' in source and "image/*" in source
    assert "<script" not in source and answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]


def test_opening_uses_nothing_up(client: Client, link: str) -> None:
    for _ in range(3):
        client.get(link)
        client.head(link)
        client.get(f"{link}/stop")
    assert not Ask.objects.exclude(used_at=None).exists()
    assert client.post(link, {"photo": photo()}).status_code == 302


def test_a_photo_waits_for_a_person_of_the_firm(client: Client, kitchen: Kitchen, link: str) -> None:
    answer = client.post(link, {"photo": photo()}, follow=True)
    assert "Tallgrass Machine Works" in answer.content.decode() and answer.redirect_chain == [(f"{link}/thanks", 302)]
    (waiting,) = queries.waiting_photos(actor=kitchen.firm.owner)
    assert waiting.holding.person_id == kitchen.rosa.id and waiting.added_by == "Rosa Delgado"
    assert waiting.approved_at is None
    again = client.get(link)
    assert again.status_code == 410 and "Tallgrass Machine Works" in again.content.decode()
    assert client.post(link, {"photo": photo()}).status_code == 410
    assert len(queries.waiting_photos(actor=kitchen.firm.owner)) == 1


def test_a_file_does_as_well_and_the_code_is_read_as_people_type_it(client: Client, kitchen: Kitchen, link: str) -> None:
    code = link[3:].lower()
    typed = f"/u/{code[:4]}-{code[4:8]}-{code[8:]}"
    assert client.get(typed).status_code == 200
    assert client.post(typed, {"file": photo(name="scan.png")}).status_code == 302
    assert queries.waiting_photos(actor=kitchen.firm.owner)


def test_other_requests_for_the_same_card_are_answered_too(client: Client, kitchen: Kitchen, link: str) -> None:
    _, other = holdings.ask(
        actor=kitchen.firm.owner, person_id=kitchen.rosa.id, item_id=kitchen.item.id, now=timezone.now()
    )  # fmt: skip
    client.post(link, {"photo": photo()})
    assert client.get(f"/u/{other}").status_code == 410
    assert client.get(f"/u/{other}/thanks").status_code == 200


def test_the_language_switch_wins(client: Client, link: str) -> None:
    client.post("/language/", {"language": "en", "next": link})
    assert "Rosa, take a photo" in client.get(link).content.decode()


REFUSED = [
    (b"", "empty"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "SVG"),
    (b"hello", "neither a photo nor a PDF"),
    (b"\xff\xd8\xff" + b"x" * 900, "damaged"),
    (b"\xff\xd8\xff" + b"x" * (16 * 2**20), "over 15 MB"),
]


@pytest.mark.parametrize(("body", "why"), REFUSED, ids=["empty", "svg", "text", "broken", "large"])
def test_a_file_that_is_refused_says_why_and_the_link_stays_good(client: Client, link: str, body: bytes, why: str) -> None:
    client.cookies["django_language"] = "en"
    answer = client.post(link, {"photo": photo(body)})
    page = answer.content.decode()
    assert answer.status_code == 422 and why in page and 'id="id_photo_error"' in page
    assert client.post(link, {}).status_code == 422
    assert client.post(link, {"photo": photo()}).status_code == 302


def test_a_dark_photo_is_asked_about_and_may_be_sent_all_the_same(client: Client, kitchen: Kitchen, link: str) -> None:
    client.cookies["django_language"] = "en"
    answer = client.post(link, {"photo": photo(card(dark=True))})
    page = answer.content.decode()
    assert answer.status_code == 422 and "too dark to read" in page
    assert not queries.waiting_photos(actor=kitchen.firm.owner)
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None
    assert client.post(link, {"kept": "no picture"}).status_code == 422
    assert client.post(link, {"kept": kept[1]}).status_code == 302
    (waiting,) = queries.waiting_photos(actor=kitchen.firm.owner)
    assert waiting.doubt == "dark"


def test_closed_old_and_unknown_links_say_what_to_do(client: Client, kitchen: Kitchen, link: str) -> None:
    client.cookies["django_language"] = "en"
    unknown = client.get("/u/ABCDEFGHJKMN")
    assert unknown.status_code == 404 and "Ask at work" in unknown.content.decode()
    Ask.objects.update(expires_at=timezone.now() - timedelta(days=1))
    old = client.get(link)
    assert old.status_code == 410 and "Ask at Tallgrass Machine Works" in old.content.decode()
    Ask.objects.update(expires_at=timezone.now() + timedelta(days=1))
    (ask,) = Ask.objects.all()
    holdings.close_ask(actor=kitchen.firm.owner, ask_id=ask.id, now=timezone.now())
    assert client.get(link).status_code == 410 and client.post(link, {"photo": photo()}).status_code == 410
    assert client.get(f"{link}/thanks").status_code == 302


def test_a_made_up_firms_link_lives_by_its_clock(client: Client, kitchen: Kitchen, link: str) -> None:
    Ask.objects.update(expires_at=timezone.now() - timedelta(days=100))
    Organisation.objects.filter(id=kitchen.firm.org.id).update(clock=timezone.now() - timedelta(days=120))
    assert client.get(link).status_code == 200


def test_saying_no_takes_a_press_and_can_be_taken_back(client: Client, kitchen: Kitchen, link: str) -> None:
    client.cookies["django_language"] = "en"
    assert "No more reminders by e-mail?" in client.get(f"{link}/stop").content.decode()
    assert not queries.said_no(actor=kitchen.firm.owner)
    assert "No more e-mails" in client.post(f"{link}/stop").content.decode()
    assert queries.said_no(actor=kitchen.firm.owner) == {kitchen.rosa.id}
    client.post(f"{link}/stop", {"again": "yes"})
    assert not queries.said_no(actor=kitchen.firm.owner)
    assert client.post("/u/ABCDEFGHJKMN/stop").status_code == 404


def test_an_address_may_not_send_without_end(client: Client, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client.cookies["django_language"] = "en"
    monkeypatch.setitem(door.LIMITS, "photo", 2)
    for _ in range(2):
        client.post(link, {"photo": photo(b"hello")})
    answer = client.post(link, {"photo": photo()})
    assert answer.status_code == 422 and "Too many tries" in answer.content.decode()


def test_the_form_needs_its_token(kitchen: Kitchen, link: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, {"photo": photo()}).status_code == 403


@pytest.fixture
def wall(kitchen: Kitchen) -> str:
    _, code = holdings.make_poster(actor=kitchen.firm.owner, now=timezone.now())
    return f"/u/site/{code}"


def test_a_poster_never_tells_who_works_there(client: Client, kitchen: Kitchen, wall: str) -> None:
    client.cookies["django_language"] = "en"
    page = client.get(wall).content.decode()
    assert "Tallgrass Machine Works" in page and "Rosa" not in page and "Food handler card" not in page
    answers = []
    for name in ("Rosa Delgado", "Nobody At All"):
        answer = client.post(wall, {"name": name, "item": "food card", "photo": photo()}, follow=True)
        token = r'name="csrfmiddlewaretoken" value="[^"]+"'
        answers.append((answer.status_code, re.sub(token, "", answer.content.decode())))
    assert answers[0] == answers[1]
    assert not queries.waiting_photos(actor=kitchen.firm.owner), "it counts for nobody yet"
    assert [one.typed_name for one in queries.poster_photos(actor=kitchen.firm.owner)] == ["Rosa Delgado", "Nobody At All"]


def test_a_poster_asks_for_what_is_missing(client: Client, wall: str) -> None:
    client.cookies["django_language"] = "en"
    answer = client.post(wall, {"name": " ", "item": "", "photo": photo()})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Type your name" in page and "Type what the photo shows" in page
    assert client.post(wall, {"name": "R", "item": "c"}).status_code == 422
    assert not PosterPhoto.objects.exists()


def test_a_dark_photo_before_a_poster_keeps_what_was_typed(client: Client, wall: str) -> None:
    page = client.post(wall, {"name": "Rosa", "item": "card", "photo": photo(card(dark=True))}).content.decode()
    kept = dict(re.findall(r'type="hidden" name="(kept|name|item)" value="([^"]+)"', page))
    assert client.post(wall, kept).status_code == 302
    assert PosterPhoto.objects.get().typed_name == "Rosa"


def test_a_closed_poster_takes_nothing(client: Client, kitchen: Kitchen, wall: str) -> None:
    (poster,) = queries.posters(actor=kitchen.firm.owner)
    holdings.close_poster(actor=kitchen.firm.owner, poster_id=poster.id, now=timezone.now())
    assert client.get(wall).status_code == 410
    assert client.post(wall, {"name": "R", "item": "c", "photo": photo()}).status_code == 410
    assert client.get(f"{wall}/thanks").status_code == 404


def test_a_poster_takes_so_many_a_day(client: Client, kitchen: Kitchen, wall: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.rooms.holdings.operations import posters

    monkeypatch.setattr(posters, "A_DAY", 1)
    given = {"name": "R", "item": "c"}
    assert client.post(wall, given | {"photo": photo()}).status_code == 302
    assert client.post(wall, given | {"photo": photo()}).status_code == 429
    assert Try.objects.exists()
