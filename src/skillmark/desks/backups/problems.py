"""Why a backup was not made or not brought back. The sentences stand beside the codes, English source."""

from __future__ import annotations

from django.utils.translation import gettext

from skillmark.errors import DomainError


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation. Django's own would read the settings, and a restore must put the key there first."""
    return text


_SENTENCES = {
    "backup.exists": gettext_noop("There is already a file {file}. Choose another name."),
    "backup.not_migrated": gettext_noop("The database is not ready for this version. Run this first: skillmark migrate"),
    "backup.code_mistyped": gettext_noop(
        "This is not a recovery code, or one letter is wrong. It has 14 groups of four; look at the sheet again."
    ),
    "backup.not_opened": gettext_noop(
        "This code does not open this file. Either the sheet belongs to another backup, or the file is damaged: "
        "try the newest sheet, or an older backup. Nothing was changed."
    ),
    "backup.damaged": gettext_noop("This backup file is damaged or cut short. Use another copy of it. Nothing was changed."),
    "backup.newer": gettext_noop(
        "This backup was made by another version of Skillmark ({version}). Install that version or a newer one. "
        "Nothing was changed."
    ),
    "backup.not_empty": gettext_noop(
        "There is already something in {where}. A backup is brought back into an empty place only, so that nothing is lost."
    ),
    "backup.key_differs": gettext_noop(
        "SKILLMARK_KEY_ENCRYPTION_KEY is set to another key than the one on the recovery sheet. Unset it, or correct it."
    ),
}


class BackupError(DomainError):
    """Nothing was written, nothing was changed."""

    @property
    def english(self) -> str:
        """The plain sentence in English, also before there are settings."""
        return _SENTENCES[self.code].format_map(self.facts)

    @property
    def sentence(self) -> str:
        """The plain sentence in the language that is active."""
        return gettext(_SENTENCES[self.code]).format_map(self.facts)


class CannotBackUp(BackupError):
    """No backup was made."""


class CannotRestore(BackupError):
    """Nothing was brought back."""
