"""Proofs that go to another app, and proofs that others offer. (OpenID4VCI 1.0, as giver's server and as the person's app)"""

from skillmark.desks.other_apps.looking import CannotTakeOffer, Offered, look_at
from skillmark.desks.other_apps.offering import OfferToApp, offer, offer_of_firm
from skillmark.desks.other_apps.taking import Interrupted, Taken, keep_anyway, take

__all__ = [
    "CannotTakeOffer",
    "Interrupted",
    "OfferToApp",
    "Offered",
    "Taken",
    "keep_anyway",
    "look_at",
    "offer",
    "offer_of_firm",
    "take",
]
