"""From a sign-off to a proof: counted after ten seconds, given once nothing is missing, once however often it is tried."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from credcore.codec import strict_json
from skillmark.edges.jobs import settle_sign_offs
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.models import Issued
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.holdings.models import Holding, Signature, SignOff
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member, Organisation
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent_operations
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import State
from tests.cast import NOW, Firm
from tests.house.holdings.signing import (
    DAY,
    LATER,
    LONG_AGO,
    make_behaviour,
    make_item,
    only_proof,
    settle,
    sign,
    sign_with_token,
    states,
)

TODAY = date(2026, 5, 4)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def item(firm: Firm) -> Any:
    return make_item(firm)


def missing(firm: Firm, item: Any, level: int | None = None) -> Any:
    return queries.still_missing(actor=firm.supervisor, person_id=firm.person.id, item_id=item.id, level=level)


def need(firm: Firm, item: Any) -> None:
    talent_operations.require(actor=firm.owner, item_id=item.id, target="everyone", starts=LONG_AGO, now=NOW - DAY)


def cell(firm: Firm, item: Any, on: date = TODAY, **more: Any) -> Any:
    return talent.row_of(actor=firm.owner, person_id=firm.person.id, on=on, **more).cells[item.id]


@pytest.mark.django_db
def test_signing_waits_ten_seconds(firm: Firm, item: Any) -> None:
    sign(firm, item)
    assert settle(after=timedelta(seconds=9)) == 0
    assert states() == ["waiting"] and not Issued.objects.exists()
    settle_sign_offs.run(now=NOW + timedelta(seconds=10))
    assert states() == ["signed"] and only_proof()
    assert settle(after=DAY) == 0


@pytest.mark.django_db
def test_the_proof_says_what_was_seen_and_by_whom(firm: Firm, item: Any) -> None:
    need(firm, item)
    made = sign(firm, item, seen="Set G54 twice.", place="Cell 4", language_used="es")
    settle()
    issued = only_proof()
    assert (issued.level, issued.given_by, issued.given_by_key) == (3, "Walt Jensen", firm.supervisor.key)
    assert (issued.observed_on, issued.version_id) == (TODAY, made.version_id)
    text = strict_json.loads(bytes(issued.document))
    [evidence] = text["evidence"]
    assert evidence["name"] == "Walt Jensen, 2026-05-04"
    assert "Bloquea el husillo" in evidence["narrative"] and "Set G54 twice." in evidence["narrative"]
    made.refresh_from_db()
    held = Holding.objects.get()
    assert (made.issued_id, made.holding_id, made.look_at) == (issued.id, held.id, None)
    assert (held.source, held.level, held.obtained, held.ends) == ("sign_off", 3, TODAY, date(2027, 5, 4))
    assert (held.giver, held.evaluator, held.evaluated_on, held.method) == (firm.org.name, "Walt Jensen", TODAY, "observed")
    assert held.language_taught == "es" and held.recorded_by == "Walt Jensen"
    signature = Signature.objects.get()
    assert (signature.own, signature.issued_id, signature.verdict) == (True, issued.id, "good")
    assert cell(firm, item).state is State.MET
    told = Entry.objects.filter(event__startswith="holdings.sign_off.").order_by("id")
    assert [one.event.rpartition(".")[2] for one in told] == ["made", "counted", "signed"]
    assert told[2].data["proof"] == str(issued.id)


@pytest.mark.django_db
def test_steps_come_together_over_days(firm: Firm, item: Any) -> None:
    sign(firm, item, steps=[0, 1])
    settle()
    assert states() == ["counted"] and missing(firm, item, 3).steps == (2,)
    sign(firm, item, steps=[2], now=NOW + DAY)
    settle(NOW + DAY)
    assert states() == ["signed", "signed"]
    assert [one["on"] for one in only_proof().evidence] == ["2026-05-04", "2026-05-05"]
    assert Holding.objects.get().obtained == date(2026, 5, 5)


@pytest.mark.django_db
def test_another_level_is_another_run(firm: Firm, item: Any) -> None:
    sign(firm, item, steps=[0, 1], level=2)
    sign(firm, item, steps=[2], level=3)
    settle()
    assert states() == ["counted", "counted"]


@pytest.mark.django_db
def test_a_behaviour_takes_two_days(firm: Firm) -> None:
    item = make_behaviour(firm)
    sign(firm, item)
    sign(firm, item, seen="Called for help before lifting.")
    settle()
    assert states() == ["counted", "counted"] and missing(firm, item).days == 1
    sign(firm, item, now=NOW + DAY)
    settle(NOW + DAY)
    assert set(states()) == {"signed"} and len(only_proof().evidence) == 3


@pytest.mark.django_db
def test_it_waits_for_the_second_signature(firm: Firm, item: Any) -> None:
    skills.change_signing(actor=firm.owner, item_id=item.id, co_sign=True, now=NOW - DAY)
    made = sign(firm, item)
    settle()
    assert states() == ["counted"] and missing(firm, item, 3).to_co_sign == (made.id,)
    operations.co_sign(actor=firm.owner, sign_off_id=made.id, now=NOW + DAY)
    settle(NOW + DAY, after=timedelta(0))
    assert states() == ["signed"] and only_proof().evidence[0]["co_signed_by"] == "Dana Whitlock"
    with pytest.raises(DomainError, match=r"sign_off\.too_late"):
        operations.undo_sign_off(actor=firm.supervisor, sign_off_id=made.id, now=NOW + DAY)


@pytest.mark.django_db
def test_the_comment_travels_along(firm: Firm) -> None:
    item = make_behaviour(firm)
    made, token = sign_with_token(firm, item)
    settle()
    operations.comment(token=token, text=" I was lazy  about the guard before. ", now=NOW + LATER)
    seen = operations.open_seen(token=token, now=NOW + LATER)
    assert (seen.person, seen.observer, seen.day, seen.may_comment) == ("Rosa Delgado", "Walt Jensen", TODAY, True)
    assert (seen.comment, seen.item, seen.seen_at.hour) == (
        "I was lazy about the guard before.", "Cambio de herramienta", 7,
    )  # fmt: skip
    assert seen.words == made.seen and seen.steps == ()
    sign(firm, item, now=NOW + DAY)
    settle(NOW + DAY)
    assert only_proof().evidence[0]["comment"] == "I was lazy about the guard before."
    assert not operations.open_seen(token=token, now=NOW + DAY).may_comment
    with pytest.raises(DomainError, match=r"sign_off\.comment_late"):
        operations.comment(token=token, text="Too late", now=NOW + DAY)
    told = Entry.objects.get(event="holdings.sign_off.commented")
    assert (told.actor, "lazy" in str(told.data)) == ("Rosa Delgado", False)


@pytest.mark.django_db
def test_comments_are_short_and_links_are_secret(firm: Firm, item: Any) -> None:
    _, token = sign_with_token(firm, item)
    with pytest.raises(DomainError, match=r"sign_off\.too_long"):
        operations.comment(token=token, text="x" * 601, now=NOW)
    for ask in (operations.open_seen, lambda **of: operations.comment(text="Hi", **of)):
        with pytest.raises(NotFound):
            ask(token="not-a-token", now=NOW)
    operations.comment(token=token, text="Yes.", now=NOW)
    operations.comment(token=token, text="", now=NOW)
    assert SignOff.objects.get().comment == ""


@pytest.mark.django_db
def test_an_older_revision_stays_as_history(firm: Firm) -> None:
    document = skills.add_document(actor=firm.owner, code="WI-14", now=NOW)
    for code, day in (("C", date(2026, 1, 1)), ("D", date(2026, 5, 6))):
        skills.raise_revision(actor=firm.owner, document_id=document.id, code=code, effective_from=day, now=NOW)
    item = make_behaviour(firm, document_id=document.id)
    first = sign(firm, item)
    settle()
    sign(firm, item, now=NOW + 2 * DAY)
    settle(NOW + 2 * DAY)
    assert states() == ["counted", "counted"]
    assert (missing(firm, item).days, missing(firm, item).history) == (1, (first.id,))
    sign(firm, item, now=NOW + 3 * DAY)
    settle(NOW + 3 * DAY)
    assert [one["document"] for one in only_proof().evidence] == ["WI-14 D", "WI-14 D"]
    assert states() == ["counted", "signed", "signed"]


@pytest.mark.django_db
def test_the_same_thing_signed_by_two_is_one_proof(firm: Firm, item: Any) -> None:
    sign(firm, item)
    sign(firm, item, actor=firm.owner)
    settle()
    assert states() == ["signed", "signed"]
    assert {one["by"] for one in only_proof().evidence} == {"Walt Jensen", "Dana Whitlock"}
    late = sign(firm, item, actor=firm.owner, now=NOW + timedelta(minutes=5))
    settle(NOW + timedelta(minutes=5))
    late.refresh_from_db()
    assert (late.state, late.issued_id, late.look_at) == ("counted", None, None)
    assert only_proof() and settle(NOW + DAY) == 0


@pytest.mark.django_db
def test_a_year_later_it_is_a_new_proof(firm: Firm, item: Any) -> None:
    sign(firm, item)
    settle()
    sign(firm, item, now=NOW + 360 * DAY)
    settle(NOW + 360 * DAY)
    assert states() == ["signed", "signed"] and Issued.objects.count() == 2 and Holding.objects.count() == 2


@pytest.mark.django_db
def test_after_a_cancelled_proof_the_same_day_counts_again(firm: Firm, item: Any) -> None:
    sign(firm, item)
    settle()
    too_late = sign(firm, item, actor=firm.owner, now=NOW + LATER)
    settle(NOW + LATER)
    credentials.cancel(actor=firm.owner, issued_id=only_proof().id, reason="Wrong person", now=NOW + 4 * MINUTE)
    assert missing(firm, item, 3).history == (too_late.id,)
    sign(firm, item, now=NOW + 5 * MINUTE)
    settle(NOW + 5 * MINUTE)
    assert states() == ["signed", "counted", "signed"] and Issued.objects.count() == 2


@pytest.mark.django_db
def test_where_signing_is_stopped_it_waits_and_is_tried_again(firm: Firm, item: Any) -> None:
    stopped = signing.stop(actor=firm.owner, why="We look at a key.", now=NOW)
    sign(firm, item)
    settle()
    one = SignOff.objects.get()
    assert (one.state, one.problem) == ("counted", "sign.stopped") and not Holding.objects.exists()
    assert settle(NOW + timedelta(minutes=1)) == 0
    signing.go_on(actor=firm.owner, stop_id=stopped.id, now=NOW + timedelta(minutes=2))
    settle(NOW + timedelta(minutes=6))
    one.refresh_from_db()
    assert (one.state, one.problem) == ("signed", "") and only_proof()


@pytest.mark.django_db
def test_what_never_can_be_given_is_refused(firm: Firm, item: Any) -> None:
    Organisation.objects.filter(id=firm.org.id).update(created_at=NOW - 500 * DAY)
    sign(firm, item, observed_at=NOW - 400 * DAY, entered="paper", entered_by="Dana Whitlock")
    settle()
    one = SignOff.objects.get()
    assert (one.state, one.problem, one.look_at) == ("refused", "proof.already_over", None)
    assert Entry.objects.filter(event="holdings.sign_off.refused").count() == 1
    sign(firm, item)
    settle()
    assert only_proof()


@pytest.mark.django_db
def test_a_proof_is_given_in_the_observers_name_after_they_left(firm: Firm, item: Any) -> None:
    sign(firm, item)
    Member.objects.filter(user=firm.supervisor_user).update(active=False)
    settle()
    assert only_proof().given_by == "Walt Jensen"


@pytest.mark.django_db
def test_without_an_end_it_has_none_on_the_board(firm: Firm) -> None:
    by_revision = make_item(firm, months=None)
    need(firm, by_revision)
    sign(firm, by_revision)
    settle()
    held = Holding.objects.get()
    assert (held.ends, held.end_state) == (None, "not_known") and cell(firm, by_revision).state is State.MET
    on_card = make_item(firm)
    skills.change_rule(actor=firm.owner, item_id=on_card.id, starts=LONG_AGO, validity={"type": "card_date"}, now=NOW)
    need(firm, on_card)
    sign(firm, on_card)
    settle()
    assert cell(firm, on_card).state is State.MET and cell(firm, on_card).no_end


@pytest.mark.django_db
def test_who_was_joined_is_one_person(firm: Firm) -> None:
    item = make_behaviour(firm)
    double = people.add_person(actor=firm.owner, name="Rosa D.", now=NOW)
    sign(firm, item, person_id=double.id)
    settle()
    sign(firm, item, now=NOW + DAY)
    settle(NOW + DAY)
    assert states() == ["counted", "counted"]
    people.merge(actor=firm.owner, keep_id=firm.person.id, other_id=double.id, now=NOW + DAY)
    joined = Entry.objects.get(event=settle_sign_offs.JOINED)
    for _ in range(2):
        settle_sign_offs.run(now=NOW + 2 * DAY, org_id=str(firm.org.id), entry_id=str(joined.id))
    assert states() == ["signed", "signed"] and only_proof().person_id == firm.person.id


@pytest.mark.django_db
def test_a_sample_firms_clock_stands_still(firm: Firm, item: Any) -> None:
    Organisation.objects.filter(id=firm.org.id).update(sample="machine-shop", clock=NOW + 400 * DAY)
    sign(firm, item, now=NOW + 400 * DAY)
    settle_sign_offs.run(now=NOW)
    assert states() == ["signed"] and only_proof().given_at == NOW + 400 * DAY


@pytest.mark.django_db
def test_ten_seconds_are_real_ones_in_a_sample_firm_too(firm: Firm, item: Any) -> None:
    """Somebody who tries it out presses Undo as well."""
    Organisation.objects.filter(id=firm.org.id).update(sample="machine-shop", clock=NOW)
    really = NOW + 200 * DAY
    one = sign(firm, item, at=really)
    settle_sign_offs.run(now=really + timedelta(seconds=9))
    assert states() == ["waiting"]
    operations.undo_sign_off(actor=firm.supervisor, sign_off_id=one.id, now=NOW)
    sign(firm, item, at=really)
    settle_sign_offs.run(now=really + timedelta(seconds=11))
    assert sorted(states()) == ["signed", "undone"]


@pytest.mark.django_db
def test_in_order_of_what_was_seen(firm: Firm, item: Any) -> None:
    sign(firm, item, steps=[0], observed_at=NOW - timedelta(hours=1), entered="offline")
    sign(firm, item, steps=[1], observed_at=NOW - timedelta(hours=3), entered="offline")
    settle()
    counted = Entry.objects.filter(event="holdings.sign_off.counted").order_by("id")
    seen = {str(one.id): one.observed_at for one in SignOff.objects.all()}
    assert [seen[one.data["sign_off"]] for one in counted] == sorted(seen.values())


@pytest.mark.django_db
def test_when_nothing_is_due_it_asks_once(firm: Firm, item: Any, django_assert_num_queries: Any) -> None:
    sign(firm, item, steps=[0])
    settle()
    with django_assert_num_queries(1):
        settle_sign_offs.run(now=NOW + DAY)
