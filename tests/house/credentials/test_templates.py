from __future__ import annotations

from typing import Any

import pytest

from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import Issued, Template
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.operations import CannotDo
from tests.cast import NOW, Firm

OWN: dict[str, Any] = {
    "name": "Pallet jack", "did": "Moved loaded pallets.", "how": "The lead watched twice.", "method": "observed",
    "months": 12, "level_asked": False, "colour": "teal", "language": "en",
}  # fmt: skip


def make(firm: Firm, **changes: Any) -> Template:
    return operations.make_template(actor=firm.owner, now=NOW, **(OWN | changes))


def test_a_ready_kind_is_taken_over_once(firm: Firm) -> None:
    first = operations.add_ready_template(actor=firm.supervisor, key="till", now=NOW)
    again = operations.add_ready_template(actor=firm.owner, key="till", now=NOW)
    assert first.id == again.id
    assert queries.templates(actor=firm.owner) == [first]
    assert again.current is not None
    assert again.current.name["es"] == "Apertura y cierre de caja"


def test_an_unknown_ready_kind_is_not_there(firm: Firm) -> None:
    with pytest.raises(queries.NotFound):
        operations.add_ready_template(actor=firm.owner, key="astronaut", now=NOW)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "  "}, "template.name_missing"),
        ({"did": ""}, "template.did_missing"),
        ({"how": "\n"}, "template.how_missing"),
        ({"how": "x" * (rules.TEXT_LENGTH + 1)}, "template.how_too_long"),
        ({"method": "guess"}, "template.method_unknown"),
        ({"months": 0}, "template.months_wrong"),
        ({"months": 500}, "template.months_wrong"),
        ({"colour": "green"}, "template.colour_unknown"),
    ],
)
def test_without_what_and_how_there_is_no_kind_of_proof(firm: Firm, change: dict[str, Any], code: str) -> None:
    with pytest.raises(operations.CannotMakeTemplate) as problem:
        make(firm, **change)
    assert problem.value.code == code
    assert queries.templates(actor=firm.owner) == []


def test_a_change_is_a_new_version_and_given_proofs_keep_their_words(firm: Firm, give: Any, mill: Template) -> None:
    issued: Issued = give()
    changed = operations.change_template(
        actor=firm.owner, template_id=mill.id, now=NOW, **(OWN | {"name": "Another name", "language": "es"})
    )
    assert changed.current is not None
    assert (changed.current.number, changed.current.name) == (2, {"es": "Another name"})
    assert queries.public_proof(issued_id=issued.id).did == rules.READY[3].did["es"]


def test_a_translation_stays_while_its_text_stays(firm: Firm) -> None:
    made = operations.add_ready_template(actor=firm.owner, key="till", now=NOW)
    assert made.current is not None
    same = {"name": made.current.name["en"], "did": made.current.did["en"], "how": made.current.how["en"]}
    changed = operations.change_template(actor=firm.owner, template_id=made.id, now=NOW, **(OWN | same | {"months": 6}))
    assert changed.current is not None
    assert set(changed.current.did) == {"en", "es"}
    assert changed.current.months == 6


def test_an_archived_kind_is_not_given_any_more(firm: Firm, give: Any, mill: Template) -> None:
    operations.archive_template(actor=firm.owner, template_id=mill.id, now=NOW)
    operations.archive_template(actor=firm.owner, template_id=mill.id, now=NOW)
    assert queries.templates(actor=firm.owner) == []
    with pytest.raises(operations.CannotGive) as problem:
        give()
    assert problem.value.code == "template.archived"
    events = [entry.event for entry in journal.history(org_id=firm.org.id, subject_id=mill.id)]
    assert events.count("credentials.template.archived") == 1
    assert operations.add_ready_template(actor=firm.owner, key="cnc-tool-change", now=NOW).id != mill.id


def test_supervisors_use_kinds_and_do_not_change_them(firm: Firm, mill: Template) -> None:
    with pytest.raises(CannotDo):
        operations.make_template(actor=firm.supervisor, now=NOW, **OWN)
    with pytest.raises(CannotDo):
        operations.archive_template(actor=firm.supervisor, template_id=mill.id, now=NOW)


def test_the_outsider_finds_nothing(firm: Firm, other_firm: Firm, mill: Template) -> None:
    assert queries.templates(actor=other_firm.owner) == []
    with pytest.raises(queries.NotFound):
        queries.template(actor=other_firm.owner, template_id=mill.id)
    with pytest.raises(queries.NotFound):
        operations.change_template(actor=other_firm.owner, template_id=mill.id, now=NOW, **OWN)
    with pytest.raises(queries.NotFound):
        operations.archive_template(actor=other_firm.owner, template_id=mill.id, now=NOW)
