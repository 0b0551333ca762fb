"""Photos and scans come in as they are and leave upright, small and bare; what cannot be taken says why."""

from __future__ import annotations

import builtins
import sys
import zipfile
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from skillmark.desks import intake
from skillmark.desks.intake import CannotTake, ItemWords, KnownPerson, Matcher
from skillmark.desks.words import SENTENCES
from tests.core.containers import samples
from tests.house.desks import photos
from tests.house.desks.test_checking import PROOF

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def take(body: bytes, name: str = "card.jpg") -> intake.Taken:
    return intake.take(body=body, name=name)


def opened(taken: intake.Taken) -> Image.Image:
    assert taken.media_type == "image/jpeg"
    return Image.open(BytesIO(taken.body))


def is_blue(colour: Any) -> bool:
    return bool(colour[2] > 120 and colour[0] < 90)


def test_a_phone_photo_is_turned_and_shrunk() -> None:
    picture = opened(take(photos.from_phone()))
    assert picture.size == (1013, 1600) or picture.size == (1014, 1600)
    # The blue edge was on the left of the sensor; held that way it belongs on top.
    assert is_blue(picture.getpixel((500, 20))) and not is_blue(picture.getpixel((20, 1500)))


def test_nothing_of_the_camera_is_left() -> None:
    body = photos.from_phone()
    assert Image.open(BytesIO(body)).getexif().get_ifd(photos.GPS)
    taken = take(body)
    assert not opened(taken).getexif() and b"Exif" not in taken.body and b"Acme" not in taken.body
    assert taken.original == b""


def test_a_comment_and_a_profile_go_too() -> None:
    body = photos.packed(photos.card(), comment=b"Rosa at home", icc_profile=b"\0" * 200)
    assert b"Rosa at home" in body
    assert b"Rosa at home" not in take(body).body


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_common_kind_whatever_its_name(format: str) -> None:
    assert opened(take(photos.packed(photos.card(), format=format), name="card.txt")).size == (1200, 760)


def test_of_a_moving_picture_the_first_frame() -> None:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "blue")]
    moving = photos.packed(frames[0], format="GIF", save_all=True, append_images=frames[1:])
    red = opened(take(moving)).getpixel((100, 100))
    assert isinstance(red, tuple) and red[0] > 200 and red[2] < 60


def test_clear_is_white() -> None:
    assert (
        opened(take(photos.packed(Image.new("RGBA", (300, 200), (0, 0, 0, 0)), format="PNG"))).getpixel((5, 5)) == (255,) * 3
    )


def test_a_small_picture_stays_small() -> None:
    assert opened(take(photos.packed(Image.new("RGB", (30, 20), "white")))).size == (30, 20)


@pytest.mark.parametrize("name", ["scan.pdf", "IMG_0001.jpg"])
def test_a_pdf_is_drawn_and_kept(name: str) -> None:
    body = photos.pdf(photos.card(), Image.new("RGB", (600, 400), "red"))
    taken = take(body, name=name)
    assert opened(taken).width == 1600 and is_blue(opened(taken).getpixel((40, 400)))
    assert (taken.original, taken.original_type) == (body, "application/pdf")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "photo.empty"),
        (b"\xff\xd8\xff" + bytes(40 * 2**20), "photo.too_large"),
        (photos.huge(), "photo.too_many_points"),
        (SVG, "photo.svg"),
        (b"<svg" + b" " * 5_000 + b"onload='x'/>", "photo.svg"),
        (b"\xef\xbb\xbf<!-- a -->" + SVG, "photo.svg"),
        (b"MZ" + bytes(500), "photo.unknown"),
        (b"just words", "photo.unknown"),
        (b"<html><body>hello</body></html>", "photo.unknown"),
        (photos.photo()[:3_000], "photo.broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "photo.broken"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "photo.broken"),
        (b"%PDF-1.7 nothing more", "photo.pdf_broken"),
    ],
)  # fmt: skip
def test_what_is_not_taken_says_why(body: bytes, code: str) -> None:
    with pytest.raises(CannotTake) as refused:
        take(body)
    assert refused.value.code == code
    assert code in SENTENCES


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("was unpacked"))
    with pytest.raises(CannotTake, match="too_many_points"):
        take(photos.huge())


def test_a_large_photo_that_comes_in_passes_is_refused() -> None:
    wide = photos.packed(Image.new("RGB", (7_000, 4_500), "white"), progressive=True, quality=40)
    assert opened(take(photos.packed(Image.new("RGB", (7_000, 4_500), "white"), quality=40))).width == 1600
    with pytest.raises(CannotTake, match="too_many_points"):
        take(wide)


def test_a_locked_pdf() -> None:
    import pypdf

    writer = pypdf.PdfWriter(clone_from=BytesIO(photos.pdf()))
    writer.encrypt("secret", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    with pytest.raises(CannotTake, match="pdf_locked"):
        take(out.getvalue())


def test_an_iphone_photo_without_the_reader_has_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(CannotTake, match="heic"):
        take(photos.heic())
    assert "Most Compatible" in SENTENCES["photo.heic"]


def test_an_iphone_photo_with_the_reader() -> None:
    heif = pytest.importorskip("pillow_heif")
    exif = Image.Exif()
    exif[photos.ORIENTATION] = 6
    exif.get_ifd(photos.GPS)[1] = "N"
    out = BytesIO()
    made = heif.from_pillow(photos.card(size=(800, 500)))
    made.info["exif"] = exif.tobytes()
    made.save(out, quality=90)
    assert builtins.bytes(out.getvalue()[4:12]) == b"ftypheic"
    taken = take(out.getvalue(), name="IMG_1.HEIC")
    assert sorted(opened(taken).size) == [500, 800] and b"Exif" not in taken.body
    with pytest.raises(CannotTake, match="broken"):
        take(photos.heic())


def test_dark_and_blurred_photos_are_asked_about() -> None:
    assert take(photos.photo()).doubt == ""
    assert take(photos.photo(light=60)).doubt == "dark"
    assert take(photos.blurred()).doubt == "blurry"
    assert take(photos.photo(light=150)).doubt == ""


def test_a_code_on_the_card_is_told() -> None:
    assert take(photos.photo()).digital == ""
    assert take(photos.with_code("https://example.org/verify/123")).digital == "code"
    assert take(photos.with_code("tel:+15550100")).digital == ""


def test_a_proof_in_the_file_is_told_and_kept() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("openbadgecredential", PROOF.decode())
    body = photos.packed(photos.card(), format="PNG", pnginfo=info)
    taken = take(body, name="badge.png")
    assert (taken.digital, taken.original, taken.original_type) == ("proof", body, "image/png")


def test_a_page_that_is_never_drawn_holds_up_nobody() -> None:
    with pytest.raises(CannotTake) as caught:
        take(samples.page_filled(100_000), name="card.pdf")
    assert caught.value.code == "photo.pdf_broken"


ROSA, TWIN, HIEU, ANA, MARIA = uuid4(), uuid4(), uuid4(), uuid4(), uuid4()
FORKLIFT, OSHA, CPR, FOOD = uuid4(), uuid4(), uuid4(), uuid4()


@pytest.fixture
def matcher() -> Matcher:
    return Matcher(
        people=[
            KnownPerson(ROSA, ("Rosa Delgado",), "1042"),
            KnownPerson(TWIN, ("Luis Ortega",)),
            KnownPerson(HIEU, ("Luis Ortega",)),
            KnownPerson(ANA, ("Ana María Núñez Peña", "Ana Peña")),
            KnownPerson(MARIA, ("María Delgado Ruiz",)),
        ],
        items=[
            ItemWords(FORKLIFT, ("Forklift operator", "Operador de montacargas", "forklift")),
            ItemWords(OSHA, ("OSHA 10 card", "osha10")),
            ItemWords(CPR, ("CPR and first aid", "RCP", "cpr")),
            ItemWords(FOOD, ("Food handler card", "Tarjeta de manipulador")),
        ],
    )


@pytest.mark.parametrize(
    ("name", "person", "item"),
    [
        ("Rosa Delgado forklift.jpg", ROSA, FORKLIFT),
        ("DELGADO_Rosa-OSHA10.PDF", ROSA, OSHA),
        ("delgado, rosa - osha 10 card (front).png", ROSA, OSHA),
        ("1042 cpr.jpg", ROSA, CPR),
        ("RosaDelgadoForkliftOperator.jpg", ROSA, FORKLIFT),
        ("Rosa Delgado/food handler.jpeg", ROSA, FOOD),
        ("Ana Maria Nunez Pena manipulador.jpg", ANA, FOOD),
        ("nunez pena - montacargas.jpg", ANA, None),
        ("Ana Peña RCP.jpg", ANA, CPR),
        ("Maria Delgado Ruiz cpr.jpg", MARIA, CPR),
        ("Luis Ortega cpr.jpg", None, CPR),
        ("IMG_2231.jpg", None, None),
        ("rosa.jpg", None, None),
        ("forklift.jpg", None, FORKLIFT),
    ],
)
def test_names_of_files(matcher: Matcher, name: str, person: object, item: object) -> None:
    found = matcher.guess(name)
    assert (found.person, found.item) == (person, item)
    assert found.complete == (person is not None and item is not None)


def test_two_of_one_name_are_both_offered(matcher: Matcher) -> None:
    assert set(matcher.guess("Luis Ortega cpr.jpg").people) == {TWIN, HIEU}


def test_a_pile_of_files_and_zips() -> None:
    parcel = BytesIO()
    with zipfile.ZipFile(parcel, "w") as archive:
        archive.writestr("Rosa Delgado/forklift.jpg", photos.photo())
        archive.writestr("__MACOSX/._forklift.jpg", b"x")
        archive.writestr("../../logo.svg", SVG)
        archive.writestr("inner.zip", b"PK\x03\x04")
    pile = list(intake.unpack([("cards.zip", parcel.getvalue()), ("b.png", photos.photo()), ("empty.jpg", b"")]))
    told = {one.name: one.code or "taken" for one in pile}
    assert told == {
        "Rosa Delgado/forklift.jpg": "taken", "logo.svg": "photo.svg", "inner.zip": "photo.unknown", "b.png": "taken",
        "empty.jpg": "photo.empty",
    }  # fmt: skip


def test_a_zip_bomb_stops() -> None:
    parcel = BytesIO()
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.jpg", b"\xff\xd8\xff" + bytes(60 * 2**20))
    assert [(one.name, one.code) for one in intake.unpack([("a.zip", parcel.getvalue())])] == [("bomb.jpg", "photo.too_large")]
