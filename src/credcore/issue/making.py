"""Credentials with proofs inside, and the copies of selective ones that their holders show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from credcore.errors import CredcoreError
from credcore.formats import vcdm
from credcore.issue.linting import LintError, check_giver, lint
from credcore.issue.securing import Json, Making, secure
from credcore.ports import Signer
from credcore.proofs import ecdsa_sd_2023


def issue(credential: Json, *, signer: Signer, now: datetime, making: Making | None = None) -> Json:
    """The credential with a proof, by default of eddsa-rdfc-2022. `now` becomes the proof's `created`.

    Raises LintError; nothing is signed in the giver's name before the lint has passed.
    """
    how = making or Making()
    check_giver(vcdm.issuer_id(credential), signer=signer)
    lint(credential, now=now, making=how, algorithm=signer.algorithm)
    try:
        return secure(credential, signer=signer, now=now, making=how)
    except CredcoreError as error:
        raise LintError(error.code, error.detail) from error


def present(presentation: Json, *, signer: Signer, now: datetime, making: Making) -> Json:
    """A presentation with its holder's proof, of the suite and options of `making`.

    Raises LintError: `lint.not_a_presentation` (a credential, say, which only `issue` signs), or why it cannot be signed.
    """
    if not vcdm.is_a(presentation, kind="VerifiablePresentation") or vcdm.is_a(presentation, kind="VerifiableCredential"):
        raise LintError("lint.not_a_presentation")
    try:
        return secure(presentation, signer=signer, now=now, making=making)
    except CredcoreError as error:
        raise LintError(error.code, error.detail) from error


def derive(credential: Json, *, selective_pointers: Sequence[str]) -> Json:
    """A copy of an ecdsa-sd-2023 credential to show: what its giver made mandatory, and what the holder chose.

    Raises as `ecdsa_sd_2023.derive`.
    """
    return ecdsa_sd_2023.derive(document=credential, selective_pointers=selective_pointers)
