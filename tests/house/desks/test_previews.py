"""What is looked at before giving is what is signed, and nothing is given by looking."""

from __future__ import annotations

from typing import Any

import pytest

from skillmark.desks import checking, previews
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import Issued, StatusList
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
CODE = {
    "framework": "O*NET-SOC", "code": "53-7051.00", "name": "Industrial Truck and Tractor Operators",
    "url": "https://www.onetonline.org/link/summary/53-7051.00",
}  # fmt: skip


def make(firm: Firm) -> Any:
    return operations.make_template(
        actor=firm.owner, name="Pallet jack", did="Moved loaded pallets.", how="The lead watched twice.", method="observed",
        months=12, level_asked=True, steps=["Lowers the forks", "Parks it - handle up"], codes=[CODE], icon="forklift",
        language="en", now=NOW,
    )  # fmt: skip


def test_it_is_what_will_be_signed(firm: Firm) -> None:
    template = make(firm)
    looked_at = queries.preview(
        actor=firm.supervisor, key=template.id, person_name=firm.person.name, language=firm.person.language, level=3,
        observed_on=NOW.date(), note="24 pallets", now=NOW,
    )  # fmt: skip
    assert not Issued.objects.exists() and not StatusList.objects.exists()
    issued = operations.give(
        actor=firm.supervisor, person_id=firm.person.id, template_id=template.id, level=3, observed_on=NOW.date(),
        note="24 pallets", request_key="one", now=NOW,
    )  # fmt: skip
    signed = issued.payload
    assert looked_at["credentialSubject"].pop("id") != signed["credentialSubject"].pop("id")
    differ = {name for name in signed if signed[name] != looked_at.get(name)}
    assert differ <= {"id", "credentialStatus"} and set(looked_at) == set(signed)


def test_it_reads_like_the_check_of_the_real_one(firm: Firm) -> None:
    template = make(firm)
    looked_at = previews.preview(
        actor=firm.supervisor, key=template.id, person_name=firm.person.name, language="es", level=3,
        observed_on=NOW.date(), note="24 pallets", now=NOW,
    )  # fmt: skip
    issued = operations.give(
        actor=firm.supervisor, person_id=firm.person.id, template_id=template.id, level=3, observed_on=NOW.date(),
        note="24 pallets", request_key="one", now=NOW,
    )  # fmt: skip
    real = previews.answers.answer(report=checking.check_bytes(data=bytes(issued.document), name="", now=NOW, org_id=None)[0])
    assert looked_at.proof == real.proof
    assert (looked_at.said.heading, looked_at.said.sentence) == (real.said.heading, real.said.sentence)
    assert [(one.sign, one.text) for one in looked_at.said.lines] == [(one.sign, one.text) for one in real.said.lines]
    proof = looked_at.proof
    assert proof is not None
    assert (proof.how, proof.steps) == (("The lead watched twice.",), ("Lowers the forks", "Parks it - handle up"))
    assert [(one.name, one.text) for one in proof.seen] == [("Walt Jensen", "24 pallets")]
    assert [one.code for one in proof.alignments] == ["53-7051.00"] and proof.from_onet


def test_a_ready_made_kind_before_it_is_taken_over(firm: Firm) -> None:
    answer = previews.sample(actor=firm.supervisor, key="forklift", language="es", on=NOW.date(), now=NOW)
    assert answer.proof is not None and answer.genuine
    assert (answer.proof.title, answer.proof.person) == ("Montacargas con asiento", "Alex Rivera")
    assert queries.templates(actor=firm.owner) == []


def test_a_firm_without_keys_may_look_too(firm: Firm) -> None:
    from skillmark.rooms.signing.models import IssuerKey

    IssuerKey.objects.filter(org_id=firm.org.id).delete()
    assert previews.sample(actor=firm.owner, key="till", language="en", on=NOW.date(), now=NOW).proof is not None


def test_the_outsider_and_what_is_not_there(firm: Firm, other_firm: Firm) -> None:
    template = make(firm)
    for actor, key in ((other_firm.owner, template.id), (firm.owner, "astronaut"), (firm.owner, other_firm.org.id)):
        with pytest.raises(NotFound):
            previews.sample(actor=actor, key=key, language="en", on=NOW.date(), now=NOW)
