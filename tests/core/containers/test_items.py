"""Whatever is handed over: text, photos, PDFs, archives. Told apart by content, never by name."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from time import perf_counter

import pypdf
import pytest
import segno
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from credcore.containers import Found, open_item, png
from credcore.errors import MalformedError

from .samples import CREDENTIAL, OTHER, TOKEN, URL, archive, chunk, code, codes, pdf, pdf_packed, pdf_written, picture, svg


def refused(data: bytes, code: str, **options: int) -> None:
    with pytest.raises(MalformedError) as caught:
        open_item(data, **options)
    assert caught.value.code == code


def test_importing_it_loads_no_heavy_reader() -> None:
    heavy = "('PIL', 'zxingcpp', 'pypdf', 'pypdfium2', 'typst')"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, credcore.containers; print([m for m in {heavy} if m in sys.modules])"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("data", "body", "kind"),
    [
        (CREDENTIAL, CREDENTIAL, "document"),
        (b"\xef\xbb\xbf \r\n" + CREDENTIAL + b"\n", CREDENTIAL, "document"),
        (b"[]", b"[]", "document"),
        (TOKEN + b"\n", TOKEN, "document"),
        (TOKEN + b"~WyJhIl0~", TOKEN + b"~WyJhIl0~", "document"),
        (TOKEN + b"~WyJhIl0~" + TOKEN, TOKEN + b"~WyJhIl0~" + TOKEN, "document"),
        (URL, URL, "link"),
        (b"  HTTP://old.example/badge \n", b"HTTP://old.example/badge", "link"),
        (b"https://app.example/interactions/z8n?iuv=1", b"https://app.example/interactions/z8n?iuv=1", "link"),
    ],
)
def test_text(data: bytes, body: bytes, kind: str) -> None:
    assert open_item(data, name="../a/photo.png") == (Found(body, "file", "a/photo.png", kind),)


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"www.example.com",
        b"a.b.c",
        b"eyJh.e30.",
        b"https://",
        b"https://[",
        b"https://a b",
        b"https://x.example/\nhttps://y.example/",
        b"https://x.example/" + b"a" * 2_048,
        b"javascript:alert(1)",
        b"{\xff}",
        b"<!doctype html><html><svg/></html>",
        b"<note>hi</note>",
        b"\x00\x01\x02",
        b"GIF90a",
        b"a" * 20_000 + b".b.c",
    ],
)
def test_what_we_do_not_know(data: bytes) -> None:
    refused(data, "item.unsupported")


def test_empty_and_large() -> None:
    refused(b"", "item.empty")
    refused(b" \n\xef\xbb\xbf"[:2], "item.empty")
    refused(b"{" + b" " * 10_485_760, "item.too_large")
    refused(CREDENTIAL, "item.too_large", max_bytes=10)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize(("body", "kind"), [(URL, "link"), (CREDENTIAL, "document"), (TOKEN, "document")])
def test_codes_in_pictures(form: str, body: bytes, kind: str) -> None:
    assert open_item(code(body, form), name="p") == (Found(body, "qr", "p", kind),)


def test_several_codes_and_one_twice() -> None:
    found = open_item(codes(URL, CREDENTIAL, URL))
    assert {(one.body, one.kind) for one in found} == {(URL, "link"), (CREDENTIAL, "document")}
    assert len(found) == 2


def test_a_code_drawn_on_nothing() -> None:
    out = io.BytesIO()
    segno.make_qr(URL).save(out, kind="png", scale=4, light=None)
    assert open_item(out.getvalue())[0].body == URL


def test_a_turned_photo_of_a_code() -> None:
    sheet = Image.new("RGB", (1600, 1200), "lightgray")
    sheet.paste(Image.open(io.BytesIO(code(URL, scale=8))).convert("RGB"), (500, 300))
    out = io.BytesIO()
    sheet.rotate(17, fillcolor="gray").save(out, "JPEG", quality=60)
    assert open_item(out.getvalue())[0].body == URL


@pytest.mark.parametrize("data", [picture(), picture("JPEG"), code(b"tel:+15550100"), b"\xff\xd8\xff\xe0junk", b"GIF89a"])
def test_only_a_picture(data: bytes) -> None:
    refused(data, "picture.no_code")


@pytest.mark.parametrize("side", [6_400, 20_000, 2_000_000])
def test_a_pixel_bomb_is_refused_at_once(side: int) -> None:
    header = side.to_bytes(4, "big") * 2 + b"\x01\x00\x00\x00\x00"
    data = png.SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")
    begun = perf_counter()
    refused(data, "image.too_large")
    assert perf_counter() - begun < 0.5


def test_a_code_drawn_in_svg() -> None:
    for options in ({}, {"omitsize": True}, {"light": "white"}):
        out = io.BytesIO()
        segno.make_qr(URL).save(out, kind="svg", scale=4, border=4, **options)  # type: ignore[arg-type]
        assert open_item(out.getvalue(), name="s") == (Found(URL, "qr", "s", "link"),)
    refused(svg(), "picture.no_code")
    refused(svg("<rect/>" * 50_001), "picture.no_code")
    refused(svg('<use href="#a"/><image href="file:///etc/hostname"/><script>x</script>'), "picture.no_code")


def test_pdf_with_an_attached_proof() -> None:
    expected = (Found(CREDENTIAL, "pdf", "proof.json", "document"),)
    assert open_item(pdf(attached=CREDENTIAL)) == expected
    assert open_item(pdf(attached=CREDENTIAL, printed=URL)) == expected, "attached goes before printed"
    several = {"a.json": CREDENTIAL, "b.json": OTHER, "c.jwt": TOKEN, "d.txt": b"hello", "e.json": b'{"total": 3}'}
    assert [(one.name, one.body) for one in open_item(pdf_written(attachments=several))] == [
        ("a.json", CREDENTIAL),
        ("b.json", OTHER),
        ("c.jwt", TOKEN),
    ]


def test_pdf_with_a_code_on_a_page() -> None:
    assert open_item(pdf(printed=URL, pages=3), name="c.pdf") == (Found(URL, "qr", "c.pdf#page=3", "link"),)
    assert open_item(pdf(printed=CREDENTIAL))[0].body == CREDENTIAL
    refused(pdf(printed=URL, pages=11), "pdf.no_proof")


def test_pdf_without_a_proof() -> None:
    refused(pdf(), "pdf.no_proof")
    refused(pdf(attached=b'{"invoice": 1}'), "pdf.no_proof")
    refused(b"%PDF-1.7\nnothing", "pdf.bad")


def test_pdf_with_a_password() -> None:
    refused(pdf_written(attachments={"a.json": CREDENTIAL}, password="secret"), "pdf.locked")
    only_printing = pdf_written(attachments={"a.json": CREDENTIAL}, owner_password="secret")
    assert open_item(only_printing)[0].body == CREDENTIAL


def test_pdf_with_a_bomb_attached() -> None:
    assert open_item(pdf_packed(CREDENTIAL))[0].body == CREDENTIAL
    bomb = pdf_packed(b"{" + b" " * 200_000_000)
    assert len(bomb) < 300_000
    begun = perf_counter()
    refused(bomb, "pdf.no_proof")
    assert perf_counter() - begun < 2


def test_archive() -> None:
    parcel = archive(
        {
            "a.json": CREDENTIAL,
            "../../etc/b.jwt": TOKEN,
            "C:\\proofs\\c.png": png.bake(png=picture(), credential=OTHER),
            "folder/": b"",
            "__MACOSX/a.json": b"x",
            "d.txt": b"hello",
            "e.json": b"",
            "f.pdf": pdf(attached=CREDENTIAL),
        }
    )
    assert open_item(parcel, name="all.zip") == (
        Found(CREDENTIAL, "zip", "a.json", "document"),
        Found(TOKEN, "zip", "etc/b.jwt", "document"),
        Found(OTHER, "zip", "proofs/c.png", "document"),
        Found(b"item.unsupported", "zip", "d.txt", "problem"),
        Found(b"item.empty", "zip", "e.json", "problem"),
        Found(CREDENTIAL, "zip", "proof.json", "document"),
    )


def test_archive_in_an_archive_and_no_deeper() -> None:
    inner = archive({"a.json": CREDENTIAL})
    assert open_item(archive({"in.zip": inner}))[0].body == CREDENTIAL
    (found,) = open_item(archive({"in.zip": archive({"in.zip": inner})}))
    assert (found.kind, found.body) == ("problem", b"zip.bad")
    assert len(open_item(archive({"a.zip": inner, "b.zip": inner, "c.json": OTHER}))) == 3


def locked(data: bytes, *, only: bytes = b"") -> bytes:
    """The same archive, with the mark "needs a password" on entries whose name is `only` (all, if empty)."""
    out = bytearray(data)
    for mark, flag_at, name_at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = data.find(mark)
        while at >= 0:
            if not only or data[at + name_at :].startswith(only):
                out[at + flag_at] |= 1
            at = data.find(mark, at + 4)
    return bytes(out)


def test_archive_with_a_password() -> None:
    parcel = archive({"a.json": CREDENTIAL, "b.json": OTHER})
    refused(locked(parcel), "zip.locked")
    assert [(one.kind, one.body) for one in open_item(locked(parcel, only=b"a.json"))] == [
        ("problem", b"zip.locked"),
        ("document", OTHER),
    ]


def test_archive_with_too_much_in_it() -> None:
    refused(archive({f"{number}.json": b"{}" for number in range(201)}), "zip.too_many")
    assert len(open_item(archive({f"{number}.json": b"{}" for number in range(200)}))) == 200
    begun = perf_counter()
    refused(archive({str(number): b"" for number in range(20_000)}, packed=zipfile.ZIP_STORED), "zip.too_many")
    refused(archive({}), "zip.bad")
    refused(b"PK\x03\x04 and nothing", "zip.bad")
    assert perf_counter() - begun < 10
    inner = archive({f"{number}.json": b"{}" for number in range(150)})
    assert open_item(archive({"a.zip": inner, "b.zip": inner}))[-1].body == b"zip.too_many"


def test_a_broken_attachment_hides_no_other() -> None:
    whole = pdf_written(attachments={"a.json": OTHER, "b.json": CREDENTIAL})
    for break_it in (
        lambda spec: spec["/EF"]["/F"].get_object().update({NameObject("/Filter"): NameObject("/FlateDecode")}),
        lambda spec: spec.update({NameObject("/EF"): NumberObject(5)}),
    ):
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(whole))
        break_it(writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object())
        out = io.BytesIO()
        writer.write(out)
        assert open_item(out.getvalue(), name="c.pdf") == (Found(CREDENTIAL, "pdf", "b.json", "document"),)


def test_a_file_pinned_to_a_page_is_attached() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_written(attachments={"a.json": CREDENTIAL})))
    note = DictionaryObject({NameObject("/Subtype"): NameObject("/FileAttachment")})
    note[NameObject("/FS")] = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"][1]
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    del writer.root_object[NameObject("/Names")]
    out = io.BytesIO()
    writer.write(out)
    assert open_item(out.getvalue(), name="c.pdf") == (Found(CREDENTIAL, "pdf", "a.json", "document"),)


def test_archive_bomb() -> None:
    bomb = b"\0" * 11_000_000
    one_bad = open_item(archive({"bomb": bomb, "a.json": CREDENTIAL}))
    assert [(one.kind, one.body) for one in one_bad] == [("problem", b"zip.too_large"), ("document", CREDENTIAL)]
    data = archive({str(number): bomb for number in range(8)})
    assert len(data) < 200_000
    begun = perf_counter()
    refused(data, "zip.too_large")
    assert perf_counter() - begun < 2


@pytest.mark.parametrize("packed", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_archive_with_rare_compression(packed: int) -> None:
    assert open_item(archive({"a.json": CREDENTIAL}, packed=packed))[0].body == b"zip.bad"
