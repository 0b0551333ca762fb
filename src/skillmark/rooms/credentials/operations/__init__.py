"""Change proofs: make kinds of proof, give, hand over, keep, cancel; check and trust. Every change writes the journal."""

from skillmark.rooms.credentials.operations.anew import give_anew
from skillmark.rooms.credentials.operations.batches import (
    claim_rows,
    finish_row,
    resume_batch,
    start_batch,
    stop_batch,
)
from skillmark.rooms.credentials.operations.cancel import CannotCancel, cancel
from skillmark.rooms.credentials.operations.checks import CannotCheck, demand_checkable, forget_item, keep_checks, watch
from skillmark.rooms.credentials.operations.disputes import CannotDispute, answer_dispute, dispute, dispute_offer
from skillmark.rooms.credentials.operations.exported import EXPORTED, note_export
from skillmark.rooms.credentials.operations.forget import forget_person
from skillmark.rooms.credentials.operations.forms import CannotMakeForm, form_of
from skillmark.rooms.credentials.operations.give import CannotGive, give
from skillmark.rooms.credentials.operations.givers import CannotTrust, stop_trusting, tell_giver, trust_giver
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
from skillmark.rooms.credentials.operations.pause import CannotPause, pause, resume
from skillmark.rooms.credentials.operations.publish import CannotPublish, publish, publish_due
from skillmark.rooms.credentials.operations.remembered import forget_answers, remember_answer
from skillmark.rooms.credentials.operations.replace import CannotReplace, replace
from skillmark.rooms.credentials.operations.runs import (
    MOST_SLIPS,
    CannotRun,
    Slip,
    do_rows,
    drop_plans,
    leave_out_rows,
    make_slips,
    mend_rows,
    plan_run,
    renew_run,
    resume_run,
    start_run,
    stop_run,
)
from skillmark.rooms.credentials.operations.template_of_item import template_of_item
from skillmark.rooms.credentials.operations.template_words import CannotMakeTemplate
from skillmark.rooms.credentials.operations.templates import (
    add_ready_template,
    archive_template,
    change_codes,
    change_picture,
    change_template,
    make_template,
)
from skillmark.rooms.credentials.operations.token_lists import publish_due_tokens

__all__ = [
    "EXPORTED",
    "MOST_SLIPS",
    "CannotCancel",
    "CannotCheck",
    "CannotDispute",
    "CannotGive",
    "CannotHold",
    "CannotKeep",
    "CannotMakeForm",
    "CannotMakeTemplate",
    "CannotOffer",
    "CannotPause",
    "CannotPublish",
    "CannotReplace",
    "CannotRun",
    "CannotTrust",
    "OfferView",
    "Slip",
    "add_ready_template",
    "answer_dispute",
    "archive_template",
    "cancel",
    "change_codes",
    "change_picture",
    "change_template",
    "check_pin",
    "claim_rows",
    "demand_checkable",
    "demand_follow",
    "dispute",
    "dispute_offer",
    "do_rows",
    "drop_plans",
    "finish_row",
    "follow_list",
    "forget_answers",
    "forget_item",
    "forget_person",
    "form_of",
    "give",
    "give_anew",
    "hold",
    "keep_checks",
    "leave_out_rows",
    "look_at_offer",
    "make_slips",
    "make_template",
    "mend_rows",
    "note_export",
    "offer",
    "pause",
    "plan_run",
    "publish",
    "publish_due",
    "publish_due_tokens",
    "refuse_offer",
    "remember_answer",
    "renew_run",
    "replace",
    "resume",
    "resume_batch",
    "resume_run",
    "send_by_email",
    "start_batch",
    "start_run",
    "stop_batch",
    "stop_following",
    "stop_run",
    "stop_trusting",
    "take_offer",
    "tell_giver",
    "template_of_item",
    "trust_giver",
    "update_list",
    "use_offer",
    "watch",
]
