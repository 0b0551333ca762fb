"""Real items of public projects. None of their files is kept here."""

from __future__ import annotations

import json
from typing import Any

from credcore.containers import open_item
from tests.vectors import vectors


def value(body: bytes) -> Any:
    return json.loads(body)


def test_pictures_of_the_digital_credentials_consortium() -> None:
    """Nothing is baked into these: each is drawn as a QR code with the address of the JSON of the same name."""
    folder = vectors("dcc") / "credentials"
    pictures = sorted(folder.rglob("*.png"))
    assert len(pictures) >= 45
    for picture in pictures:
        (found,) = open_item(picture.read_bytes(), name=picture.name)
        assert (found.container, found.kind) == ("qr", "link"), picture.name
        beside = folder / found.body.decode().partition("/verifiableCredentials/v1/")[2]
        assert beside == picture.with_suffix(".json")
        document = beside.read_bytes()
        if document:  # one of them is an empty file in the collection itself
            assert value(open_item(document)[0].body) == value(document)


def test_drawing_of_the_digital_credentials_consortium() -> None:
    """The SVG among them is such a drawing, too; its address is a short one that only the internet can explain."""
    (drawing,) = (vectors("dcc") / "credentials").rglob("*.svg")
    (found,) = open_item(drawing.read_bytes())
    assert (found.container, found.kind) == ("qr", "link")
    assert found.body.startswith(b"https://qr.codes/")


def test_open_badges_2_picture() -> None:
    (found,) = open_item((vectors("one-edtech") / "ob20" / "simple-badge.png").read_bytes())
    assert (found.container, found.kind) == ("png", "document")
    assert value(found.body)["type"] == "Assertion"


def test_open_badges_3_pictures() -> None:
    folder = vectors("one-edtech") / "ob30"
    for picture in [*folder.glob("*.png"), *folder.glob("*.svg")]:
        (found,) = open_item(picture.read_bytes())
        assert (found.container, found.kind) == (picture.suffix[1:], "document")
        if "json" in picture.name:
            assert "OpenBadgeCredential" in value(found.body)["type"]
        else:
            assert found.body.count(b".") == 2
