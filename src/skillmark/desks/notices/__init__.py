"""Messages to people. A kind says what is told and in which words; a channel carries it. Nothing is sent without a wish."""

from skillmark.desks.notices.channels.email import NotSentError, demand_channel, is_set_up, send
from skillmark.desks.notices.kinds.proof_waiting import proof_waiting
from skillmark.desks.notices.kinds.verdict_changed import verdict_changed
from skillmark.desks.notices.message import Message

__all__ = ["Message", "NotSentError", "demand_channel", "is_set_up", "proof_waiting", "send", "verdict_changed"]
