"""The recovery sheet: what a firm needs on paper on the day its computer is gone."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks.papers import press

GROUP = 4
GROUPS_A_ROW = 6


def recovery_sheet(*, firm: str, made_on: date, code: str, language: str) -> bytes:
    """A PDF with the recovery code in numbered rows of groups of four. `code` is printed as it is, case kept."""
    language = press.known(language)
    groups = [code[start : start + GROUP] for start in range(0, len(code), GROUP)]
    with translation.override(language):
        data = {
            "lang": language,
            "document_title": _("Recovery sheet – %(firm)s") % {"firm": firm},
            "head": _("Recovery sheet"),
            "firm": firm,
            "made": _("Made on %(date)s") % {"date": press.in_words(day=made_on, language=language)},
            "why": _(
                "With this code and a backup, your firm’s proofs and keys come back on another computer. Without it, nobody "
                "can bring them back – not us either."
            ),
            "code_head": _("Recovery code"),
            "rows": [groups[start : start + GROUPS_A_ROW] for start in range(0, len(groups), GROUPS_A_ROW)],
            "case": _("Capital and small letters are different. The spaces do not count."),
            "steps_head": _("What to do with this sheet"),
            "steps": [
                _("Print it twice. Do not photograph it and do not keep it on a computer."),
                _("Put one copy in a safe place at work, the other one in another building."),
                _("Keep it apart from the backups: together they open everything."),
                _("If someone has seen it who should not have, keep your backups and this computer out of their reach."),
            ],
            "back_head": _("How to bring everything back"),
            "back": [
                _("Install Skillmark on another computer."),
                _("Copy the newest backup file to it."),
                _("Run: skillmark restore FILE"),
                _("Type the recovery code when you are asked for it."),
            ],
        }
    return press.press(source="recovery", data=data, files={})
