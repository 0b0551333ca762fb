"""Whatever is signed keeps to facts: notes of proofs, of classes and renewals, and the words of a kind, in two languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import Issued, Run, Template
from skillmark.rooms.people.rules.facts import CannotWrite
from tests.cast import NOW, Firm

Give = Callable[..., Issued]
LATER = NOW + timedelta(days=30)
NOT_FACTS = [
    ("Fired for stealing.", "text.accusation"),
    ("Lo despidieron por robar.", "text.accusation"),
    ("Rosa is lazy.", "text.opinion"),
    ("Muy trabajadora.", "text.opinion"),
    ("She has diabetes.", "text.health"),
]


@pytest.mark.parametrize(("note", "code"), NOT_FACTS)
def test_a_note_that_is_no_fact_is_not_signed(firm: Firm, give: Give, note: str, code: str) -> None:
    with pytest.raises(CannotWrite) as problem:
        give(note=note)
    assert problem.value.code == code
    assert queries.proofs(actor=firm.owner) == []


@pytest.mark.parametrize(("note", "code"), NOT_FACTS)
@pytest.mark.parametrize("why", ["renewed", "corrected"])
def test_nor_one_that_takes_the_place_of_another(firm: Firm, give: Give, why: str, note: str, code: str) -> None:
    old = give(note="Two shifts on the HAAS VF-4.")
    with pytest.raises(CannotWrite) as problem:
        operations.replace(
            actor=firm.owner, issued_id=old.id, why=why, request_key="r", level=4, note=note, now=LATER
        )  # fmt: skip
    assert problem.value.code == code
    assert [one.id for one in queries.proofs(actor=firm.owner)] == [old.id]


def test_what_was_signed_once_is_put_right_without_being_judged_again(firm: Firm, give: Give) -> None:
    old = give(note="Two shifts.")
    Issued.objects.filter(id=old.id).update(note="Lazy.")  # signed before anybody looked at notes
    new = operations.replace(
        actor=firm.owner, issued_id=old.id, why=rules.CORRECTED, request_key="r", person_name="Rosa Delgado Ruiz", now=LATER
    )
    assert "Lazy." in json.dumps(json.loads(bytes(new.document))["evidence"])


@pytest.mark.parametrize(("note", "code"), NOT_FACTS)
def test_nor_a_class(firm: Firm, mill: Template, note: str, code: str) -> None:
    with pytest.raises(CannotWrite) as problem:
        operations.plan_run(
            actor=firm.owner, template_id=mill.id, name="May class", rows=[rules.Wanted(line=2, name="Rosa", level=3)],
            observed_on=date(2026, 5, 1), note=note, request_key="c", now=NOW,
        )  # fmt: skip
    assert problem.value.code == code and not Run.objects.exists()


KIND: dict[str, Any] = {
    "name": "Pallet jack", "did": "Moved loaded pallets.", "how": "The lead watched twice.", "method": "observed",
    "months": 12, "level_asked": False, "language": "en", "steps": ["Looked behind before moving"],
}  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"did": "Is a hard worker."}, {"how": "The lead says she is honest."}, {"steps": ["Es muy responsable"]},
        {"did": "Fue despedido por robar."},
    ],
)  # fmt: skip
def test_the_words_of_a_kind_are_facts(firm: Firm, change: dict[str, Any]) -> None:
    with pytest.raises(CannotWrite):
        operations.make_template(actor=firm.owner, now=NOW, **(KIND | change))
    made = operations.make_template(actor=firm.owner, now=NOW, **KIND)
    with pytest.raises(CannotWrite):
        operations.change_template(actor=firm.owner, template_id=made.id, now=NOW, **(KIND | change))


def test_a_kind_may_speak_of_care(firm: Firm) -> None:
    care = {"name": "Insulin", "did": "Reminded a client with diabetes to take insulin.", "how": "The nurse watched."}
    assert operations.make_template(actor=firm.owner, now=NOW, **(KIND | care)).current is not None


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_ready_made_kinds_would_pass(firm: Firm, language: str) -> None:
    for one in rules.READY:
        words = rules.words_of(one)
        operations.make_template(
            actor=firm.owner, now=NOW, **KIND | {part: words[part][language] for part in ("name", "did", "how")}
        )
