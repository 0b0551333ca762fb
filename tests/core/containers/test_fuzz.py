"""Broken files of every kind: nothing but our own errors leaves, and what is found has the promised shape."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credcore.containers import open_item, png, svg
from credcore.errors import MalformedError

from .samples import CREDENTIAL, TOKEN, URL, archive, chunk, code, pdf, pdf_packed, pdf_written, picture, png_with
from .samples import svg as drawing

SEEDS: dict[str, bytes] = {
    "json": CREDENTIAL,
    "token": TOKEN + b"~WyJhIl0~",
    "url": URL,
    "png": png.bake(png=picture(), credential=CREDENTIAL),
    "zTXt": png_with(chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(CREDENTIAL))),
    "svg": svg.bake(svg=drawing(head='<?xml version="1.0"?><!DOCTYPE svg>'), credential=CREDENTIAL),
    "drawing": drawing('<g transform="scale(2)"><path d="M0 0h5v5z" style="fill:red"/><circle r="1"/></g>'),
    "qr png": code(URL, scale=1),
    "qr jpeg": code(URL, "JPEG", scale=2),
    "qr webp": code(URL, "WEBP", scale=2),
    "qr gif": code(URL, "GIF", scale=2),
    "pdf": pdf_written(attachments={"a.json": CREDENTIAL}),
    "pdf packed": pdf_packed(CREDENTIAL),
    "pdf locked": pdf_written(attachments={"a.json": CREDENTIAL}, password="x"),
    "pdf typst": pdf(attached=CREDENTIAL),
    "zip": archive({"a.json": CREDENTIAL, "b.png": png.bake(png=picture(), credential=TOKEN), "c.zip": archive({"x": b"{}"})}),
}
CODES = {
    *("item.empty", "item.unsupported", "item.too_large", "picture.no_code", "image.too_large", "png.bad", "svg.bad"),
    *("pdf.bad", "pdf.locked", "pdf.no_proof", "zip.bad", "zip.locked", "zip.too_many", "zip.too_large"),
}


def open_and_look(data: bytes) -> None:
    """Open it: a known error code, or at least one thing of the promised shape."""
    try:
        found = open_item(data, name="x")
    except MalformedError as error:
        assert error.code in CODES
        return
    assert found
    for one in found:
        assert one.kind in ("document", "link", "problem")
        assert one.container in ("file", "png", "svg", "pdf", "qr", "zip")
        one.body.decode("utf-8")
        assert one.kind != "problem" or one.body.decode() in CODES


edit = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(("set", "cut", "insert", "repeat", "number")),
    st.binary(min_size=1, max_size=8),
    st.integers(1, 200),
)


def changed(data: bytes, edits: list[tuple[float, str, bytes, int]]) -> bytes:
    out = bytearray(data)
    for where, how, what, count in edits:
        at = int(where * len(out))
        if how == "set":
            out[at : at + len(what)] = what
        elif how == "cut":
            del out[at : at + count]
        elif how == "insert":
            out[at:at] = what
        elif how == "repeat":
            out[at:at] = out[at : at + count] * 3
        else:  # a number made large or negative is what parsers of lengths and offsets trip over
            out[at : at + 4] = (b"-999", b"9999", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff")[count % 4]
    return bytes(out)


def repaired(data: bytes) -> bytes:
    """A PNG whose checksums match again, so that the change is seen behind the first door."""
    out, at = [data[:8]], 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if at + 12 + length > len(data):
            break
        out.append(chunk(data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    return b"".join(out) + data[at:]


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=60, deadline=3_000, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(edit, max_size=5))
def test_changed_files(name: str, edits: list[tuple[float, str, bytes, int]]) -> None:
    data = changed(SEEDS[name], edits)
    open_and_look(data)
    if data.startswith(png.SIGNATURE):
        open_and_look(repaired(data))


@pytest.mark.parametrize(
    "start", [b"", b"{", b"<svg ", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xd8\xff", b"GIF89a", b"eyJ"]
)
@settings(max_examples=40, deadline=3_000)
@given(rest=st.binary(max_size=300))
def test_anything_at_all(start: bytes, rest: bytes) -> None:
    open_and_look(start + rest)


def test_deep_json_is_only_found() -> None:
    open_and_look(b"[" * 100_000)
    open_and_look(pdf_written(attachments={"a.json": b"[" * 100_000, "b.json": b'{"a":' * 50_000}))
