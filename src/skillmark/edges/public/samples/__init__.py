"""Three made-up proofs to try the check page with: a good one, an expired one and a fake.

They are real signed files (`<kind>.<language>.json`, made by `tests/public/make_samples.py` with a key that everybody may
know) and go through the real checks. The list that trusts their giver exists on the sample page only: handed in as a
file, they are from an unknown giver like any other.
"""

from __future__ import annotations

import json
from datetime import datetime
from importlib import resources

from django.utils import translation
from django.utils.translation import gettext as _

from credcore.errors import UnavailableError
from credcore.ports import Fetched, FetchKind
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Verifier
from credcore.verify.report import Report

KINDS = ("good", "expired", "fake")


def document(*, kind: str, language: str) -> bytes:
    """The signed file of a sample, in English or Spanish."""
    return resources.files(__package__).joinpath(f"{kind}.{'es' if language == 'es' else 'en'}.json").read_bytes()


def check(*, kind: str, now: datetime) -> Report:
    """What the ordinary checks say about a sample, in the language of the page."""
    language = (translation.get_language() or "en")[:2]
    verifier = Verifier(fetch=_nothing, trust=(_list(),))
    return verifier.check(document(kind=kind, language=language), now=now, item=f"{kind}.json")


def _list() -> TrustList:
    giver = json.loads(document(kind="good", language="en"))["issuer"]
    return TrustList(name=_("Sample"), entries=(TrustEntry(issuer=giver["id"], name=giver["name"], since=None),))


def _nothing(url: str, *, kind: FetchKind) -> Fetched:
    raise UnavailableError("fetch.offline", f"samples fetch nothing, asked for {url}", permanent=True)
