"""Paper: the card of a proof, the receipt of a check, the slip with a code, the recovery sheet. Each is one PDF.

What is printed reaches typst as a JSON file, never as source text, so nothing that a person typed can become a command.
"""

from skillmark.desks.papers.card import card
from skillmark.desks.papers.receipt import receipt
from skillmark.desks.papers.recovery import recovery_sheet
from skillmark.desks.papers.slip import slip

__all__ = ["card", "receipt", "recovery_sheet", "slip"]
