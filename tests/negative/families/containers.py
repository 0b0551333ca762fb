"""What a proof came in: pictures, drawings, PDFs, archives, codes. (trustworthy: rules 14 and 15, threats 14, 17 and 18)

Each is built here byte by byte or by a writer that knows no clock, so that the same files come out every time.
"""

from __future__ import annotations

import io
import time
import zipfile
import zlib
from collections.abc import Iterator

import pypdf
from PIL import Image
from pypdf.generic import ArrayObject, ByteStringObject

from credcore.containers import png, svg
from tests.core.containers import samples
from tests.core.containers.samples import chunk, code, forms_in_forms, page_filled, pdf_written, picture, png_with
from tests.core.proofs import as_bytes
from tests.negative import making
from tests.negative.case import Case
from tests.negative.twins import after, put

OB3, OB2 = b"openbadgecredential\0", b"openbadges\0"
GOOD_DOCUMENT = making.secured(making.credential())
GOOD = as_bytes(GOOD_DOCUMENT)
SECOND = as_bytes(making.secured(making.credential(id="urn:uuid:6c54b12a-9b0f-4f1c-9a53-777777777777")))
ALTERED = after(GOOD_DOCUMENT, put("credentialSubject", name="Eve Delgado"))
LINK = "https://college.example/proofs/1.json"
PLAIN = "https://college.example/badge.html"
PAGE = b"<!doctype html><title>Forklift</title><p>Rosa Delgado passed.</p>"
BAD, UNKNOWN, CAREFUL = ("bad",), ("unknown",), ("careful",)
MISMATCH = "proof.mismatch"
UNPACKED = 4 * 2**20


def cases() -> Iterator[Case]:
    yield from _pictures()
    yield from _drawings()
    yield from _pdfs()
    yield from _archives()
    yield from _codes()
    yield from _files()


def baked(credential: bytes) -> bytes:
    return png.bake(png=picture(), credential=credential)


def itxt(credential: bytes, keyword: bytes = OB3) -> bytes:
    """An uncompressed text chunk."""
    return chunk(b"iTXt", keyword + b"\0\0\0\0" + credential)


def _pictures() -> Iterator[Case]:
    good, packed, bomb = baked(GOOD), zlib.compress(GOOD), zlib.compress(bytes(UNPACKED), 9)
    unicode_bomb = png_with(chunk(b"iTXt", OB3 + b"\1\0\0\0" + bomb))
    followed = png_with(chunk(b"zTXt", OB3 + b"\0" + packed + GOOD))
    at = good.index(b"Rosa")
    wide = good[:8] + chunk(b"IHDR", b"\0\0\xff\xff\0\0\xff\xff\x08\2\0\0\0") + picture()[33:]
    for name, rule, bad, found, verdicts in (
        ("picture-with-an-altered-proof", "threat 5", baked(ALTERED), MISMATCH, BAD),
        ("picture-with-a-changed-byte", "3.14", good[:at] + b"Eosa" + good[at + 4 :], "png.bad", UNKNOWN),
        ("picture-cut-off", "3.15", good[: len(good) // 2], "png.bad", UNKNOWN),
        ("picture-without-its-end", "3.15", good[:-12], "png.bad", UNKNOWN),
        ("picture-with-two-proofs", "3.2", png_with(itxt(GOOD), itxt(SECOND)), "png.bad", UNKNOWN),
        ("picture-with-an-altered-newer-proof", "3.2", png_with(itxt(GOOD, OB2), itxt(ALTERED)), MISMATCH, BAD),
        ("picture-with-a-text-bomb", "threat 17", png_with(chunk(b"zTXt", OB3 + b"\0" + bomb)), "png.bad", UNKNOWN),
        ("picture-with-a-bomb-in-unicode-text", "threat 17", unicode_bomb, "png.bad", UNKNOWN),
        ("picture-with-packed-text-cut", "3.14", png_with(chunk(b"zTXt", OB3 + b"\0" + packed[:-4])), "png.bad", UNKNOWN),
        ("picture-with-more-behind-packed-text", "3.14", followed, "png.bad", UNKNOWN),
        ("picture-with-text-of-no-alphabet", "3.15", png_with(itxt(b"{\xff\xfe}")), "png.bad", UNKNOWN),
        ("picture-with-plain-words", "3.1", png_with(itxt(b"Rosa drives forklifts")), "png.bad", UNKNOWN),
        ("picture-without-a-code", "3.1", picture(), "picture.no_code", UNKNOWN),
        ("picture-of-four-thousand-million-points", "threat 17", wide, "image.too_large", UNKNOWN),
    ):
        yield Case(name, rule, bad, good, (found,), suffix=".png", verdicts=verdicts)


SCRIPT = "<script>document.title = 'Verified'</script>"


def drawn(credential: bytes, inside: str = '<rect width="5" height="5"/>') -> bytes:
    return svg.bake(svg=samples.svg(inside), credential=credential)


def _drawings() -> Iterator[Case]:
    good, with_script = drawn(GOOD), drawn(GOOD, SCRIPT)
    entity = '<!DOCTYPE svg [<!ENTITY name "Rosa Delgado">]>'
    outside = '<!DOCTYPE svg [<!ENTITY name SYSTEM "file:///etc/hostname">]>'
    laughs = '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    other_root = good.replace(b"<svg ", b"<g ").replace(b"</svg>", b"</g>") + b"<!--:svg-->"
    second = drawn(SECOND)
    both = good.replace(b"</svg>", second[second.index(b"<openbadges:credential") : second.index(b"<rect")] + b"</svg>")
    for name, rule, bad, twin, found, verdicts in (
        ("drawing-with-an-altered-proof", "threat 5", drawn(ALTERED), good, MISMATCH, BAD),
        ("drawing-with-a-script-and-an-altered-proof", "threat 18", drawn(ALTERED, SCRIPT), with_script, MISMATCH, BAD),
        ("drawing-with-two-proofs", "3.2", both, good, "svg.bad", UNKNOWN),
        ("drawing-with-an-entity", "threat 18", entity.encode() + good, good, "svg.bad", UNKNOWN),
        ("drawing-with-an-entity-from-outside", "threat 18", outside.encode() + good, good, "svg.bad", UNKNOWN),
        ("drawing-with-entities-in-entities", "threat 17", laughs.encode() + good, good, "svg.bad", UNKNOWN),
        ("drawing-not-closed", "3.15", good.removesuffix(b"</svg>"), good, "svg.bad", UNKNOWN),
        ("drawing-of-another-root", "3.15", other_root, good, "svg.bad", UNKNOWN),
        ("drawing-without-a-proof", "3.1", samples.svg(), good, "picture.no_code", UNKNOWN),
    ):
        yield Case(name, rule, bad, twin, (found,), suffix=".svg", verdicts=verdicts)


def locked(attachment: bytes) -> bytes:
    """A PDF that asks for a password. The identifiers, which are random as a rule, are set."""
    fixed = ArrayObject([ByteStringObject(b"negative corpus!")] * 2)
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_attachment("proof.json", attachment)
    writer._ID = fixed
    writer.encrypt("secret", algorithm="RC4-128")
    writer._ID = fixed
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def printed(body: bytes) -> bytes:
    """A PDF of one page with a QR code on it."""
    out = io.BytesIO()
    day = time.gmtime(0)
    Image.open(io.BytesIO(code(body, scale=3))).convert("1").save(out, "PDF", creationDate=day, modDate=day)
    return out.getvalue()


def _pdfs() -> Iterator[Case]:
    good = pdf_written(attachments={"proof.json": GOOD})
    two = pdf_written(attachments={"proof.json": GOOD, "second.json": SECOND})
    invoice = pdf_written(attachments={"a.json": b'{"total":7}'})
    one_altered = pdf_written(attachments={"proof.json": ALTERED, "second.json": SECOND})
    for name, rule, bad, twin, found, verdicts in (
        ("pdf-with-an-altered-attachment", "threat 5", pdf_written(attachments={"proof.json": ALTERED}), good, MISMATCH, BAD),
        ("pdf-with-two-attachments-one-altered", "3.7", one_altered, two, MISMATCH, BAD),
        ("pdf-with-a-password", "3.15", locked(GOOD), good, "pdf.locked", UNKNOWN),
        ("pdf-without-objects", "3.15", good[:15] + good[good.index(b"xref") :], good, "pdf.bad", UNKNOWN),
        ("pdf-without-a-proof", "3.1", pdf_written(attachments={}), good, "pdf.no_proof", UNKNOWN),
        ("pdf-with-an-invoice-attached", "3.1", invoice, good, "pdf.no_proof", UNKNOWN),
        ("pdf-with-an-altered-proof-printed", "threat 5", printed(ALTERED), printed(GOOD), MISMATCH, BAD),
        ("pdf-painted-over-and-over", "threat 17", page_filled(300_000), good, "item.budget", UNKNOWN),
        ("pdf-of-forms-in-forms", "threat 17", forms_in_forms(9), good, "item.budget", UNKNOWN),
    ):
        yield Case(name, rule, bad, twin, (found,), suffix=".pdf", verdicts=verdicts)


def archive(*entries: tuple[str, bytes], packed: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP whose entries all bear the same day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, body in entries:
            entry = zipfile.ZipInfo(name, date_time=(2026, 5, 4, 12, 0, 0))
            file.writestr(entry, body, compress_type=packed)
    return out.getvalue()


def with_password(made: bytes) -> bytes:
    """The same, with the mark that each entry needs a password."""
    for head, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = made.split(head)
        made = head.join([parts[0], *(part[: place - 4] + b"\1" + part[place - 3 :] for part in parts[1:])])
    return made


def _archives() -> Iterator[Case]:
    one, two = archive(("a.json", GOOD)), archive(("a.json", GOOD), ("b.json", SECOND))
    bomb = archive(("a.json", bytes(11 * 2**20)), packed=zipfile.ZIP_DEFLATED)
    nested = archive(("a.zip", one))
    climbing = "../../etc/proof.json"
    bzip2 = archive(("a.json", GOOD), packed=zipfile.ZIP_BZIP2)
    climbed, climbed_altered = archive((climbing, GOOD)), archive((climbing, ALTERED))
    one_locked = archive(("a.json", GOOD), ("b.zip", with_password(one)))
    many = archive(*((f"{number}.txt", b"") for number in range(201)))
    for name, rule, bad, twin, found, verdicts in (
        ("archive-with-an-altered-proof", "threat 5", archive(("a.json", ALTERED)), one, MISMATCH, BAD),
        ("archive-of-two-one-altered", "3.7", archive(("a.json", ALTERED), ("b.json", SECOND)), two, MISMATCH, BAD),
        ("archive-of-two-one-unreadable", "3.15", archive(("a.json", GOOD), ("b.json", b"{")), two, "json.not_json", UNKNOWN),
        ("archive-of-two-one-locked", "3.1", one_locked, two, "zip.locked", UNKNOWN),
        ("archive-with-a-password", "3.15", with_password(one), one, "zip.locked", UNKNOWN),
        ("archive-that-unpacks-to-too-much", "threat 17", bomb, one, "zip.too_large", UNKNOWN),
        ("archive-in-an-archive-in-an-archive", "3.14", archive(("a.zip", nested)), nested, "zip.bad", UNKNOWN),
        ("archive-of-too-many", "3.14", many, one, "zip.too_many", UNKNOWN),
        ("archive-of-nothing", "3.1", archive(), one, "zip.bad", UNKNOWN),
        ("archive-cut-off", "3.15", one[:-40], one, "zip.bad", UNKNOWN),
        ("archive-packed-in-a-rare-way", "3.14", bzip2, one, "zip.bad", UNKNOWN),
        ("archive-with-a-changed-byte", "3.15", one.replace(b"Rosa", b"Eosa", 1), one, "zip.bad", UNKNOWN),
        ("archive-entry-that-climbs-altered", "threat 17", climbed_altered, climbed, MISMATCH, BAD),
    ):
        yield Case(name, rule, bad, twin, (found,), suffix=".zip", verdicts=verdicts)


def _codes() -> Iterator[Case]:
    whole, link = code(GOOD, scale=3), code(LINK.encode())
    private, inward = code(b"https://metadata.college.org/latest"), code(b"https://127.0.0.1:8000/admin")
    plain, telephone = code(PLAIN.encode()), code(b"tel:+15550100")
    pages = {LINK: GOOD, PLAIN: PAGE}
    for name, rule, bad, twin, found, verdicts in (
        ("code-with-an-altered-proof", "threat 5", code(ALTERED, scale=3), whole, MISMATCH, BAD),
        ("code-with-a-private-link", "threat 14", private, link, "fetch.private_address", UNKNOWN),
        ("code-with-a-link-to-an-own-port", "threat 14", inward, link, "fetch.bad_url", UNKNOWN),
        ("code-with-a-link-to-a-plain-page", "3.1", plain, link, "page.unsigned", CAREFUL),
        ("code-with-a-telephone-number", "3.1", telephone, link, "picture.no_code", UNKNOWN),
    ):
        yield Case(name, rule, bad, twin, (found,), suffix=".png", pages=pages, verdicts=verdicts)


def _files() -> Iterator[Case]:
    """Whatever else is dropped onto the page, under the name of a proof."""
    for name, bad, found in (
        ("photograph-named-json", picture("JPEG"), "picture.no_code"),
        ("web-page-named-json", PAGE, "item.unsupported"),
        ("text-named-json", b"Rosa Delgado drives forklifts.", "item.unsupported"),
        ("program-named-json", b"\x7fELF\2\1\1" + bytes(57), "item.unsupported"),
        ("file-empty", b"", "item.empty"),
        ("file-of-spaces", b" \n\t\r\n", "item.empty"),
    ):
        yield Case(name, "3.1, 3.15", bad, GOOD, (found,), verdicts=UNKNOWN)
