"""Whom to remind of what, how they are reached, and what goes out by itself. Nothing here sends anything."""

from skillmark.desks.reminding.chosen import Card, Recipient, all_due, recipients, with_links
from skillmark.desks.reminding.rounds import Due, due_now, go_round

__all__ = ["Card", "Due", "Recipient", "all_due", "due_now", "go_round", "recipients", "with_links"]
