"""Both sides of the days before somebody starts: what the job needs and what is there, and what the person brings."""

from skillmark.desks.starting.answering import ask_app, take_answer
from skillmark.desks.starting.bringing import Outcome, bring_file, bring_link, bring_photo, hand_over
from skillmark.desks.starting.lines import Asked, Came, Line, asked, histories, listed, preview
from skillmark.desks.starting.matching import Offer, offers
from skillmark.desks.starting.settling import settle

__all__ = [
    "Asked",
    "Came",
    "Line",
    "Offer",
    "Outcome",
    "ask_app",
    "asked",
    "bring_file",
    "bring_link",
    "bring_photo",
    "hand_over",
    "histories",
    "listed",
    "offers",
    "preview",
    "settle",
    "take_answer",
]
