"""From whatever people have to rows: files, parcels, spreadsheets and texts with links; the broken ones say so."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credcore.containers import archive
from skillmark.desks.importers import links, rows_from_upload, texts
from tests.house.desks.sheets import ods, parcel, xlsx
from tests.patience import BUSY

A, B, C = (f"https://badges.example/{name}" for name in "abc")
TABLE = [
    ["Name", "Badge", "Remark"],
    ["Rosa", A, "see http://x.example for more"],
    ["Walt", B, ""],
    ["", "", ""],
    ["Ana", "lost", ""],
]


def kinds(rows: list[tuple[str, str, bytes]]) -> list[tuple[str, str]]:
    return [(kind, body.decode()) for _, kind, body in rows]


FOUND = [("link", A), ("link", B), ("problem", "rows.no_link")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.xlsx", xlsx(TABLE)),
        ("list.XLSX", xlsx([["nothing here"]], TABLE)),
        ("list.ods", ods(TABLE)),
        ("list.csv", "\n".join(",".join(row) for row in TABLE).encode()),
        ("list.csv", "\r\n".join(";".join(f'"{cell}"' for cell in row) for row in TABLE).encode("utf-8-sig")),
        ("list.tsv", "\n".join("\t".join(row) for row in TABLE).encode("utf-16")),
    ],
)
def test_a_list_of_links(name: str, data: bytes) -> None:
    rows = rows_from_upload([(name, data)])
    assert kinds(rows) == FOUND
    assert [row[0] for row in rows] == [f"{name}, 2: Rosa", f"{name}, 3: Walt", f"{name}, 5: Ana"]


def test_a_text_with_one_link_a_line() -> None:
    assert kinds(rows_from_upload([("links.txt", f"{A}\n\n{B}\n{C}\n".encode())])) == [("link", A), ("link", B), ("link", C)]


def test_a_text_without_a_link_is_a_file() -> None:
    token = b"eyJhbGciOiJFZERTQSJ9.e30.AA"
    told = b'{"id": "https://college.example/1", "name": "A proof"}'
    assert rows_from_upload([("proof.txt", token), ("proof.txt", told)]) == [
        ("proof.txt", "file", token), ("proof.txt", "file", told),
    ]  # fmt: skip


def test_files_and_parcels_keep_their_order_and_names() -> None:
    inner = parcel({"deep.json": b"{3}"})
    data = parcel({"a.json": b"{1}", "../b.json": b"{2}", "inner.zip": inner, "__MACOSX/x": b"litter"})
    rows = rows_from_upload([("one.json", b"{0}"), ("Badges.zip", data), ("photo.png", b"\x89PNG")])
    assert rows == [
        ("one.json", "file", b"{0}"), ("Badges.zip/a.json", "file", b"{1}"), ("Badges.zip/b.json", "file", b"{2}"),
        ("Badges.zip/deep.json", "file", b"{3}"), ("photo.png", "file", b"\x89PNG"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("broken.zip", b"PK\x03\x04 and no more", "zip.bad"),
        ("many.zip", parcel({f"{number}.json": b"{}" for number in range(archive.MAX_ENTRIES + 1)}), "zip.too_many"),
        ("broken.xlsx", b"no spreadsheet", "sheet.bad"),
        ("parcel.xlsx", parcel({"a.json": b"{}"}), "sheet.bad"),
        ("empty.xlsx", xlsx([[]]), "rows.no_link"),
        ("names.xlsx", xlsx([["Rosa"], ["Walt"]]), "rows.no_link"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet.bad"),
    ],
)
def test_what_cannot_be_read_is_one_row_and_the_others_go_on(name: str, data: bytes, code: str) -> None:
    assert rows_from_upload([(name, data), ("good.json", b"{}")]) == [
        (name, "problem", code.encode()), ("good.json", "file", b"{}"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("far.xlsx", xlsx([[A]], extra='<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        ("long.ods", ods([[A], [B] * 500], repeated=1_000_000)),
    ],
)
def test_a_sheet_that_claims_to_be_huge_costs_little(name: str, data: bytes) -> None:
    began = time.monotonic()
    (row, *more) = rows_from_upload([(name, data), ("good.json", b"{}")])
    assert time.monotonic() - began < 10 * BUSY
    assert row[1:] in {("problem", b"sheet.bad"), ("link", A.encode())} and more[-1] == ("good.json", "file", b"{}")


def test_a_formula_is_not_calculated() -> None:
    formula = f'<row r="2"><c r="A2"><f>HYPERLINK("{B}")</f><v>0</v></c></row>'
    assert kinds(rows_from_upload([("list.xlsx", xlsx([[A]], extra=formula))])) == [("link", A), ("problem", "rows.no_link")]


def test_too_many_are_noticed_and_not_cut_off() -> None:
    data = "\n".join([A] * 20_000).encode()
    assert len(rows_from_upload([("a.txt", data), ("b.txt", data)])) == 10_001


def test_only_a_whole_link_is_a_link() -> None:
    cells = [
        "see https://a.example",
        "ftp://a.example",
        "https://",
        "javascript:alert(1)",
        "https://a.example b",
        "<https://a.example>",
    ]
    assert not links.has_link([cells])
    assert links.has_link([["HTTPS://A.EXAMPLE"]])


@given(st.binary(max_size=300), st.sampled_from(sorted(texts.ENDINGS)))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it(data: bytes, ending: str) -> None:
    rows = rows_from_upload([(f"x{ending}", data)])
    assert rows and all(kind in {"file", "link", "problem"} for _, kind, _ in rows)


def test_no_damaged_parcel_breaks_it() -> None:
    whole = parcel({"a.json": b"{}" * 50, "b.json": b"[]"})
    chance = random.Random(7)
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        assert rows_from_upload([("x.zip", bytes(damaged))])
