"""A small file can be a huge picture: how large it may be depends on what its kind takes to decode."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from credcore.containers import open_item
from credcore.containers.qr import MAX_BYTES
from credcore.errors import MalformedError

from .samples import URL, code


def picture(form: str, mode: str, points: int, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (points // 1_000, 1_000)).save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "mode", "weight", "options"),
    [
        ("PNG", "RGB", 8, {}),
        ("PNG", "LA", 8, {}),
        ("PNG", "P", 8, {"transparency": 0}),
        ("JPEG", "RGB", 12, {"progressive": True}),
        ("JPEG", "CMYK", 12, {}),
        ("WEBP", "RGB", 16, {}),
    ],
    ids=lambda value: str(value),
)
def test_what_takes_more_memory_may_have_fewer_points(form: str, mode: str, weight: int, options: dict[str, object]) -> None:
    for points, expected in (
        (MAX_BYTES // weight - 10_000, "picture.no_code"),
        (MAX_BYTES // weight + 10_000, "image.too_large"),
    ):
        with pytest.raises(MalformedError) as caught:
            open_item(picture(form, mode, points, **options))
        assert caught.value.code == expected


def test_plain_pictures_may_have_40_million() -> None:
    for form, mode in (("PNG", "1"), ("PNG", "L"), ("JPEG", "RGB")):
        with pytest.raises(MalformedError) as caught:
            open_item(picture(form, mode, 39_999_000))
        assert caught.value.code == "picture.no_code"


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_a_code_drawn_on_nothing_is_read(mode: str) -> None:
    drawn = Image.open(io.BytesIO(code(URL))).convert("L")
    layer = Image.new(mode, drawn.size, (0,) * len(mode))
    layer.putalpha(drawn.point(lambda grey: 255 - grey))
    out = io.BytesIO()
    layer.save(out, "PNG")
    (found,) = open_item(out.getvalue())
    assert (found.kind, found.body) == ("link", URL)
