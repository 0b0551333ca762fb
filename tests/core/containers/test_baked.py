"""Credentials baked into PNG and SVG pictures: in, out, replaced, and every broken kind refused."""

from __future__ import annotations

import zlib
from time import perf_counter

import pytest

from credcore.containers import open_item, png, svg
from credcore.errors import MalformedError
from tests.patience import BUSY

from .samples import CREDENTIAL, OTHER, TOKEN, URL, chunk, code, picture, png_with
from .samples import svg as drawing

OB3 = b"openbadgecredential"
HEAD = OB3 + b"\0"


def refused(data: bytes, code: str) -> None:
    with pytest.raises(MalformedError) as caught:
        open_item(data)
    assert caught.value.code == code


@pytest.mark.parametrize("body", [CREDENTIAL, TOKEN])
def test_png_there_and_back(body: bytes) -> None:
    baked = png.bake(png=picture(), credential=body)
    assert png.read(baked) == body
    (found,) = open_item(baked, name="badge.png")
    assert (found.body, found.container, found.name, found.kind) == (body, "png", "badge.png", "document")
    assert png.read(picture()) is None


def test_png_baking_again_replaces() -> None:
    old = png_with(chunk(b"iTXt", b"openbadges\0\0\0\0\0" + OTHER))
    again = png.bake(png=png.bake(png=old, credential=OTHER), credential=CREDENTIAL)
    assert png.read(again) == CREDENTIAL
    assert again.count(OB3) == 1
    assert b"openbadges\0" not in again


def test_what_is_baked_decides_over_what_is_drawn() -> None:
    baked = png.bake(png=code(URL), credential=CREDENTIAL)
    assert [(found.container, found.body) for found in open_item(baked)] == [("png", CREDENTIAL)]


@pytest.mark.parametrize(
    "part",
    [
        chunk(b"tEXt", HEAD + CREDENTIAL),
        chunk(b"zTXt", HEAD + b"\0" + zlib.compress(CREDENTIAL)),
        chunk(b"iTXt", HEAD + b"\1\0en\0titel\0" + zlib.compress(CREDENTIAL)),
        chunk(b"iTXt", HEAD + b"\0\0\0\0" + CREDENTIAL) * 2,
    ],
)
def test_png_other_spellings(part: bytes) -> None:
    assert png.read(png_with(part)) == CREDENTIAL


def test_png_of_open_badges_1_holds_a_link() -> None:
    (found,) = open_item(png_with(chunk(b"tEXt", b"openbadges\0" + URL)))
    assert (found.kind, found.body) == ("link", URL)


def test_the_newer_keyword_wins() -> None:
    both = png_with(chunk(b"tEXt", b"openbadges\0" + URL), chunk(b"tEXt", HEAD + CREDENTIAL))
    assert png.read(both) == CREDENTIAL


packed = zlib.compress(CREDENTIAL)
BROKEN_PNG = {
    "two that differ": png_with(chunk(b"tEXt", HEAD + CREDENTIAL), chunk(b"tEXt", HEAD + OTHER)),
    "cut stream": png_with(chunk(b"zTXt", HEAD + b"\0" + packed[:-3])),
    "stream and rest": png_with(chunk(b"zTXt", HEAD + b"\0" + packed + b"x")),
    "no stream": png_with(chunk(b"zTXt", HEAD + b"\0hello")),
    "unknown method": png_with(chunk(b"zTXt", HEAD + b"\1" + packed)),
    "unknown flag": png_with(chunk(b"iTXt", HEAD + b"\2\0\0\0" + CREDENTIAL)),
    "no separators": png_with(chunk(b"iTXt", HEAD + b"\0\0" + CREDENTIAL)),
    "not UTF-8": png_with(chunk(b"tEXt", HEAD + b"{\xff}")),
    "neither credential nor link": png_with(chunk(b"tEXt", HEAD + b"hello there")),
    "too long": png_with(chunk(b"tEXt", HEAD + b"{" + b" " * png.MAX_TEXT)),
    "bad checksum": picture()[:40] + b"\xff" + picture()[41:],
    "cut off": picture()[:-12],
    "header only": png.SIGNATURE,
    "chunk beyond the end": picture()[:33] + b"\xff\xff\xff\xffIDAT",
    "many chunks": png_with(chunk(b"teSt", b"") * 20_001),
    "second header": png_with(picture()[8:33]),
    "nothing baked in": png_with(chunk(b"tEXt", HEAD)),
}


@pytest.mark.parametrize("name", BROKEN_PNG)
def test_png_broken(name: str) -> None:
    refused(BROKEN_PNG[name], "png.bad")


def test_png_text_bomb_is_refused_at_once() -> None:
    packer = zlib.compressobj(9)
    million = b"\0" * 1_048_576
    bomb = b"".join(packer.compress(million) for _ in range(1_024)) + packer.flush()
    assert len(bomb) < 1_100_000
    begun = perf_counter()
    refused(png_with(chunk(b"zTXt", HEAD + b"\0" + bomb)), "png.bad")
    assert perf_counter() - begun < 0.5 * BUSY


@pytest.mark.parametrize("bad", [b"", b"\xff", b"{" + b"1" * png.MAX_TEXT])
def test_baking_refuses_what_it_could_not_read(bad: bytes) -> None:
    with pytest.raises(MalformedError, match=r"png\.bad"):
        png.bake(png=picture(), credential=bad)
    with pytest.raises(MalformedError, match=r"svg\.bad"):
        svg.bake(svg=drawing(), credential=bad)
    with pytest.raises(MalformedError, match=r"png\.bad"):
        png.bake(png=picture("JPEG"), credential=CREDENTIAL)


@pytest.mark.parametrize("body", [CREDENTIAL, TOKEN, b'{"a":"]]>","b":"<&\\u0000"}', b'{\n "a": 1\n}'])
@pytest.mark.parametrize(
    "base",
    [
        drawing(),
        drawing(head='<?xml version="1.0" encoding="UTF-8"?>\n<!-- made -->\n', root=' id="a>b"'),
        drawing("<!-- first --><g><g/></g>"),
        drawing("\n  text \n"),
        drawing(head='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'),
    ],
)
def test_svg_there_and_back(base: bytes, body: bytes) -> None:
    baked = svg.bake(svg=base, credential=body)
    assert svg.read(base) is None
    assert svg.read(baked) == body
    again = svg.bake(svg=svg.bake(svg=baked, credential=OTHER), credential=body)
    assert again == baked  # replaced, and not one byte of the picture changed
    (found,) = open_item(baked, name="badge.svg")
    assert (found.container, found.kind, found.body) == ("svg", "document", body)


def test_svg_of_open_badges_2() -> None:
    open_tag = f'<b:assertion xmlns:b="http://openbadges.org" verify="{URL.decode()}"'
    (found,) = open_item(drawing(f"{open_tag}/>"))
    assert (found.kind, found.body) == ("link", URL)
    (found,) = open_item(drawing(f"{open_tag}><![CDATA[{CREDENTIAL.decode()}]]></b:assertion>"))
    assert (found.kind, found.body) == ("document", CREDENTIAL)
    replaced = svg.bake(svg=drawing(f"<g>{open_tag}/></g><path/>"), credential=CREDENTIAL)
    assert b"assertion" not in replaced
    assert svg.read(replaced) == CREDENTIAL


def badge(body: str) -> str:
    return f'<b:credential xmlns:b="{svg.NAMESPACE}">{body}</b:credential>'


BROKEN_SVG = {
    "entities": drawing(badge("&a;"), head='<!DOCTYPE svg [<!ENTITY a "b">]>'),
    "a laugh": drawing(badge("&b;"), head='<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'),
    "outer entity": drawing(badge("&a;"), head='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>'),
    "attribute defaults": drawing(head='<!DOCTYPE svg [<!ATTLIST svg x CDATA "1">]>'),
    "undeclared entity": drawing(badge("&nbsp;")),
    "two that differ": drawing(badge("{}") + badge("[]")),
    "neither": drawing(badge("hello")),
    "not XML": b"<svg><g></svg>",
    "not SVG": b'<notsvg xmlns:svg="http://www.w3.org/2000/svg"><svg:rect/></notsvg>',
    "no namespace": b"<svg/>",
    "deep": drawing("<g>" * 300 + "</g>" * 300),
    "very deep": drawing("<g>" * 100_000),
    "unknown encoding": drawing(head='<?xml version="1.0" encoding="x-none"?>'),
    "long text": drawing(badge("{" + " " * svg.MAX_TEXT + "}")),
    "NUL": drawing("\0"),
}


@pytest.mark.parametrize("name", BROKEN_SVG)
def test_svg_broken(name: str) -> None:
    refused(BROKEN_SVG[name], "svg.bad")


@pytest.mark.parametrize("base", [b'<svg xmlns="http://www.w3.org/2000/svg"/>', drawing().decode().encode("utf-16")])
def test_svg_that_cannot_carry(base: bytes) -> None:
    with pytest.raises(MalformedError, match=r"svg\.bad"):
        svg.bake(svg=base, credential=CREDENTIAL)
