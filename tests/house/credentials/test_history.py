"""A proof of work history: facts out of the firm's records, in the person's language, and nothing else."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from credcore.verify import Report
from skillmark.desks import checking
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.rules import Stint
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules.facts import CannotWrite
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db(transaction=True)
COOK = Stint(title="Cocinera de línea", site="Main Street", starts=date(2024, 3, 3), ends=date(2026, 5, 4))


def _give(firm: Firm, *stints: Stint, key: str = "one", **more: Any) -> Any:
    return operations.give_history(
        actor=firm.owner, person_id=firm.person.id, stints=stints or [COOK], request_key=key, now=NOW, **more
    )


def _said(issued: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(bytes(issued.document))
    return found


def test_position_site_and_dates_are_signed_in_the_persons_language(firm: Firm) -> None:
    said = _said(_give(firm))
    subject, achievement = said["credentialSubject"], said["credentialSubject"]["achievement"]
    assert subject["role"] == "Cocinera de línea"
    # Noon where the firm is: the same day anywhere near.
    assert (subject["activityStartDate"], subject["activityEndDate"]) == ("2024-03-03T18:00:00Z", "2026-05-04T17:00:00Z")
    assert said["name"] == achievement["name"] == "Cocinera de línea, Tallgrass Machine Works"
    assert achievement["description"] == (
        "Trabajó en Tallgrass Machine Works. Cocinera de línea, Main Street: del 3 de marzo de 2024 al 4 de mayo de 2026."
    )
    assert achievement["achievementType"] == "ext:WorkHistory" and achievement["inLanguage"] == "es"
    assert achievement["criteria"]["narrative"].startswith("Según los registros de la empresa")


def test_nothing_rates_nothing_gives_a_reason_and_nobody_saw_anything(firm: Firm) -> None:
    said = _said(_give(firm))
    subject = said["credentialSubject"]
    assert set(subject) == {
        "id", "type", "name", "identifier", "achievement", "role", "activityStartDate", "activityEndDate",
    }  # fmt: skip
    assert set(subject["achievement"]) == {
        "id", "type", "achievementType", "name", "description", "criteria", "inLanguage", "image",
    }  # fmt: skip
    assert "evidence" not in said and "validUntil" not in said
    text = json.dumps({**said, "credentialSubject": {**subject, "achievement": {**subject["achievement"], "image": ""}}})
    for word in ("result", "rating", "level", "reason", "salary", "pay", "wage", "Dana"):
        assert word not in text


def test_it_is_good_and_can_be_cancelled(firm: Firm) -> None:
    issued = _give(firm)
    assert _checked(bytes(issued.document)).code == "good"
    operations.cancel(actor=firm.owner, issued_id=issued.id, reason="Wrong dates", now=NOW)
    assert _checked(bytes(issued.document)).code == "status.cancelled"


def _checked(body: bytes) -> Report:
    return checking.check_bytes(data=body, name="", now=NOW, org_id=None)[0]


def test_one_request_gives_one_proof_and_something_else_is_noticed(firm: Firm) -> None:
    assert _give(firm).id == _give(firm).id
    with pytest.raises(operations.CannotGive, match=r"proof\.request_reused"):
        _give(firm, Stint(title="Chef", starts=date(2024, 3, 3)))


def test_several_stints_are_told_one_by_one_and_no_position_on_the_days_of_another(firm: Firm) -> None:
    server = Stint(title="Servicio de mesas", site="North", starts=date(2020, 1, 1), ends=date(2021, 12, 31))
    cook = Stint(title="Cocinera de línea", site="Main Street", starts=date(2022, 1, 1), ends=None)
    said = _said(_give(firm, cook, server))
    subject = said["credentialSubject"]
    assert subject["role"] == "Servicio de mesas; Cocinera de línea" and "activityEndDate" not in subject
    assert subject["activityStartDate"].startswith("2020-01-01")
    assert said["name"].startswith("Cocinera de línea, ")
    told = subject["achievement"]["description"]
    assert "Servicio de mesas, North: del 1 de enero de 2020 al 31 de diciembre de 2021." in told
    assert "Cocinera de línea, Main Street: desde el 1 de enero de 2022." in told


def test_what_goes_on_in_the_same_place_is_one_stint() -> None:
    first = Stint(title="Cook", site="North", starts=date(2020, 1, 1), ends=date(2020, 12, 31))
    second = Stint(title="Cook", site="North", starts=date(2021, 1, 1), ends=date(2021, 6, 30))
    later = Stint(title="Cook", site="North", starts=date(2022, 1, 1))
    told = rules.told_history(stints=[later, second, first])
    assert [(one.starts, one.ends) for one in told.stints] == [(first.starts, second.ends), (later.starts, None)]


def test_a_last_day_that_has_not_come_is_told_as_planned(firm: Firm) -> None:
    soon = Stint(title="Cook", starts=date(2024, 3, 3), ends=NOW.date() + timedelta(days=10))
    told = _said(_give(firm, soon))["credentialSubject"]["achievement"]["description"]
    assert "el último día está previsto para el 14 de mayo de 2026" in told


def test_tasks_and_hours_are_said_when_they_are_given(firm: Firm) -> None:
    told = _said(_give(firm, duties="Parrilla y cierre.", hours="1450"))["credentialSubject"]["achievement"]["description"]
    assert told.endswith("Tareas: Parrilla y cierre. Horas: 1450")


@pytest.mark.parametrize(
    ("stint", "code"),
    [
        (Stint(title=" ", starts=date(2024, 3, 3)), "history.title_missing"),
        (Stint(title="x" * 201, starts=date(2024, 3, 3)), "history.title_too_long"),
        (Stint(title="Cook", starts=date(2024, 3, 3), ends=date(2024, 3, 2)), "history.ends_before"),
        (Stint(title="Cook", starts=date(2026, 5, 5)), "history.not_begun"),
    ],
)
def test_what_cannot_be_said_is_refused(firm: Firm, stint: Stint, code: str) -> None:
    with pytest.raises(operations.CannotGive, match=code):
        _give(firm, stint)
    assert queries.proofs(actor=firm.owner) == []


def test_too_much_is_refused(firm: Firm) -> None:
    for more, code in (({"duties": "x" * 601}, "history.duties_too_long"), ({"hours": "9" * 61}, "history.hours_too_long")):
        with pytest.raises(operations.CannotGive, match=code):
            _give(firm, **more)
    with pytest.raises(operations.CannotGive, match=r"history\.too_many"):
        _give(firm, *(Stint(title=f"Cook {n}", starts=date(2024, 3, 3)) for n in range(21)))
    with pytest.raises(operations.CannotGive, match=r"history\.nothing"):
        operations.give_history(actor=firm.owner, person_id=firm.person.id, stints=[], request_key="n", now=NOW)


@pytest.mark.parametrize("words", ["Fired for stealing", "despedida por robar", "a lazy worker", "Grill. Has TB."])
def test_an_accusation_an_opinion_and_health_are_blocked(firm: Firm, words: str) -> None:
    for typed in ({"duties": words}, {"hours": words[:60]}):
        with pytest.raises(CannotWrite):
            _give(firm, **typed)
    with pytest.raises(CannotWrite):
        _give(firm, Stint(title=words, starts=date(2024, 3, 3)))
    assert queries.proofs(actor=firm.owner) == []


def test_the_firms_own_names_of_positions_are_no_remarks(firm: Firm) -> None:
    people.add_position(actor=firm.owner, names={"en": "TB clinic aide"}, now=NOW)
    said = _said(_give(firm, Stint(title="TB clinic aide", starts=date(2024, 3, 3))))
    assert said["credentialSubject"]["role"] == "TB clinic aide"


def test_its_kind_is_offered_nowhere_and_cannot_be_changed_or_archived(firm: Firm) -> None:
    issued = _give(firm)
    assert queries.templates(actor=firm.owner) == [] and queries.kinds_given(org_id=firm.org.id) == []
    kind = issued.version.template_id
    with pytest.raises(NotFound):
        operations.archive_template(actor=firm.owner, template_id=kind, now=NOW)
    with pytest.raises(NotFound):
        operations.change_picture(
            actor=firm.owner, template_id=kind, shape="cut", colour="teal", icon="", words="", language="en", now=NOW
        )
    assert _give(firm, key="two").version.template_id == kind


def test_it_keeps_its_words_when_a_name_is_put_right(firm: Firm) -> None:
    old = _give(firm)
    new = operations.replace(
        actor=firm.owner, issued_id=old.id, why="corrected", person_name="Rosa M. Delgado", request_key="right", now=NOW
    )
    before, after = _said(old)["credentialSubject"], _said(new)["credentialSubject"]
    for part in ("role", "activityStartDate", "activityEndDate"):
        assert before[part] == after[part]
    assert after["name"] == "Rosa M. Delgado" and new.title == old.title


def test_in_every_form_it_says_the_same(firm: Firm) -> None:
    issued = _give(firm)
    for form in ("jwt", "sd-jwt", "code"):
        body = operations.form_of(issued_id=issued.id, form=form, now=NOW)
        report = _checked(body)
        assert report.code == "good" and report.credential is not None
        assert report.credential.name == issued.title
        if form != "code":
            assert "3 de marzo de 2024" in report.credential.description


def test_the_outsider_finds_nobody(firm: Firm, other_firm: Firm) -> None:
    with pytest.raises(NotFound):
        operations.give_history(actor=other_firm.owner, person_id=firm.person.id, stints=[COOK], request_key="x", now=NOW)
