"""Change proofs: make kinds of proof, give, hand over, keep, cancel; check and trust. Every change writes the journal."""

from skillmark.rooms.credentials.operations.anew import give_anew
from skillmark.rooms.credentials.operations.app_copies import AppCopy, app_proof
from skillmark.rooms.credentials.operations.apps import (
    CannotOfferToApp,
    CannotTakeUp,
    app_nonce,
    app_token,
    offer_to_app,
)
from skillmark.rooms.credentials.operations.asking import (
    CannotAsk,
    answer_asking,
    ask_phone,
    drop_askings,
    note_bad_answer,
    refuse_asking,
    request_object,
    stop_asking,
    use_response_code,
)
from skillmark.rooms.credentials.operations.batches import (
    claim_rows,
    finish_row,
    resume_batch,
    start_batch,
    stop_batch,
)
from skillmark.rooms.credentials.operations.bring_in import bring_in, comment_held, note_check, remove_held, take_stale
from skillmark.rooms.credentials.operations.cancel import CannotCancel, cancel
from skillmark.rooms.credentials.operations.checks import CannotCheck, demand_checkable, forget_item, keep_checks, watch
from skillmark.rooms.credentials.operations.disputes import CannotDispute, answer_dispute, dispute, dispute_offer
from skillmark.rooms.credentials.operations.erase import erase_space
from skillmark.rooms.credentials.operations.exported import EXPORTED, note_export
from skillmark.rooms.credentials.operations.forget import forget_person
from skillmark.rooms.credentials.operations.forms import CannotMakeForm, form_of
from skillmark.rooms.credentials.operations.give import CannotGive, give
from skillmark.rooms.credentials.operations.givers import CannotTrust, stop_trusting, tell_giver, trust_giver
from skillmark.rooms.credentials.operations.history import give_history, judged_history
from skillmark.rooms.credentials.operations.hold import CannotHold, hold
from skillmark.rooms.credentials.operations.join import move_held
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
from skillmark.rooms.credentials.operations.own_copies import could_copy, own_copy
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
    "AppCopy",
    "CannotAsk",
    "CannotCancel",
    "CannotCheck",
    "CannotDispute",
    "CannotGive",
    "CannotHold",
    "CannotKeep",
    "CannotMakeForm",
    "CannotMakeTemplate",
    "CannotOffer",
    "CannotOfferToApp",
    "CannotPause",
    "CannotPublish",
    "CannotReplace",
    "CannotRun",
    "CannotTakeUp",
    "CannotTrust",
    "OfferView",
    "Slip",
    "add_ready_template",
    "answer_asking",
    "answer_dispute",
    "app_nonce",
    "app_proof",
    "app_token",
    "archive_template",
    "ask_phone",
    "bring_in",
    "cancel",
    "change_codes",
    "change_picture",
    "change_template",
    "check_pin",
    "claim_rows",
    "comment_held",
    "could_copy",
    "demand_checkable",
    "demand_follow",
    "dispute",
    "dispute_offer",
    "do_rows",
    "drop_askings",
    "drop_plans",
    "erase_space",
    "finish_row",
    "follow_list",
    "forget_answers",
    "forget_item",
    "forget_person",
    "form_of",
    "give",
    "give_anew",
    "give_history",
    "hold",
    "judged_history",
    "keep_checks",
    "leave_out_rows",
    "look_at_offer",
    "make_slips",
    "make_template",
    "mend_rows",
    "move_held",
    "note_bad_answer",
    "note_check",
    "note_export",
    "offer",
    "offer_to_app",
    "own_copy",
    "pause",
    "plan_run",
    "publish",
    "publish_due",
    "publish_due_tokens",
    "refuse_asking",
    "refuse_offer",
    "remember_answer",
    "remove_held",
    "renew_run",
    "replace",
    "request_object",
    "resume",
    "resume_batch",
    "resume_run",
    "send_by_email",
    "start_batch",
    "start_run",
    "stop_asking",
    "stop_batch",
    "stop_following",
    "stop_run",
    "stop_trusting",
    "take_offer",
    "take_stale",
    "tell_giver",
    "template_of_item",
    "trust_giver",
    "update_list",
    "use_offer",
    "use_response_code",
    "watch",
]
