from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.credentials.models import Template, TemplateVersion
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills.models import Item
from skillmark.rooms.skills.rules import SINCE_ALWAYS
from tests.cast import NOW, Firm, make_firm

SIGNING: dict[str, Any] = {
    "method": "observed",
    "how": {"en": "The lead watched a whole set-up.", "es": "La persona líder observó un ajuste completo."},
    "checklist": [{"en": "Sets the first offset", "es": "Ajusta la primera compensación"}, {"en": "Measures the first part"}],
    "leveled": True,
    "codes": [{"framework": "O*NET", "code": "51-9161.00", "url": "https://www.onetonline.org/link/summary/51-9161.00",
               "name": "Computer Numerically Controlled Tool Operators"}],
}  # fmt: skip


@pytest.fixture
def item(firm: Firm) -> Item:
    return skills.add_item(
        actor=firm.owner, kind="skill", names={"en": "5-axis set-up", "es": "Ajuste de 5 ejes"},
        shows={"en": "Set up a 5-axis mill alone."}, signing=SIGNING, starts=date(2026, 1, 1), now=NOW,
        rule={"validity": {"type": "months", "months": 24}},
    )  # fmt: skip


def of(actor: Actor, item: Item, days: int = 0) -> Template:
    return operations.template_of_item(actor=actor, item_id=item.id, now=NOW + timedelta(days=days))


def words(template: Template) -> TemplateVersion:
    assert template.current is not None
    return template.current


def test_it_says_what_the_item_says(firm: Firm, item: Item) -> None:
    made = words(of(firm.supervisor, item))
    assert (made.number, made.name, made.did) == (1, item.names, item.shows)
    assert (made.how, made.method, made.steps) == (SIGNING["how"], "observed", SIGNING["checklist"])
    assert (made.level_asked, made.months, made.times_seen, made.co_sign) == (True, 24, 1, False)
    assert made.codes == SIGNING["codes"]


def test_asked_again_it_is_the_same_version(firm: Firm, item: Item) -> None:
    first, again = of(firm.supervisor, item), of(firm.owner, item, days=1)
    assert (first.id, first.current_id) == (again.id, again.current_id)
    assert queries.template_of(actor=firm.owner, item_id=item.id) == first
    assert [one.event for one in journal.history(org_id=firm.org.id, subject_id=first.id)] == ["credentials.template.made"]


def test_a_change_of_the_item_is_a_new_version_and_the_picture_stays(firm: Firm, item: Item) -> None:
    made = of(firm.supervisor, item)
    operations.change_picture(
        actor=firm.owner, template_id=made.id, shape="shield", colour="plum", icon="gear", words="5 axes", language="en",
        now=NOW,
    )  # fmt: skip
    skills.change_signing(actor=firm.owner, item_id=item.id, co_sign=True, behaviour=True, now=NOW)
    skills.change_rule(
        actor=firm.owner, item_id=item.id, starts=date(2026, 5, 1), validity={"type": "no_end"}, now=NOW + timedelta(hours=1)
    )
    renewed = words(of(firm.supervisor, item, days=1))
    assert (renewed.number, renewed.months, renewed.times_seen, renewed.co_sign) == (3, None, 2, True)
    assert (renewed.shape, renewed.colour, renewed.icon, renewed.picture_words) == ("shield", "plum", "gear", {"en": "5 axes"})


@pytest.mark.parametrize(
    ("validity", "months"),
    [
        ({"type": "alternating", "months": {"observed": 12, "test": 36}}, 12),
        ({"type": "alternating", "months": {"test": 36}}, None),
        ({"type": "disuse", "months": 6}, None),
        ({"type": "on_revision"}, None),
    ],
)
def test_only_a_rule_in_months_ends_the_proof_itself(
    firm: Firm, item: Item, validity: dict[str, Any], months: int | None
) -> None:
    skills.change_rule(actor=firm.owner, item_id=item.id, starts=date(2026, 1, 1), validity=validity, now=NOW)
    assert words(of(firm.owner, item, days=1)).months == months


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"method": ""}, "template.how_missing"),
        ({"method": "", "how": {}}, "template.how_missing"),
        ({"checklist": [{"en": "x" * 201}]}, "template.step_too_long"),
    ],
)
def test_an_item_that_lacks_what_a_proof_must_say_has_none(firm: Firm, item: Item, change: dict[str, Any], code: str) -> None:
    skills.change_signing(actor=firm.owner, item_id=item.id, now=NOW, **change)
    with pytest.raises(operations.CannotMakeTemplate) as problem:
        of(firm.supervisor, item)
    assert problem.value.code == code
    assert queries.template_of(actor=firm.owner, item_id=item.id) is None


def test_what_the_person_does_must_be_said(firm: Firm, item: Item) -> None:
    skills.change_item(actor=firm.owner, item_id=item.id, names=item.names, shows={"en": " "}, now=NOW)
    with pytest.raises(operations.CannotMakeTemplate) as problem:
        of(firm.supervisor, item)
    assert problem.value.code == "template.did_missing"


def test_its_words_are_changed_at_the_item_alone(firm: Firm, item: Item) -> None:
    made = of(firm.supervisor, item)
    with pytest.raises(operations.CannotMakeTemplate) as problem:
        operations.change_template(
            actor=firm.owner, template_id=made.id, name="X", did="Y", how="Z", method="test", months=1, level_asked=False,
            language="en", now=NOW,
        )  # fmt: skip
    assert problem.value.code == "template.follows_item"
    with pytest.raises(operations.CannotMakeTemplate) as problem:
        operations.archive_template(actor=firm.owner, template_id=made.id, now=NOW)
    assert problem.value.code == "template.follows_item"


def test_it_leaves_the_list_with_its_item(firm: Firm, item: Item) -> None:
    made = of(firm.supervisor, item)
    assert made in queries.templates(actor=firm.owner)
    skills.change_signing(actor=firm.owner, item_id=item.id, method="", now=NOW)
    assert queries.templates(actor=firm.owner) == []
    skills.change_signing(actor=firm.owner, item_id=item.id, method="test", now=NOW)
    skills.archive_item(actor=firm.owner, item_id=item.id, now=NOW)
    assert queries.templates(actor=firm.owner) == []
    with pytest.raises(operations.CannotMakeTemplate) as problem:
        of(firm.supervisor, item)
    assert problem.value.code == "template.archived"


def test_there_is_one_live_kind_an_item(firm: Firm, item: Item) -> None:
    of(firm.supervisor, item)
    with pytest.raises(IntegrityError), transaction.atomic():
        Template.objects.create(org_id=firm.org.id, item_id=item.id, made_at=NOW)


def test_eight_sign_offs_at_the_same_moment_get_one_kind_and_one_version(several_connections: None) -> None:
    firm = make_firm(name="Tallgrass Machine Works")
    item = skills.add_item(
        actor=firm.owner, kind="skill", names={"en": "Set-up"}, shows={"en": "Set up a mill."}, signing=SIGNING,
        starts=date(2026, 1, 1), now=NOW,
    )  # fmt: skip

    def ask(number: int) -> str:
        try:
            return str(of(firm.supervisor, item).current_id)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        first = set(pool.map(ask, range(8)))
    skills.change_signing(actor=firm.owner, item_id=item.id, co_sign=True, now=NOW)
    with ThreadPoolExecutor(8) as pool:
        second = set(pool.map(ask, range(8)))
    assert len(first) == len(second) == 1 and first != second
    assert TemplateVersion.objects.count() == 2


def test_who_may_not_give_may_not_ask(firm: Firm, other_firm: Firm, item: Item) -> None:
    auditor = Actor(org_id=firm.org.id, role=Role.AUDITOR, name="Ada")
    with pytest.raises(CannotDo):
        of(auditor, item)
    with pytest.raises(queries.NotFound):
        of(other_firm.owner, item)
    assert queries.template_of(actor=other_firm.owner, item_id=item.id) is None


def test_what_is_seen_on_two_days_is_not_given_after_one(firm: Firm) -> None:
    """needs.md, 22: one observation makes no proof, whatever door is tried."""
    item = skills.add_item(
        actor=firm.owner, kind="skill", names={"en": "Speaks up on hazards"}, shows={"en": "Stopped work and said so."},
        starts=SINCE_ALWAYS, now=NOW, signing={"method": "observed", "how": {"en": "Watched at work."}, "behaviour": True},
    )  # fmt: skip
    template = operations.template_of_item(actor=firm.owner, item_id=item.id, now=NOW)

    def give(*days: int) -> object:
        seen = [rules.Seen(on=date(2026, 5, day), by="Walt Jensen", seen="Stopped the belt.") for day in days]
        return operations.give(
            actor=firm.owner, person_id=firm.person.id, template_id=template.id, evidence=seen, request_key=str(days), now=NOW
        )

    for days in ((), (4,), (4, 4)):
        with pytest.raises(operations.CannotGive, match=r"proof\.seen_too_seldom"):
            give(*days)
    assert give(3, 4)
    row = rules.Wanted(line=2, name="Rosa Delgado")
    with pytest.raises(operations.CannotRun, match=r"run\.needs_sign_offs"):
        operations.plan_run(
            actor=firm.owner,
            template_id=template.id,
            name="All",
            rows=[row],
            observed_on=None,
            note="",
            request_key="1",
            now=NOW,
        )
