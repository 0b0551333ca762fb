"""RDFC-1.0: the one spelling of an RDF dataset. (W3C RDF Dataset Canonicalization 1.0, section 4)

Quads are 4-tuples of N-Quads terms as text: (subject, predicate, object, graph), graph "" for the default one. Blank
nodes begin with `_:`. Work is counted, not timed, so that the same document always gets the same answer.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations

from credcore.errors import BudgetError, MalformedError

Quad = tuple[str, str, str, str]
HASHES = ("sha256", "sha384")


@dataclass(frozen=True, slots=True)
class Budget:
    """How much work one document may cost. All but the first three bound the part that hostile graphs blow up.

    `characters` counts all that is said: each statement repeats the names in it, so a long one makes much of little.
    `calls` counts runs of section 4.8, `depth` how many are inside each other (Python's stack is short), `visits` the
    statements looked at in them, `permutations` the orders tried, each counted by its length.
    """

    quads: int = 10_000
    blank_nodes: int = 2_000
    characters: int = 8_000_000
    calls: int = 2_000
    depth: int = 100
    visits: int = 40_000
    permutations: int = 40_000


@dataclass(frozen=True, slots=True)
class Canonical:
    """The canonical N-Quads, and which canonical label each blank node received (both without `_:`)."""

    nquads: bytes
    labels: dict[str, str]


class _Issuer:
    """Gives out labels in order (section 4.5)."""

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = dict(issued or {})

    def issue(self, node: str) -> str:
        if node not in self.issued:
            self.issued[node] = f"{self.prefix}{len(self.issued)}"
        return self.issued[node]

    def copy(self) -> _Issuer:
        return _Issuer(self.prefix, self.issued)


def line(quad: Quad) -> str:
    """One N-Quads line."""
    subject, predicate, object_, graph = quad
    return f"{subject} {predicate} {object_} {graph} .\n" if graph else f"{subject} {predicate} {object_} .\n"


def canonicalize(quads: Iterable[Quad], *, budget: Budget | None = None, hash_name: str = "sha256") -> Canonical:
    """The canonical form (section 4.4). Raises BudgetError `rdf.budget`, MalformedError `rdf.hash`."""
    if hash_name not in HASHES:
        raise MalformedError("rdf.hash", hash_name[:40])
    return _Run(quads, budget or Budget(), hash_name).result()


class _Run:
    def __init__(self, quads: Iterable[Quad], budget: Budget, hash_name: str) -> None:
        self.quads = list(dict.fromkeys(quads))
        self.budget, self.hash_name = budget, hash_name
        self.calls, self.permutations, self.visits = budget.calls, budget.permutations, budget.visits
        self.depth = budget.depth
        self.of: dict[str, list[Quad]] = defaultdict(list)
        for quad in self.quads:
            for node in {term for term in (quad[0], quad[2], quad[3]) if term.startswith("_:")}:
                self.of[node].append(quad)
        if len(self.quads) > budget.quads or len(self.of) > budget.blank_nodes:
            raise BudgetError("rdf.budget", f"{len(self.quads)} statements, {len(self.of)} unnamed things")
        characters = sum(len(s) + len(p) + len(o) + len(g) for s, p, o, g in self.quads)
        if characters > budget.characters:
            raise BudgetError("rdf.budget", f"{characters} characters")
        self.issuer = _Issuer("c14n")
        self.first = {node: self._first_degree(node) for node in self.of}

    def result(self) -> Canonical:
        by_hash: dict[str, list[str]] = defaultdict(list)
        for node, digest in self.first.items():
            by_hash[digest].append(node)
        shared = []
        for digest in sorted(by_hash):
            if len(by_hash[digest]) == 1:
                self.issuer.issue(by_hash[digest][0])
            else:
                shared.append(digest)
        for digest in shared:
            paths = []
            for node in by_hash[digest]:
                if node not in self.issuer.issued:
                    issuer = _Issuer("b")
                    issuer.issue(node)
                    paths.append(self._n_degree(node, issuer))
            for _, issuer in sorted(paths, key=lambda pair: pair[0]):
                for node in issuer.issued:
                    self.issuer.issue(node)
        labels = {node: f"_:{label}" for node, label in self.issuer.issued.items()}
        lines = sorted(line((labels.get(s, s), p, labels.get(o, o), labels.get(g, g))) for s, p, o, g in self.quads)
        plain = {node[2:]: label for node, label in self.issuer.issued.items()}
        return Canonical("".join(lines).encode(), plain)

    def _check(self) -> None:
        if min(self.calls, self.visits, self.depth, self.permutations) < 0:
            raise BudgetError("rdf.budget", "too many look-alike unnamed things")

    def _hash(self, text: str) -> str:
        return hashlib.new(self.hash_name, text.encode()).hexdigest()

    def _first_degree(self, node: str) -> str:
        """Section 4.6."""

        def mask(term: str) -> str:
            return ("_:a" if term == node else "_:z") if term.startswith("_:") else term

        return self._hash("".join(sorted(line((mask(s), p, mask(o), mask(g))) for s, p, o, g in self.of[node])))

    def _related(self, node: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Section 4.7."""
        label = self.issuer.issued.get(node) or issuer.issued.get(node)
        predicate = "" if position == "g" else quad[1]
        return self._hash(position + predicate + (f"_:{label}" if label else self.first[node]))

    def _n_degree(self, node: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """Section 4.8."""
        self.calls -= 1
        self.visits -= len(self.of[node])
        self.depth -= 1
        self._check()
        related: dict[str, list[str]] = defaultdict(list)
        for quad in self.of[node]:
            for position, term in (("s", quad[0]), ("o", quad[2]), ("g", quad[3])):
                if term.startswith("_:") and term != node:
                    related[self._related(term, quad, issuer, position)].append(term)
        data = ""
        for digest in sorted(related):
            path, issuer = self._shortest(related[digest], issuer)
            data += digest + path
        self.depth += 1
        return self._hash(data), issuer

    def _shortest(self, nodes: list[str], issuer: _Issuer) -> tuple[str, _Issuer]:
        """The least path through a group of related nodes, over all their orders (section 4.8, step 5)."""
        chosen, chosen_issuer = "", issuer
        for order in permutations(nodes):
            self.permutations -= len(order)
            self._check()
            found = self._path(order, issuer.copy(), chosen)
            if found is not None and (not chosen or found[0] < chosen):
                chosen, chosen_issuer = found
        return chosen, chosen_issuer

    def _path(self, order: tuple[str, ...], issuer: _Issuer, best: str) -> tuple[str, _Issuer] | None:
        """One order's path, or None as soon as it cannot beat the best."""
        path, recursion = "", []
        for node in order:
            if node in self.issuer.issued:
                path += f"_:{self.issuer.issued[node]}"
            else:
                if node not in issuer.issued:
                    recursion.append(node)
                path += f"_:{issuer.issue(node)}"
            if best and len(path) >= len(best) and path > best:
                return None
        for node in recursion:
            digest, deeper = self._n_degree(node, issuer)
            path += f"_:{issuer.issue(node)}<{digest}>"
            issuer = deeper
            if best and len(path) >= len(best) and path > best:
                return None
        return path, issuer
