"""Small real items, made on the spot: pictures, codes, PDFs, archives."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from typing import Any

import pypdf
import segno
import typst
from PIL import Image
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

CREDENTIAL = (
    b'{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"name":"Gabelstapler \xc3\xbc"}'
)
OTHER = b'{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"name":"Other"}'
TOKEN = b"eyJhbGciOiJFZERTQSIsInR5cCI6InZjK2p3dCJ9.eyJpc3MiOiJkaWQ6d2ViOnguZXhhbXBsZSJ9.c2ln"
URL = b"https://proofs.example.com/c/7HK2?x=1"


@cache
def picture(form: str = "PNG", *, size: tuple[int, int] = (24, 24)) -> bytes:
    """A plain picture without any code."""
    out = io.BytesIO()
    Image.new("RGB", size, "steelblue").save(out, form)
    return out.getvalue()


@cache
def code(body: bytes, form: str = "PNG", *, scale: int = 4) -> bytes:
    """A picture of a QR code."""
    drawn = io.BytesIO()
    segno.make_qr(body, error="l").save(drawn, kind="png", scale=scale)
    if form == "PNG":
        return drawn.getvalue()
    out = io.BytesIO()
    Image.open(drawn).convert("RGB").save(out, form)
    return out.getvalue()


def codes(*bodies: bytes) -> bytes:
    """One picture with several QR codes beside one another."""
    parts = [Image.open(io.BytesIO(code(body))).convert("L") for body in bodies]
    sheet = Image.new("L", (sum(part.width for part in parts), max(part.height for part in parts)), "white")
    at = 0
    for part in parts:
        sheet.paste(part, (at, 0))
        at += part.width
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """One PNG chunk with a good checksum."""
    return struct.pack(">I4s", len(body), kind) + body + struct.pack(">I", zlib.crc32(kind + body))


def png_with(*chunks: bytes, base: bytes | None = None) -> bytes:
    """A picture with further chunks behind its header."""
    base = base or picture()
    return base[:33] + b"".join(chunks) + base[33:]


@cache
def pdf(*, attached: bytes | None = None, printed: bytes | None = None, pages: int = 1) -> bytes:
    """A PDF as the application makes it: perhaps a file attached, perhaps a QR code on the last page."""
    source, files = "#set page(width: 210mm, height: 297mm)\nCertificate\n", {}
    if attached is not None:
        source += '#pdf.attach("proof.json", read("proof.json", encoding: none), mime-type: "application/json")\n'
        files["proof.json"] = attached
    source += "#pagebreak()\nMore\n" * (pages - 1)
    if printed is not None:
        drawn = io.BytesIO()
        segno.make_qr(printed).save(drawn, kind="svg")
        source += '#image("code.svg", width: 50mm)\n'
        files["code.svg"] = drawn.getvalue()  # typst takes files in memory only if they are text
    compile_: Any = typst.compile
    made = compile_({"main.typ": source.encode(), **files}, format="pdf", ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def pdf_written(*, attachments: dict[str, bytes], password: str = "", owner_password: str = "") -> bytes:
    """A PDF written by pypdf: attached files in the name tree, perhaps locked."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    for name, body in attachments.items():
        writer.add_attachment(name, body)
    if password or owner_password:
        writer.encrypt(password, owner_password or None, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_packed(body: bytes) -> bytes:
    """A PDF with one attached file `a.json` whose stream is deflated."""
    stream = DecodedStreamObject()
    stream.set_data(body)
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    held = writer._add_object(stream.flate_encode(9))
    name = TextStringObject("a.json")
    spec = DictionaryObject({NameObject("/F"): name, NameObject("/EF"): DictionaryObject({NameObject("/F"): held})})
    tree = DictionaryObject({NameObject("/Names"): ArrayObject([name, spec])})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/EmbeddedFiles"): tree})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def archive(entries: dict[str, bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as file:
        for name, body in entries.items():
            file.writestr(name, body)
    return out.getvalue()


def svg(inside: str = '<rect width="5" height="5"/>', *, head: str = "", root: str = "") -> bytes:
    """A small drawing."""
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{root}>{inside}</svg>'.encode()


def page_filled(times: int, *, printed: bytes | None = None) -> bytes:
    """A PDF of a few kilobytes whose page is painted over and over; before it, if wanted, one with a code of `printed`."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(printed=printed))) if printed else pypdf.PdfWriter()
    page = writer.add_blank_page(612, 792)
    content = DecodedStreamObject()
    content.set_data(b"0 0 612 792 re f\n" * times)
    page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def forms_in_forms(levels: int) -> bytes:
    """A PDF whose page draws ten forms, each of which draws ten, and so on."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(612, 792)
    inner: Any = None
    for _ in range(levels):
        form = DecodedStreamObject()
        form.set_data(b"/X Do " * 10 if inner else b"0 0 612 792 re f\n" * 10)
        form.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
        form[NameObject("/BBox")] = ArrayObject([NumberObject(side) for side in (0, 0, 612, 792)])
        form[NameObject("/Resources")] = _drawing(inner)
        inner = writer._add_object(form)
    content = DecodedStreamObject()
    content.set_data(b"/X Do")
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Resources")] = _drawing(inner)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _drawing(form: Any) -> DictionaryObject:
    named = DictionaryObject({NameObject("/X"): form}) if form is not None else DictionaryObject()
    return DictionaryObject({NameObject("/XObject"): named})


def large_shapes(count: int) -> bytes:
    """An SVG of shapes that each cover all of it."""
    return svg('<circle r="9" cx="3"/>' * count)


def empty_picture(side: int) -> bytes:
    """A PNG without anything on it: 40 million points in a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (side, side), 1).save(out, "PNG")
    return out.getvalue()
