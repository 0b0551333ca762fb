"""Ways in: set-up link, invitations, sign-in links, tokens, and the limit on guessing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.people import operations, queries
from skillmark.rooms.people.rules import Role
from tests.cast import Firm

pytestmark = pytest.mark.django_db


def _set_up(token: str, now: datetime, **more: str):
    return operations.set_up(token=token, firm_name="Bramble Street Bakery", owner_name="Ana", now=now, **more)


def test_the_setup_link_makes_one_firm_and_then_never_again(now: datetime) -> None:
    token = operations.start_setup(now=now)
    user, actor = _set_up(token, now, email="Ana@Bakery.example", time_zone="America/Chicago", date_order="mdy")
    assert actor.role is Role.OWNER and user.email == "ana@bakery.example"
    assert queries.site(actor=actor).time_zone == "America/Chicago"
    with pytest.raises(operations.CannotSetUp) as refused:
        _set_up(token, now)
    assert refused.value.code == "setup.done"
    with pytest.raises(operations.CannotSetUp):
        operations.start_setup(now=now)


@pytest.mark.parametrize("wait", [timedelta(minutes=30), timedelta(days=2)])
def test_an_old_setup_link_is_refused(now: datetime, wait: timedelta) -> None:
    token = operations.start_setup(now=now)
    with pytest.raises(operations.CannotSetUp) as refused:
        _set_up(token, now + wait)
    assert refused.value.code == "setup.bad_link"


def test_a_newer_setup_link_ends_the_older(now: datetime) -> None:
    old, new = operations.start_setup(now=now), operations.start_setup(now=now)
    assert not queries.setup_open(token=old, now=now)
    assert queries.setup_open(token=new, now=now)


def test_nothing_is_made_when_a_name_is_missing(now: datetime) -> None:
    token = operations.start_setup(now=now)
    with pytest.raises(operations.CannotSetUp) as refused:
        operations.set_up(token=token, firm_name=" ", owner_name="Ana", now=now)
    assert refused.value.code == "setup.name_missing"
    assert queries.setup_open(token=token, now=now)


def test_a_supervisor_joins_with_code_and_pin(firm: Firm, now: datetime) -> None:
    _, code, pin = operations.invite(actor=firm.owner, name="Lena", now=now)
    user = operations.join(code=f" {code[:4].lower()}-{code[4:]} ", pin=pin, now=now)
    assert queries.actor_for(user_id=user.id, now=now).role is Role.SUPERVISOR
    with pytest.raises(operations.CannotJoin) as refused:
        operations.join(code=code, pin=pin, now=now)
    assert refused.value.code == "join.used"


def test_the_fifth_wrong_pin_locks_an_invitation(firm: Firm, now: datetime) -> None:
    _, code, pin = operations.invite(actor=firm.owner, name="Lena", now=now)
    wrong = "000000" if pin != "000000" else "111111"
    left = []
    for _ in range(5):
        with pytest.raises(operations.CannotJoin) as refused:
            operations.join(code=code, pin=wrong, now=now)
        left.append(refused.value.facts.get("tries_left", refused.value.code))
    assert left == ["4", "3", "2", "1", "join.locked"]
    with pytest.raises(operations.CannotJoin) as refused:
        operations.join(code=code, pin=pin, now=now)
    assert refused.value.code == "join.locked"


def test_an_old_or_unknown_invitation_is_refused(firm: Firm, now: datetime) -> None:
    _, code, pin = operations.invite(actor=firm.owner, name="Lena", now=now)
    for given, when, expected in ((code, now + timedelta(hours=24), "join.expired"), ("AAAA2222", now, "join.unknown")):
        with pytest.raises(operations.CannotJoin) as refused:
            operations.join(code=given, pin=pin, now=when)
        assert refused.value.code == expected


def test_a_sign_in_link_works_once_and_for_fifteen_minutes(firm: Firm, now: datetime) -> None:
    token = operations.make_sign_in_link(user_id=firm.owner_user.id, now=now)
    assert operations.use_sign_in_link(token=token, now=now) == firm.owner_user
    late = operations.make_sign_in_link(user_id=firm.owner_user.id, now=now)
    for used, when in ((token, now), (late, now + timedelta(minutes=15)), ("nonsense", now)):
        with pytest.raises(operations.CannotSignIn):
            operations.use_sign_in_link(token=used, now=when)


def test_a_token_acts_for_its_firm_until_it_is_ended(firm: Firm, other_firm: Firm, now: datetime) -> None:
    token, text = operations.make_token(actor=firm.owner, name="payroll", now=now)
    assert queries.actor_for_token(token=text, now=now).org_id == firm.org.id
    with pytest.raises(NotFound):
        operations.revoke_token(actor=other_firm.owner, token_id=token.id, now=now)
    operations.revoke_token(actor=firm.owner, token_id=token.id, now=now)
    for refused in (text, "smk_guess"):
        with pytest.raises(NotFound):
            queries.actor_for_token(token=refused, now=now)


def test_a_removed_member_is_out_and_so_are_their_tokens(firm: Firm, other_firm: Firm, now: datetime) -> None:
    member = next(one for one in queries.members(actor=firm.owner) if one.role == Role.SUPERVISOR)
    with pytest.raises(NotFound):
        operations.remove_member(actor=other_firm.owner, member_id=member.id, now=now)
    operations.remove_member(actor=firm.owner, member_id=member.id, now=now)
    with pytest.raises(NotFound):
        queries.actor_for(user_id=firm.supervisor_user.id, now=now)


def test_an_owner_cannot_lock_themself_out(firm: Firm, now: datetime) -> None:
    me = next(one for one in queries.members(actor=firm.owner) if one.role == Role.OWNER)
    with pytest.raises(operations.CannotDo):
        operations.remove_member(actor=firm.owner, member_id=me.id, now=now)


def test_guessing_is_slowed_down_and_forgiven_later(db: None, now: datetime) -> None:
    for _ in range(3):
        operations.count_try(key="claim:10.0.0.9", limit=3, seconds=600, now=now)
    with pytest.raises(operations.CannotTry):
        operations.count_try(key="claim:10.0.0.9", limit=3, seconds=600, now=now)
    operations.count_try(key="claim:10.0.0.10", limit=3, seconds=600, now=now)
    operations.count_try(key="claim:10.0.0.9", limit=3, seconds=600, now=now + timedelta(minutes=10, seconds=1))


@pytest.mark.parametrize("action", ["invite", "make_token"])
def test_a_supervisor_cannot_hand_out_access(firm: Firm, now: datetime, action: str) -> None:
    with pytest.raises(operations.CannotDo) as refused:
        getattr(operations, action)(actor=firm.supervisor, name="x", now=now)
    assert refused.value.code == "role.not_allowed"
