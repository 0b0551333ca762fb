"""Change proofs: make kinds of proof, give, hand over, keep, cancel. Every change writes the journal."""

from skillmark.rooms.credentials.operations.cancel import CannotCancel, cancel
from skillmark.rooms.credentials.operations.give import CannotGive, give
from skillmark.rooms.credentials.operations.hold import CannotHold, hold
from skillmark.rooms.credentials.operations.keep import (
    CannotKeep,
    OfferView,
    check_pin,
    look_at_offer,
    refuse_offer,
    take_offer,
    use_offer,
)
from skillmark.rooms.credentials.operations.offers import CannotOffer, offer, send_by_email
from skillmark.rooms.credentials.operations.publish import CannotPublish, publish, publish_due
from skillmark.rooms.credentials.operations.templates import (
    CannotMakeTemplate,
    add_ready_template,
    archive_template,
    change_template,
    make_template,
)

__all__ = [
    "CannotCancel",
    "CannotGive",
    "CannotHold",
    "CannotKeep",
    "CannotMakeTemplate",
    "CannotOffer",
    "CannotPublish",
    "OfferView",
    "add_ready_template",
    "archive_template",
    "cancel",
    "change_template",
    "check_pin",
    "give",
    "hold",
    "look_at_offer",
    "make_template",
    "offer",
    "publish",
    "publish_due",
    "refuse_offer",
    "send_by_email",
    "take_offer",
    "use_offer",
]
