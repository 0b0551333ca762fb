"""Change proofs: make kinds of proof, give, hand over, keep, cancel; check and trust. Every change writes the journal."""

from skillmark.rooms.credentials.operations.batches import (
    claim_rows,
    finish_row,
    resume_batch,
    start_batch,
    stop_batch,
)
from skillmark.rooms.credentials.operations.cancel import CannotCancel, cancel
from skillmark.rooms.credentials.operations.checks import CannotCheck, demand_checkable, forget_item, keep_checks, watch
from skillmark.rooms.credentials.operations.forget import forget_person
from skillmark.rooms.credentials.operations.give import CannotGive, give
from skillmark.rooms.credentials.operations.givers import CannotTrust, stop_trusting, trust_giver
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
from skillmark.rooms.credentials.operations.lists import demand_follow, follow_list, stop_following, update_list
from skillmark.rooms.credentials.operations.offers import CannotOffer, offer, send_by_email
from skillmark.rooms.credentials.operations.publish import CannotPublish, publish, publish_due
from skillmark.rooms.credentials.operations.remembered import forget_answers, remember_answer
from skillmark.rooms.credentials.operations.templates import (
    CannotMakeTemplate,
    add_ready_template,
    archive_template,
    change_template,
    make_template,
)

__all__ = [
    "CannotCancel",
    "CannotCheck",
    "CannotGive",
    "CannotHold",
    "CannotKeep",
    "CannotMakeTemplate",
    "CannotOffer",
    "CannotPublish",
    "CannotTrust",
    "OfferView",
    "add_ready_template",
    "archive_template",
    "cancel",
    "change_template",
    "check_pin",
    "claim_rows",
    "demand_checkable",
    "demand_follow",
    "finish_row",
    "follow_list",
    "forget_answers",
    "forget_item",
    "forget_person",
    "give",
    "hold",
    "keep_checks",
    "look_at_offer",
    "make_template",
    "offer",
    "publish",
    "publish_due",
    "refuse_offer",
    "remember_answer",
    "resume_batch",
    "send_by_email",
    "start_batch",
    "stop_batch",
    "stop_following",
    "stop_trusting",
    "take_offer",
    "trust_giver",
    "update_list",
    "use_offer",
    "watch",
]
