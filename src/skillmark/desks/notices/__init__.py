"""Messages to people. A kind says what is told and in which words; a channel carries it. Nothing is sent without a wish."""

from skillmark.desks.notices.channels.email import NotSentError, demand_channel, is_set_up, send
from skillmark.desks.notices.kinds.expiries_told import Ending, expiries_told
from skillmark.desks.notices.kinds.photo_wanted import Wanted, photo_wanted, photo_wanted_text
from skillmark.desks.notices.kinds.proof_waiting import proof_waiting
from skillmark.desks.notices.kinds.verdict_changed import verdict_changed
from skillmark.desks.notices.kinds.weekly_summary import weekly_summary
from skillmark.desks.notices.message import Message

__all__ = [
    "Ending",
    "Message",
    "NotSentError",
    "Wanted",
    "demand_channel",
    "expiries_told",
    "is_set_up",
    "photo_wanted",
    "photo_wanted_text",
    "proof_waiting",
    "send",
    "verdict_changed",
    "weekly_summary",
]
