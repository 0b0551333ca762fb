"""How a fault is put into a proof: after it was signed, or signed together with it. Fixed keys and days."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Protocol

from credcore.formats.vcdm import iso
from credcore.keys import ecdsa
from credcore.keys.public import P256, P384
from credcore.ports import Signer
from credcore.proofs import eddsa_rdfc_2022
from credcore.status import bitstring
from tests.core.proofs import COLLEGE, LIST_URL, NOW, as_bytes, credential, signed, status_list

Json = dict[str, Any]
Change = Callable[[Any], Any]

CREATED = iso(NOW)
COLLEGE_256 = ecdsa.LocalSigner(P256, 7)
COLLEGE_384 = ecdsa.LocalSigner(P384, 8)
STATUS = bitstring.entry(list_url=LIST_URL, index=42)
PAGES = {LIST_URL: status_list()}


class Sign(Protocol):
    def __call__(self, *, document: Json, signer: Signer, created: str) -> Json: ...


def sealed(document: Json, *, sign: Sign = eddsa_rdfc_2022.sign, signer: Signer = COLLEGE, created: str = CREATED) -> Json:
    """Signed as it stands, without the look that our own issuing takes at it first."""
    return {**document, "proof": sign(document=document, signer=signer, created=created)}


def base() -> Json:
    """A signed proof with everything in it that a change may want to touch: status, level, evidence."""
    return signed(status=STATUS)


def unsealed(change: Change | None = None) -> Json:
    """The same before it was signed."""
    return credential(status=STATUS, change=change)


def put(path: str, **members: Any) -> Change:
    """A change that sets members of the object at a path such as `evidence.0`; empty for the document itself."""
    return put_named(path, members)


def put_named(path: str, members: Json) -> Change:
    """As `put`, for names that are no Python names."""

    def change(document: Any) -> None:
        at(document, path).update(copy.deepcopy(members))

    return change


def drop(path: str, name: str) -> Change:
    """A change that takes a member away."""

    def change(document: Any) -> None:
        del at(document, path)[name]

    return change


def at(document: Any, path: str) -> Any:
    """What stands at a path."""
    for step in filter(None, path.split(".")):
        document = document[int(step)] if step.isdigit() else document[step]
    return document


def altered(document: Json, change: Change) -> Json:
    """A copy with the change in it."""
    changed = copy.deepcopy(document)
    change(changed)
    return changed


def after(document: Json, change: Change) -> bytes:
    """What is handed over when somebody changes a signed document."""
    return as_bytes(altered(document, change))
