"""Everything goes out, signed and readable elsewhere, and comes in again on another page with each proof checked anew."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pyrage
import pytest

from credcore.cli import check as command
from credcore.codec import jose
from credcore.formats import ler_rs
from credcore.verify import Verdict
from skillmark.desks import adding, checking, erasing, own_record, taking_along
from skillmark.desks.backups import recovery
from skillmark.rooms.people.rules import Actor, plain_code
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries
from skillmark.rooms.records.models import Consent, Statement
from skillmark.rooms.records.rules.statements import Words
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing.models import PartyKey
from tests.cast import NOW, Firm
from tests.core.formats.hr_open import problems
from tests.core.proofs import as_bytes, signed
from tests.house.desks.conftest import net
from tests.house.desks.own_page import ON, empty_page, foreign, full_page
from tests.vectors import vectors

__all__ = ["net"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("net")]
ROSA = "Rosa Delgado"
SAMPLES = ("UC008_portability", "UC009_exchanging", "UC010_applying", "VCwrapper")


def unzipped(actor: Actor) -> dict[str, bytes]:
    whole = b"".join(taking_along.whole(actor=actor, name=actor.name, cv=lambda: b"%PDF-1.7 cv", now=NOW))
    with zipfile.ZipFile(BytesIO(whole)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def sealed(actor: Actor) -> tuple[bytes, str]:
    code = taking_along.new_moving_code()
    return taking_along.make_moving_file(actor=actor, code=code, name=actor.name, language="es", now=NOW), code


def move(actor: Actor, into: Actor) -> taking_along.Moved:
    """As if the other page were on another server: here its key would be in use already."""
    data, code = sealed(actor)
    PartyKey.objects.filter(org_id=actor.org_id).delete()
    return taking_along.move_in(actor=into, data=data, code=code, on=ON, now=NOW)


def test_every_file_is_as_its_giver_made_it(firm: Firm) -> None:
    actor = full_page(firm)
    files = unzipped(actor)
    for held in queries.mine(actor=actor):
        assert bytes(held.document) in files.values()
    told = json.loads(files["page/index.json"])
    assert {one["file"] for one in told["proofs"]} <= files.keys() and len(told["proofs"]) == 2
    assert {one["comment"] for one in told["proofs"]} == {"", "I drove the yellow one."}
    assert [one["title"] for one in told["saidByThePerson"]] == ["Welding", "Driver"] or len(told["saidByThePerson"]) == 2
    assert any(one.get("pay") == "$20" for one in told["saidByThePerson"]), "their own copy has all that they said"
    assert told["agreedTo"][0]["to"] == "Bluebird Kitchen" and f"page/{told['agreedTo'][0]['file']}" in files
    assert "Driver" in files["page/index.html"].decode() and "<script" not in files["page/index.html"].decode()
    assert "skillmark check" in files["READ-ME.txt"].decode() and files["page/cv.pdf"].startswith(b"%PDF")


def test_the_unpacked_folder_checks_without_a_network(firm: Firm, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, body in unzipped(full_page(firm)).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(body)
    assert command.main([str(tmp_path), "--offline", "--json", "--no-memory", "--at", NOW.isoformat()]) == 3
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(answers) == 3, "two signed files and a picture; what lies beside them is passed over"
    assert {one["verdict"] for one in answers} == {"careful"}, "nobody trusts these givers on a strange machine"


def test_html_in_a_title_stays_text(firm: Firm) -> None:
    actor = empty_page("<b>Rosa</b> & Co")
    records.say(actor=actor, kind="skill", words=Words(title="<script>alert(1)</script>"), on=ON, now=NOW)
    page = unzipped(actor)["page/index.html"].decode()
    assert "<script>" not in page and "&lt;script&gt;" in page and "<b>" not in page


def test_the_records_for_other_programs_are_good_here_and_valid_there(firm: Firm) -> None:
    actor = full_page(firm)
    files = unzipped(actor)
    folder = "page/for-other-programs"
    (report,) = checking.check_bytes(data=files[f"{folder}/skills-record-1.clr.json"], name="", now=NOW, org_id=None)
    assert report.finding("proof").code == "proof.fits" and report.credential is not None  # type: ignore[union-attr]
    assert report.credential.issuer.id == signing.party(org_id=actor.org_id, now=NOW).did
    assert sorted(part.verdict for part in report.parts) == [Verdict.CAREFUL, Verdict.GOOD]
    life = json.loads(files[f"{folder}/working-life-1.ler-rs.json"])
    assert problems(life, schema="LER-RSType.json") == []
    assert [one["organization"]["name"] for one in life["employmentHistories"]] == ["Own Words Inc"]
    assert "$20" not in json.dumps(life), "pay stays with the person"
    wrapped = jose.claims(jose.parse(files[f"{folder}/working-life-1.ler-rs.jwt"]))["vc"]
    assert problems(wrapped, schema="VerifiableCredentialLER-RSType.json") == []
    (report,) = checking.check_bytes(data=files[f"{folder}/working-life-1.ler-rs.jwt"], name="", now=NOW, org_id=None)
    assert report.finding("proof").code == "proof.fits" and len(report.parts) == 2  # type: ignore[union-attr]


def test_a_work_history_becomes_a_job_with_its_proof_and_what_was_cancelled_stays_out(firm: Firm) -> None:
    actor = empty_page()

    def worked(document: dict[str, Any]) -> None:
        document["credentialSubject"] |= {"role": "Picker", "activityStartDate": "2023-05-01T12:00:00Z"}

    for data in (foreign(change=worked), foreign(title="Cancelled")):
        own_record.bring(actor=actor, data=data, name="", source="file", now=NOW)
    held = queries.mine(actor=actor)
    cancelled = next(one for one in held if one.title == "Cancelled")
    cancelled.code = "status.cancelled"
    jobs = taking_along.lines.of_proofs(held=held)
    assert [(one.section, one.name, one.start, one.still) for one in jobs] == [(ler_rs.JOB, "Picker", "2023-05-01", True)]
    assert jobs[0].proof and len(taking_along.clr(actor=actor, name=ROSA, held=held, now=NOW)) == 1


def test_a_long_record_comes_in_files_that_are_read(firm: Firm) -> None:
    actor = empty_page()
    for number in range(45):
        own_record.bring(actor=actor, data=foreign(title=f"Skill {number}"), name="", source="file", now=NOW)
    held = queries.mine(actor=actor)
    records_made = taking_along.clr(actor=actor, name=ROSA, held=held, now=NOW)
    assert len(records_made) == 2
    for one in records_made:
        (report,) = checking.check_bytes(data=one, name="", now=NOW, org_id=None)
        assert report.finding("proof").code == "proof.fits"  # type: ignore[union-attr]
    lives = taking_along.working_lives(name=ROSA, entries=taking_along.lines.of_proofs(held=held))
    assert sum(len(life["skills"]) for life in lives) == 45 and all(len(life["skills"]) <= 40 for life in lives)


def test_a_page_moves_whole_and_every_proof_is_checked_again(firm: Firm) -> None:
    old, new = full_page(firm), empty_page()
    key = signing.party(org_id=old.org_id, now=NOW)
    moved = move(old, new)
    assert [one.kept is not None for one in moved.proofs] == [True, True]
    assert (moved.statements, moved.left_out, moved.receipts, moved.key_kept) == (2, 0, 1, True)
    assert {one.source for one in queries.mine(actor=new)} == {"moved"}
    assert {bytes(one.document) for one in queries.mine(actor=new)} == {bytes(one.document) for one in queries.mine(actor=old)}
    assert {one.remark for one in queries.mine(actor=new)} == {"", "I drove the yellow one."}
    assert {one.words for one in queries.statements(actor=new)} == {one.words for one in queries.statements(actor=old)}
    assert sum(one.has_photo for one in queries.statements(actor=new)) == 1
    assert signing.party(org_id=new.org_id, now=NOW) == key
    assert len(queries.mine(actor=old)) == 2, "the old page stays until it is erased"


def test_twice_is_as_good_as_once(firm: Firm) -> None:
    old, new = full_page(firm), empty_page()
    data, code = sealed(old)
    PartyKey.objects.all().delete()
    for _ in range(2):
        moved = taking_along.move_in(actor=new, data=data, code=code, on=ON, now=NOW)
    assert moved.key_kept
    assert (moved.statements, moved.receipts) == (0, 0) and all(one.was_there or one.kept for one in moved.proofs)
    assert len(queries.mine(actor=new)) == 2 and len(queries.statements(actor=new)) == 2
    assert Consent.objects.filter(org_id=new.org_id).count() == 1


def test_a_page_that_has_a_key_keeps_it_and_says_so(firm: Firm) -> None:
    old, new = full_page(firm), empty_page()
    mine = signing.party(org_id=new.org_id, now=NOW)
    moved = move(old, new)
    assert not moved.key_kept and signing.party(org_id=new.org_id, now=NOW) == mine
    assert moved.receipts == 0, "receipts under another key are not this page's"
    assert len(queries.mine(actor=new)) == 2


def test_on_the_server_where_the_old_page_still_is_the_key_stays_there(firm: Firm) -> None:
    old, new = full_page(firm), empty_page()
    data, code = sealed(old)
    moved = taking_along.move_in(actor=new, data=data, code=code, on=ON, now=NOW)
    assert not moved.key_kept and len(queries.mine(actor=new)) == 2


def test_a_bad_proof_in_the_file_is_refused_and_told_and_the_rest_arrives(firm: Firm) -> None:
    old, new = empty_page(), empty_page()
    own_record.bring(actor=old, data=foreign(), name="", source="file", now=NOW)
    data, code = sealed(old)
    altered = json.loads(as_bytes(signed()))
    altered["name"] = altered["credentialSubject"]["achievement"]["name"] = "Crane operator"
    moved = taking_along.move_in(actor=new, data=_with(data, code, as_bytes(altered)), code=code, on=ON, now=NOW)
    assert [(one.kept is not None, one.code) for one in moved.proofs] == [(True, ""), (False, "held.bad")]
    assert moved.proofs[1].why and [one.title for one in queries.mine(actor=new)] == ["Sit-down forklift operator"]


def _with(data: bytes, code: str, document: bytes, **head: Any) -> bytes:
    """The same file with one more proof in it, made by somebody who knows the code."""
    identity = recovery.identity_of(key=plain_code(code).encode(), purpose="moving page")
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(pyrage.decrypt(data, [identity]))) as old, zipfile.ZipFile(out, "w") as new:
        page = json.loads(old.read("page.json")) | head
        page["proofs"].append({"file": "proofs/extra", "comment": "", "other": False})
        for name in old.namelist():
            new.writestr(name, json.dumps(page) if name == "page.json" else old.read(name))
        new.writestr("proofs/extra", document)
    return pyrage.encrypt(out.getvalue(), [identity.to_public()])


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda data: data[: len(data) // 2], "move.damaged"),
        (lambda data: data[:-30] + bytes(30), "move.damaged"),
        (lambda data: data[:60], "move.damaged"),
        (lambda data: b"", "move.not_a_file"),
        (lambda data: b"%PDF-1.7", "move.not_a_file"),
        (lambda data: data + bytes(64 * 2**20), "move.too_large"),
    ],
)
def test_a_file_that_is_none_changes_nothing(firm: Firm, spoil: Any, code: str) -> None:
    old, new = full_page(firm), empty_page()
    data, secret = sealed(old)
    with pytest.raises(taking_along.CannotMove) as refused:
        taking_along.move_in(actor=new, data=spoil(data), code=secret, on=ON, now=NOW)
    assert refused.value.code == code and not queries.mine(actor=new) and not queries.statements(actor=new)


def test_the_wrong_code_opens_nothing_and_small_letters_do(firm: Firm) -> None:
    old, new = full_page(firm), empty_page()
    data, secret = sealed(old)
    for wrong in ("", "ABCD-EFGH", secret[:-1] + ("A" if secret[-1] != "A" else "B")):
        with pytest.raises(taking_along.CannotMove) as refused:
            taking_along.name_in(data=data, code=wrong)
        assert refused.value.code == "move.wrong_code"
    assert taking_along.name_in(data=data, code=secret.lower().replace("-", " ")) == (ROSA, "es")
    assert not queries.mine(actor=new)
    assert b"Rosa" not in data and b"forklift" not in data


@pytest.mark.parametrize(
    "head",
    [
        {"format": 2}, {"key": "zz"}, {"said": [{"kind": "job"}]}, {"proofs": 7}, {"said": [{"kind": "x", "words": []}]},
        {"name": 7}, {"name": "Ro\0sa"}, {"agreed": [{"token": "a.b.c", "back": "soon"}]}, {"agreed": [{"token": 1}]},
        {"agreed": [{"token": "\ud800", "back": None}]}, {"said": [{"kind": "job", "words": {"title": 1}}]},
        {"said": [{"kind": "job", "words": {"title": "x"}, "photo": ["photos/0"]}]},
    ],
)  # fmt: skip
def test_a_made_up_inside_is_damaged(firm: Firm, head: dict[str, Any]) -> None:
    old, new = empty_page(), empty_page()
    data, code = sealed(old)
    if head.get("proofs") == 7:
        head = {"proofs": [{"file": "not-there", "comment": "", "other": False}]}
    with pytest.raises(taking_along.CannotMove) as refused:
        taking_along.move_in(actor=new, data=_with(data, code, b"{}", **head), code=code, on=ON, now=NOW)
    assert refused.value.code == "move.damaged" and not queries.mine(actor=new)


def test_a_file_in_it_that_is_broken_or_lies_over_another_is_damaged_before_anything_is_kept(firm: Firm) -> None:
    old, new = empty_page(), empty_page()
    own_record.bring(actor=old, data=foreign(), name="", source="file", now=NOW)
    data, code = sealed(old)
    key = recovery.identity_of(key=plain_code(code).encode(), purpose="moving page")
    plain = pyrage.decrypt(_with(data, code, bytes(100_000)), [key])
    broken = plain.replace(b"Sit-down forklift operator", b"Sit-down forklift operatoR")
    with zipfile.ZipFile(BytesIO(plain)) as read:
        large = next(one for one in read.infolist() if one.filename == "proofs/extra")
    out = BytesIO(plain)
    with zipfile.ZipFile(out, "a") as again:  # a thousand names for one file
        again.filelist += [_alias(large, number) for number in range(4000)]
        again._didModify = True  # type: ignore[attr-defined]
    for spoiled in (broken, out.getvalue()):
        with pytest.raises(taking_along.CannotMove) as refused:
            taking_along.move_in(actor=new, data=pyrage.encrypt(spoiled, [key.to_public()]), code=code, on=ON, now=NOW)
        assert refused.value.code == "move.damaged"
    assert not queries.mine(actor=new)


def _alias(one: zipfile.ZipInfo, number: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(f"proofs/x{number}")
    for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "external_attr"):
        setattr(made, name, getattr(one, name))
    return made


def test_a_longer_comment_than_may_stand_here_is_cut_and_nothing_breaks_off(firm: Firm) -> None:
    old, new = empty_page(), empty_page()
    (brought,) = own_record.bring(actor=old, data=foreign(), name="", source="file", now=NOW)
    assert brought.kept is not None
    data, code = sealed(old)
    told = [{"file": "proofs/0", "comment": "x" * 700, "other": False}]
    moved = taking_along.move_in(actor=new, data=_with(data, code, b"{}", proofs=told), code=code, on=ON, now=NOW)
    assert moved.proofs[0].kept is not None
    assert queries.mine(actor=new)[0].remark == "x" * 500


def test_many_proofs_are_written_down_and_looked_at_in_the_background(firm: Firm) -> None:
    old, new = full_page(firm), empty_page()
    for number in range(20):
        name = ROSA if number else "Luis Ortega"
        own_record.bring(
            actor=old, data=foreign(subject_name=name), name="", source="file", now=NOW, name_agreed=True
        )  # fmt: skip
    moved = move(old, new)
    assert (moved.waiting, moved.proofs, moved.key_kept, moved.statements) == (22, (), True, 2)
    assert not queries.mine(actor=new)
    (addition,) = moved.additions
    while adding.look_at_next(addition_id=addition.id, now=NOW):
        pass
    assert queries.counts_of(actor=new, addition_id=addition.id) == {"kept": 22}
    here = {one.credential_id: (bytes(one.document), one.remark, one.names_other) for one in queries.mine(actor=new)}
    assert here == {one.credential_id: (bytes(one.document), one.remark, one.names_other) for one in queries.mine(actor=old)}
    assert {one.source for one in queries.mine(actor=new)} == {"moved"}


def test_a_statement_that_nobody_may_say_is_left_out_and_counted(firm: Firm) -> None:
    old, new = empty_page(), empty_page()
    data, code = sealed(old)
    said = [{"kind": "job", "words": {"title": "x" * 5000}}, {"kind": "skill", "words": {"title": "Welding"}}]
    moved = taking_along.move_in(actor=new, data=_with(data, code, foreign(), said=said), code=code, on=ON, now=NOW)
    assert (moved.statements, moved.left_out) == (1, 1)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_of_hr_open_come_in_as_what_the_person_says(firm: Firm, name: str) -> None:
    data = (vectors("one-edtech") / f"ler-rs/LER-RS_V2_{name}.json").read_bytes()
    life = taking_along.read(data=data, on=ON)
    actor = empty_page(life.name)
    taken = taking_along.take(actor=actor, data=data, numbers=frozenset(range(len(life.lines))), on=ON, now=NOW)
    assert taken.said == len(life.lines) == len(queries.statements(actor=actor)) > 0
    assert taken.brought and all(one.kept is None for one in taken.brought), "nobody can tell who signed these samples"
    assert all(one.why for one in taken.brought)
    again = taking_along.take(actor=actor, data=data, numbers=frozenset(range(len(life.lines))), on=ON, now=NOW)
    assert again.said == 0 and Statement.objects.filter(org_id=actor.org_id).count() == taken.said


def test_our_own_export_comes_in_again_with_its_proofs(firm: Firm) -> None:
    old, new = full_page(firm), empty_page()
    data = unzipped(old)["page/for-other-programs/working-life-1.ler-rs.jwt"]
    taken = taking_along.take(actor=new, data=data, numbers=frozenset({0, 1}), on=ON, now=NOW)
    assert taken.said == 2 and [one.kept is not None for one in taken.brought] == [True, True]
    assert {one.words.title for one in queries.statements(actor=new)} == {"Driver", "Welding"}


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff\xfe\x00", b"a.b.c", b'{"type": "LER-RSType"', foreign()])
def test_what_is_no_working_life_is_said_so(firm: Firm, data: bytes) -> None:
    with pytest.raises(taking_along.CannotRead) as refused:
        taking_along.read(data=data, on=ON)
    assert refused.value.code == "life.unreadable"


def test_whoever_is_not_the_person_takes_nothing_in(firm: Firm) -> None:
    from skillmark.rooms.people.operations import CannotDo

    data, code = sealed(empty_page())
    with pytest.raises(CannotDo):
        taking_along.move_in(actor=firm.owner, data=data, code=code, on=ON, now=NOW)
    with pytest.raises(CannotDo):
        records.erase(actor=firm.owner, typed_name=firm.org.name, now=NOW)


def test_erasing_one_page_leaves_every_other_as_it_is(firm: Firm, settings: Any, tmp_path: Path) -> None:
    settings.ERASED_LIST = tmp_path / "erased.txt"
    mine, other = full_page(firm), empty_page("Sam Ortiz")
    own_record.bring(actor=other, data=foreign(subject_name="Sam Ortiz"), name="", source="file", now=NOW)
    before = signing.party(org_id=other.org_id, now=NOW)
    with pytest.raises(records.CannotErase):
        erasing.erase(actor=mine, typed_name="Sam Ortiz", now=NOW)
    assert not settings.ERASED_LIST.exists() and len(queries.mine(actor=mine)) == 2
    erasing.erase(actor=mine, typed_name="Rosa Delgado", now=NOW)
    assert queries.mine(actor=mine) == [] and queries.statements(actor=mine) == [] and queries.consents(actor=mine) == []
    assert len(queries.mine(actor=other)) == 1 and signing.party(org_id=other.org_id, now=NOW) == before
    told = erasing.read_list(settings.ERASED_LIST)
    assert len(told) == 1 and erasing.apply(digests=[*told, "0" * 64], now=NOW) == 1, "again is as good as once"
    assert len(queries.mine(actor=other)) == 1


@pytest.mark.parametrize("text", ["", "nonsense\n\x00", "z" * 64, "a" * 63])
def test_a_damaged_list_of_erased_pages_erases_nobody(text: str, tmp_path: Path) -> None:
    (tmp_path / "erased.txt").write_text(text)
    assert erasing.read_list(tmp_path / "erased.txt") == []
