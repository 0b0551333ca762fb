from skillmark.rooms.credentials.models.batches import Batch, BatchRow
from skillmark.rooms.credentials.models.checks import Check, CheckedItem
from skillmark.rooms.credentials.models.disputes import Dispute
from skillmark.rooms.credentials.models.givers import FollowedList, TrustedGiver
from skillmark.rooms.credentials.models.held import Held
from skillmark.rooms.credentials.models.issued import Issued, IssuedForm
from skillmark.rooms.credentials.models.offers import Offer
from skillmark.rooms.credentials.models.phones import AppNonce, AppOffer, Asking
from skillmark.rooms.credentials.models.remembered import RememberedAnswer
from skillmark.rooms.credentials.models.runs import Run, RunRow
from skillmark.rooms.credentials.models.status import Pause, StatusChange, StatusEntry, StatusList, TokenList
from skillmark.rooms.credentials.models.templates import Template, TemplateVersion

__all__ = [
    "AppNonce",
    "AppOffer",
    "Asking",
    "Batch",
    "BatchRow",
    "Check",
    "CheckedItem",
    "Dispute",
    "FollowedList",
    "Held",
    "Issued",
    "IssuedForm",
    "Offer",
    "Pause",
    "RememberedAnswer",
    "Run",
    "RunRow",
    "StatusChange",
    "StatusEntry",
    "StatusList",
    "Template",
    "TemplateVersion",
    "TokenList",
    "TrustedGiver",
]
