"""What lies beside the proofs in a parcel: a folder or ZIP in which somebody carries everything of theirs.

Beside the proofs, a parcel holds a READ-ME.txt and a folder `offline` with public documents as they were when it was packed:
lists of what was cancelled, keys, and a map.json that says which address gave which.

Of these only the lists are used by themselves, and only where nobody can be asked: a list is signed by its giver, and it is
verified before a bit of it counts. Keys are not signed. Whoever packed the parcel could have written them, so they count
only for a person who trusts the packer and says so (`skillmark check --offline-map`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from credcore.codec import strict_json
from credcore.errors import CredcoreError, UnavailableError
from credcore.formats import vcdm
from credcore.ports import SILENT, Fetch, Fetched, FetchKind
from credcore.status import bitstring
from credcore.verify.checks.status import MAX_LIST

FOLDER: Final = "offline"
PAGE: Final = "page"
"""A person's own parcel has in it what they say themselves, and their proofs once more in the forms of other programs."""
MAP: Final = "map.json"
READ_ME: Final = "READ-ME.txt"
_MOST = 16  # lists in one parcel
LISTS: Final = frozenset(kind for kind, _subject in bitstring.KINDS.values())


def is_parcel(names: Iterable[str]) -> bool:
    """Whether these file names (with `/`) are those of a parcel."""
    return any(name.split("/")[-2:] == [FOLDER, MAP] for name in names)


def is_beside(name: str) -> bool:
    """Whether a file of a parcel lies beside the proofs and is none."""
    *folders, last = name.split("/")
    return FOLDER in folders or PAGE in folders or last == READ_ME


class BesideFetch:
    """A Fetch in front of another: where nobody answers for a list, the one of the parcel does, with the day on which its
    giver signed it. So it is good for “last known on 4 May”, never for “not cancelled now”.
    """

    def __init__(self, fetch: Fetch, *, bodies: Iterable[bytes]) -> None:
        self._fetch = fetch
        self._bodies = bodies  # read only when an address is silent
        self._lists: dict[str, Fetched] | None = None

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        """A new answer, or the parcel's. Raises what the other Fetch raises when there is none."""
        try:
            return self._fetch(url, kind=kind)
        except UnavailableError as error:
            if kind is not FetchKind.STATUS or error.code not in SILENT:
                raise
            if self._lists is None:
                self._lists = _lists(self._bodies)
            if url not in self._lists:
                raise
            return self._lists[url]


def _lists(bodies: Iterable[bytes]) -> dict[str, Fetched]:
    """By address; of two for the same, the younger one. Nothing is verified here."""
    found: dict[str, Fetched] = {}
    likely = (body for body in bodies if b"encodedList" in body and len(body) <= MAX_LIST)
    for body in islice(likely, _MOST):
        read = _read(body)
        if read is not None and (read.url not in found or found[read.url].fetched_at < read.fetched_at):
            found[read.url] = read
    return found


def _read(body: bytes) -> Fetched | None:
    try:
        document = strict_json.loads(body, max_bytes=MAX_LIST)
        if not isinstance(document, dict) or not LISTS.intersection(vcdm.texts(document.get("type"))):
            return None
        url, signed_at = vcdm.name_of(document), vcdm.validity(document)[0]
    except CredcoreError:
        return None  # no list, so it says nothing
    return Fetched(url, body, "application/vc", signed_at) if url and signed_at is not None else None
