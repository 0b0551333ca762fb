"""Writes the corpus: `python -m tests.negative.make_corpus`. The same files come out every time.

A family's files lie in `corpus/<family>`: `<fault>.<suffix>`, and its twin `<fault>.good.<suffix>`. What other computers
answer lies in `corpus/answers/<family>-<n>`, in the form of `--offline-map`. Two cases share such a folder unless they
need different answers at one address.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from credcore.formats.vcdm import iso
from credcore.trust import files
from tests.core.proofs import NOW
from tests.negative import families
from tests.negative.answers import suffix
from tests.negative.case import Case

Json = dict[str, Any]

CORPUS = Path(__file__).parent / "corpus"
TRUST, MANIFEST = "trust.json", "manifest.json"
LARGEST = 65_536  # what is larger is made when the tests run, and only its hash is kept


@dataclass
class Folder:
    """One folder of answers: address → page, and None for an address that must not answer."""

    name: str
    pages: dict[str, bytes | None] = field(default_factory=dict)

    def fits(self, wanted: dict[str, bytes | None]) -> bool:
        """Whether these answers can lie here beside the others."""
        return all(self.pages.get(url, page) == page for url, page in wanted.items())

    def files(self) -> Iterator[tuple[str, bytes]]:
        """(path, content) of the pages and of the map."""
        names = {}
        for url, page in self.pages.items():
            if page is not None and len(page) <= LARGEST:
                slug = re.sub(r"[^a-z0-9]+", "-", url.lower().removeprefix("https://")).strip("-")[:60]
                names[url] = f"{slug}-{hashlib.sha256(url.encode() + page).hexdigest()[:6]}{suffix(url, page)}"
                yield f"answers/{self.name}/{names[url]}", page
        yield f"answers/{self.name}/map.json", _pretty(names)


class Shelf:
    """The folders of answers of one family, filled as cases come."""

    def __init__(self, family: str) -> None:
        self.family = family
        self.folders: list[Folder] = []

    def place(self, wanted: dict[str, bytes | None]) -> str:
        """The folder in which these answers lie from now on."""
        for folder in self.folders:
            if folder.fits(wanted):
                break
        else:
            folder = Folder(f"{self.family}-{len(self.folders) + 1}")
            self.folders.append(folder)
        folder.pages |= wanted
        return folder.name


def contents(found: Iterable[tuple[str, Case]]) -> dict[str, bytes]:
    """The whole corpus as path → content, with its manifest and its list of givers."""
    made: dict[str, bytes] = {TRUST: files.dumps(families.trust_list()) + b"\n"}
    shelves: dict[str, Shelf] = {}
    entries = []
    for family, case in found:
        shelf = shelves.setdefault(family, Shelf(family))
        pair = _pair(family, case)
        made |= {path: body for path, body in pair.items() if len(body) <= LARGEST}
        entries.append(_entry(family, case, pair, shelf))
    for shelf in shelves.values():
        for folder in shelf.folders:
            made |= dict(folder.files())
    return {**made, MANIFEST: _manifest(entries)}


def _pair(family: str, case: Case) -> dict[str, bytes]:
    return {f"{family}/{case.name}{case.suffix}": case.bad, f"{family}/{case.name}.good{case.suffix}": case.good}


def _entry(family: str, case: Case, pair: dict[str, bytes], shelf: Shelf) -> Json:
    good_pages = case.pages if case.good_pages is None else case.good_pages
    addresses = dict.fromkeys([*case.pages, *good_pages])
    file, twin = pair
    return {
        "name": case.name,
        "family": family,
        "rule": case.rule,
        "file": file,
        "twin": twin,
        "codes": list(case.codes),
        "verdicts": list(case.verdicts),
        "answers": shelf.place({url: case.pages.get(url) for url in addresses}),
        "twin_answers": shelf.place({url: good_pages.get(url) for url in addresses}),
        "made_by_tests": {path: hashlib.sha256(body).hexdigest() for path, body in pair.items() if len(body) > LARGEST},
    }


def _manifest(entries: list[Json]) -> bytes:
    """One line a case, so that a change shows as one."""
    head = json.dumps({"at": iso(NOW), "trust": TRUST})
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in entries)
    return f'{head[:-1]}, "cases": [\n{lines}\n]}}\n'.encode()


def _pretty(value: object) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False).encode() + b"\n"


def main() -> None:
    """Write it anew, without what is no longer made."""
    made = contents(families.cases())
    if CORPUS.exists():
        shutil.rmtree(CORPUS)
    for path, body in made.items():
        target = CORPUS / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
    print(f"{len(made)} files, {sum(map(len, made.values())):,} bytes")


if __name__ == "__main__":
    main()
