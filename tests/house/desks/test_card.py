"""The card: one page for whatever was written, PDF/A-3 with the signed file inside, and codes that are read from paper."""

from __future__ import annotations

import io
import json
import re
import uuid
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdf
import pypdfium2
import pytest

from credcore.cli import check
from credcore.containers import pdf, qr
from credcore.errors import UnavailableError
from credcore.ports import Fetched, FetchKind
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Verifier, check_item
from skillmark.desks import link_preview, papers
from skillmark.rooms.credentials import operations, queries, rules
from tests.cast import NOW, Firm

LINK = "https://proofs.tallgrass.example/verify/6c54b12a-9b0f-4f1c-9a53-222222222222"
DOTS = 200  # an inch: what a plain scanner makes of a sheet
LONG = "Lifts and stacks pallets up to four high without touching the rack, and keeps the lane free. "


def printed(**more: Any) -> Any:
    """What a card shows, as short as it can be."""
    given: dict[str, Any] = {
        "document": b'{"@context": [], "type": ["VerifiableCredential"]}', "title": "Forklift", "person_name": "Rosa Delgado",
        "giver": "Tallgrass Machine Works", "given_at": NOW, "valid_until": None, "did": "Lifts.", "how": "Seen.", "note": "",
        "observer": "Walt Jensen", "observed_on": NOW.date(), "steps": (), "evidence": (), "level_name": "Alone",
        "language": "en", "colour": "teal", "look": {"title": "Forklift", "giver": "Tallgrass", "colour": "teal"},
        "time_zone": "America/Chicago",
    }  # fmt: skip
    return SimpleNamespace(**(given | more))


def seen(days: int, words: str) -> tuple[rules.Seen, ...]:
    steps = ("Checks the forks", "Sounds the horn")
    return tuple(
        rules.Seen(on=NOW.date() - timedelta(days=day), by="Walt Jensen", seen=words, steps=steps) for day in range(days)
    )


def scanned(body: bytes) -> bytes:
    """A picture of the only page, as a scanner makes it."""
    with pypdfium2.PdfDocument(body) as document:
        assert len(document) == 1
        picture = document[0].render(scale=DOTS / 72).to_pil()
    packed = io.BytesIO()
    picture.save(packed, "PNG")
    return packed.getvalue()


def words_on(body: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)


def offline(url: str, *, kind: FetchKind) -> Fetched:
    raise UnavailableError("fetch.offline", url)


@pytest.fixture
def given(firm: Firm) -> Any:
    template = operations.add_ready_template(actor=firm.owner, key="forklift", now=NOW)
    return operations.give(
        actor=firm.owner, person_id=firm.person.id, template_id=template.id, evidence=seen(2, LONG),
        request_key=str(uuid.uuid4()), now=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es"])
def test_it_is_an_archive_for_everyone_with_the_signed_file_inside(language: str) -> None:
    body = papers.card(proof=printed(), check_url=LINK, code=b"x" * 1_000, language=language)
    reader = pypdf.PdfReader(io.BytesIO(body))
    metadata = reader.xmp_metadata
    assert metadata is not None
    told = metadata.stream.get_data().decode()
    for said in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert said in told
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"].startswith(language)
    assert root["/MarkInfo"]["/Marked"]
    spec = root["/AF"][0].get_object()
    assert (spec["/AFRelationship"], spec["/UF"]) == ("/Source", "proof.json")
    assert reader.attachments["proof.json"][0] == printed().document
    assert [one.body for one in pdf.read(body)] == [printed().document]


@pytest.mark.parametrize("code", [None, b"x" * 1_250])
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    "written",
    [
        pytest.param({}, id="little"),
        pytest.param({"title": LONG * 2, "person_name": "Rosa " * 40, "giver": "Works " * 33, "did": LONG * 20}, id="long"),
        pytest.param({"title": "W" * 200, "person_name": "W" * 200, "giver": "W" * 200, "did": "W" * 900}, id="no spaces"),
        pytest.param({"did": LONG * 20, "how": LONG * 20, "evidence": seen(9, LONG * 9), "observer": "W" * 90}, id="days"),
        pytest.param({"did": LONG.upper() * 9, "how": LONG.upper() * 9, "note": LONG.upper() * 9}, id="capitals"),
        pytest.param({"steps": tuple(LONG for _ in range(12)), "valid_until": NOW}, id="steps"),
    ],
)
def test_it_is_one_page_whatever_was_written(written: dict[str, Any], language: str, code: bytes | None) -> None:
    body = papers.card(proof=printed(**written), check_url=LINK, code=code, language=language)
    assert len(pypdf.PdfReader(io.BytesIO(body)).pages) == 1
    assert ("Pocket card" if language == "en" else "Tarjeta de bolsillo") in words_on(body)


def test_it_tells_who_saw_what_on_which_day() -> None:
    words = words_on(papers.card(proof=printed(evidence=seen(5, LONG)), check_url=LINK, code=None, language="en"))
    assert "4 May 2026 · Walt Jensen: Checks the forks • Sounds the horn" in words
    assert "2 May 2026" in words
    assert "1 May 2026" not in words
    assert "and 2 more days, in the file inside" in words


@pytest.mark.parametrize("size", [700, 1_000, 1_270, 2_100])
def test_both_codes_are_read_from_a_scan(size: int) -> None:
    body = papers.card(proof=printed(evidence=seen(3, LONG)), check_url=LINK, code=b"{" * size, language="en")
    found = {one.body for one in qr.read(scanned(body))}
    assert found == {LINK.encode(), b"{" * size}


@pytest.mark.django_db
def test_a_scan_of_the_paper_is_checked_without_a_network(given: Any) -> None:
    """The giver has no public address: the key is in the code. Only whether it was cancelled since is not known."""
    code = operations.form_of(issued_id=given.id, form=rules.CODE, now=NOW)
    proof = queries.public_proof(issued_id=given.id)
    body = papers.card(proof=proof, check_url=LINK, code=code, language="es")
    trust = [TrustList("Our list", (TrustEntry(given.payload["issuer"]["id"], given.giver),))]
    reports = check_item(scanned(body), verifier=Verifier(fetch=offline, trust=trust), now=NOW)
    told = next(report for report in reports if report.credential is not None)
    assert told.code == "status.unknown"
    assert [one.outcome for one in told.findings if one.check in ("proof", "issuer", "trust")] == ["passed"] * 3
    assert told.credential is not None
    assert (told.credential.subject.name, told.credential.name) == ("Rosa Delgado", given.title)


@pytest.mark.django_db
def test_the_command_line_says_what_a_scan_is_worth_offline(given: Any, tmp_path: Path, capsys: Any) -> None:
    code = operations.form_of(issued_id=given.id, form=rules.CODE, now=NOW)
    body = papers.card(proof=queries.public_proof(issued_id=given.id), check_url=LINK, code=code, language="en")
    scan, known = tmp_path / "scan.png", tmp_path / "known.json"
    scan.write_bytes(scanned(body))
    entry = {"issuer": given.payload["issuer"]["id"], "name": given.giver}
    known.write_text(json.dumps({"name": "Our list", "entries": [entry]}))
    options = ["--offline", "--no-memory", "--json", "--at", NOW.isoformat(), "--trust", str(known)]
    assert check.main([str(scan), *options]) == 3  # needs care, and nothing worse
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["code"] for one in told if one["credential"]] == ["status.unknown"]
    # The file inside the PDF says the same.
    card = tmp_path / "card.pdf"
    card.write_bytes(body)
    assert check.main([str(card), *options]) == 3
    assert [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()] == ["status.unknown"]


@pytest.mark.django_db
def test_a_scan_of_the_paper_is_checked_with_a_network(firm: Firm, given: Any) -> None:
    code = operations.form_of(issued_id=given.id, form=rules.CODE, now=NOW)
    sheet = scanned(papers.card(proof=queries.public_proof(issued_id=given.id), check_url=LINK, code=code, language="en"))

    def ours(url: str, *, kind: FetchKind) -> Fetched:
        body = queries.answer_own(url=url, now=NOW)
        if body is None:
            raise UnavailableError("fetch.offline", url)
        return Fetched(url, body, "", NOW)

    trust = [TrustList("Our list", (TrustEntry(given.payload["issuer"]["id"], given.giver),))]

    def codes() -> set[str]:
        return {one.code for one in check_item(sheet, verifier=Verifier(fetch=ours, trust=trust), now=NOW) if one.credential}

    assert codes() == {"good"}
    operations.cancel(actor=firm.owner, issued_id=given.id, reason="Given by mistake", now=NOW)
    assert codes() == {"status.cancelled"}


@pytest.mark.parametrize("title", ["Forklift", "W" * 200, LONG])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_picture_of_a_link_has_the_size_that_is_shown(title: str, language: str) -> None:
    from PIL import Image

    body = link_preview.link_preview(title=title, giver="Tallgrass Machine Works", look=printed().look, language=language)
    assert Image.open(io.BytesIO(body)).size == (link_preview.WIDTH, link_preview.HEIGHT)


def test_no_name_is_cut_on_the_page() -> None:
    name = "María Guadalupe de la Santísima Trinidad Hernández-Villavicencio y Fernández"
    giver = "Tallgrass Academy & Machine Works of Greater Western Kansas, LLC"
    body = papers.card(proof=printed(person_name=name, giver=giver), check_url=LINK, code=None, language="en")
    words = re.sub(r"[\s\u200b]", "", words_on(body))  # wherever the lines break
    assert name.replace(" ", "") in words and giver.replace(" ", "") in words
