"""The firm: its name and address, who may act for it, and the tokens of its programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema, Status

from skillmark.edges.api.access import Asked
from skillmark.rooms.people import operations, queries

router = Router(tags=["Firm"])


class FirmOut(Schema):
    id: UUID
    name: str
    language: str
    base_url: str
    time_zone: str
    date_order: str


class FirmIn(Schema):
    """`base_url` is empty, or the public address of this server: `https://host`."""

    name: str
    language: Literal["en", "es"]
    time_zone: str
    date_order: Literal["mdy", "dmy", "ymd"]
    base_url: str = ""


class MemberOut(Schema):
    id: UUID
    name: str
    role: str
    since: datetime
    sites: list[UUID]
    until: date | None
    read_from: date | None
    read_until: date | None

    @staticmethod
    def resolve_sites(member: Any) -> list[UUID]:
        """The ids of the sites; none: all of the firm."""
        return [one.id for one in member.sites.all()]

    @staticmethod
    def resolve_name(member: object) -> str:
        """The name of the account behind the membership."""
        return str(getattr(member, "user", member))


class InvitationIn(Schema):
    """`role` is `supervisor` or `auditor`. No `sites`: all. An auditor needs `until`, the last day of access."""

    name: str
    role: Literal["supervisor", "auditor"] = "supervisor"
    sites: list[UUID] = []
    until: date | None = None
    read_from: date | None = None
    read_until: date | None = None


class AccessIn(Schema):
    sites: list[UUID] = []
    until: date | None = None
    read_from: date | None = None
    read_until: date | None = None


class InvitationOut(Schema):
    """Code and PIN, which cannot be shown again. Both are typed on the page `/join` within 24 hours."""

    id: UUID
    name: str
    code: str
    pin: str
    expires_at: datetime


class TokenOut(Schema):
    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


class TokenIn(Schema):
    name: str


class NewTokenOut(TokenOut):
    """`token` is the secret itself, which cannot be shown again."""

    token: str


@router.get("/firm", response=FirmOut)
def read_firm(request: Asked) -> dict[str, object]:
    """The firm behind this token."""
    return _firm(request)


@router.put("/firm", response=FirmOut)
def change_firm(request: Asked, firm: FirmIn) -> dict[str, object]:
    """Change the firm's name, language, clock and public address."""
    operations.change_settings(actor=request.auth, now=timezone.now(), **firm.dict())
    return _firm(request)


@router.get("/members", response=list[MemberOut])
def list_members(request: Asked) -> list[object]:
    """Who may act for the firm."""
    operations.demand(actor=request.auth, action="member.invite")
    return list(queries.members(actor=request.auth))


@router.post("/members", response={201: InvitationOut})
def invite(request: Asked, invitation: InvitationIn) -> Status[object]:
    """Invite a supervisor or an auditor, who joins with the code and the PIN."""
    made, code, pin = operations.invite(actor=request.auth, now=timezone.now(), **invitation.dict())
    return Status(201, {"id": made.id, "name": made.name, "code": code, "pin": pin, "expires_at": made.expires_at})


@router.put("/members/{member_id}", response=MemberOut)
def change_member(request: Asked, member_id: UUID, access: AccessIn) -> object:
    """Say anew for which sites and days a supervisor or an auditor has access."""
    return operations.change_member(actor=request.auth, member_id=member_id, now=timezone.now(), **access.dict())


@router.delete("/members/{member_id}", response={204: None})
def remove_member(request: Asked, member_id: UUID) -> Status[None]:
    """End a member's access."""
    operations.remove_member(actor=request.auth, member_id=member_id, now=timezone.now())
    return Status(204, None)


@router.get("/tokens", response=list[TokenOut])
def list_tokens(request: Asked) -> list[object]:
    """The tokens that work."""
    operations.demand(actor=request.auth, action="token.make")
    return list(queries.tokens(actor=request.auth))


@router.post("/tokens", response={201: NewTokenOut})
def make_token(request: Asked, wanted: TokenIn) -> Status[object]:
    """Make a token for another program."""
    made, text = operations.make_token(actor=request.auth, name=wanted.name, now=timezone.now())
    told = {"id": made.id, "name": made.name, "created_at": made.created_at, "last_used_at": None, "token": text}
    return Status(201, told)


@router.delete("/tokens/{token_id}", response={204: None})
def revoke_token(request: Asked, token_id: UUID) -> Status[None]:
    """End a token at once."""
    operations.revoke_token(actor=request.auth, token_id=token_id, now=timezone.now())
    return Status(204, None)


def _firm(request: Asked) -> dict[str, object]:
    org, site = queries.organisation(actor=request.auth), queries.site(actor=request.auth)
    return {
        "id": org.id,
        "name": org.name,
        "language": org.language,
        "base_url": org.base_url,
        "time_zone": site.time_zone,
        "date_order": site.date_order,
    }
