"""How well a holding was checked, and whether that is enough."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from skillmark.rooms.holdings.rules import Evidence, SignedBy
from skillmark.rooms.skills.rules import Trust
from skillmark.rooms.talent.rules.facts import Restraint


class Reason(StrEnum):
    """Why a level of trust does not do; which date is meant."""

    CLAIMED = "claimed"
    PHOTO = "photo"
    PHOTO_WAITS = "photo_waits"
    CHECK_OLD = "check_old"
    NOT_SIGNED = "not_signed"
    CHECK_DENIED = "check_denied"
    GIVER_UNKNOWN = "giver_unknown"
    GIVER_NOT_ACCEPTED = "giver_not_accepted"
    OWN_NOT_ACCEPTED = "own_not_accepted"
    SIGNATURE_BAD = "signature_bad"
    SIGNATURE_UNKNOWN = "signature_unknown"
    TOO_OLD = "too_old"
    HOURS = "hours"


CONDEMNED = frozenset({Reason.SIGNATURE_BAD, Reason.CHECK_DENIED})
"""Something speaks against the card itself: that is told at once, whatever else is due when."""


def trust_of(one: Evidence, rule: Restraint, on: date) -> tuple[Trust, bool, Reason | None]:
    """(how well it was checked, whether that is enough for the rule, and if not, why).

    A signature that turned bad condemns, and so does a source that does not know the card: whatever else is on file was the
    same card. A photo counts only where the rule says that a photo
    is enough, and only once somebody approved it; it is never more than a photo.
    """
    reason: Reason | None = None
    if one.signed is not None and one.signed.condemned:
        return Trust.CLAIMED, False, Reason.SIGNATURE_BAD
    if one.look_denied:
        return (Trust.PHOTO if one.has_photo else Trust.CLAIMED), False, Reason.CHECK_DENIED
    if one.signed is not None:
        reason = _doubt(one.signed, rule)
        if reason is None:
            return Trust.SIGNED, True, None
        if reason is Reason.GIVER_NOT_ACCEPTED:
            return Trust.SIGNED, False, reason
    other_giver = bool(rule.givers) and one.giver.casefold() not in rule.givers
    if one.looked_on is not None:
        if rule.stale_days is None or (on - one.looked_on).days <= rule.stale_days:
            if other_giver:
                return Trust.SOURCE, False, Reason.GIVER_NOT_ACCEPTED
            enough = rule.trust <= Trust.SOURCE
            return Trust.SOURCE, enough, None if enough else reason or Reason.NOT_SIGNED
        reason = reason or Reason.CHECK_OLD
    if not one.has_photo:
        return Trust.CLAIMED, False, reason or Reason.CLAIMED
    if rule.trust <= Trust.PHOTO and one.photo_approved:
        return Trust.PHOTO, not other_giver, Reason.GIVER_NOT_ACCEPTED if other_giver else None
    return Trust.PHOTO, False, reason or (Reason.PHOTO if one.photo_approved else Reason.PHOTO_WAITS)


def _doubt(signed: SignedBy, rule: Restraint) -> Reason | None:
    """Why a signature that is not bad is no proof of what the rule asks; None: it is one."""
    if signed.verdict != "good" and (signed.verdict, signed.code) != ("careful", "issuer.unknown"):
        return Reason.SIGNATURE_UNKNOWN
    if signed.own:
        return None if rule.own_counts else Reason.OWN_NOT_ACCEPTED
    if not signed.listed:
        return Reason.GIVER_UNKNOWN
    return Reason.GIVER_NOT_ACCEPTED if rule.givers and signed.giver.casefold() not in rule.givers else None
