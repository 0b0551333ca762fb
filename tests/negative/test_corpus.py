"""No bad file is accepted, every good twin is, and each is refused for its own reason."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from itertools import groupby
from typing import Any

import pytest

from credcore.verify import Verdict
from tests.negative import families
from tests.negative.case import Case
from tests.negative.looking import codes, look, worst
from tests.negative.make_corpus import CORPUS, LARGEST, MANIFEST, TRUST, contents

Json = dict[str, Any]

CASES = tuple(families.cases())
LIST = families.trust_list()
# It may only grow.
AT_LEAST = 990
# Rules 12 and 13 are about requests and offers of a server, threats 12 and 19 ff. about keys and pages: no file shows them.
RULES = {f"3.{number}" for number in range(1, 16)} - {"3.12", "3.13"}
THREATS = {f"threat {number}" for number in (*range(1, 12), *range(13, 19))}


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[f"{family}-{case.name}" for family, case in CASES])
def test_the_bad_one_is_refused_for_its_reason_and_the_twin_is_good(case: Case) -> None:
    pages = case.pages if case.good_pages is None else case.good_pages
    twin = look(case.good, pages=pages, name=f"twin{case.suffix}", trust=LIST)
    assert {report.verdict for report in twin} == {Verdict.GOOD}, [report.summary() for report in twin]
    found = look(case.bad, pages=case.pages, name=f"bad{case.suffix}", trust=LIST)
    told = [report.summary() for report in found]
    verdict = worst(str(report.verdict) for report in found)
    assert verdict != "good", told
    assert set(codes(found)) & set(case.codes), told
    assert verdict in case.verdicts, told


def test_what_is_kept_is_what_is_made() -> None:
    made = contents(CASES)
    kept = {path.relative_to(CORPUS).as_posix(): path.read_bytes() for path in CORPUS.rglob("*") if path.is_file()}
    assert sorted(kept) == sorted(made), "run python -m tests.negative.make_corpus"
    assert [path for path, body in made.items() if kept[path] != body] == []
    assert sum(map(len, made.values())) < 3 * 2**20


def test_names_say_the_fault_once() -> None:
    names = [case.name for _, case in CASES]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_there_are_enough() -> None:
    assert len(CASES) >= AT_LEAST


@pytest.mark.skipif(len(list(families.modules())) < len(families.FAMILIES), reason="not all families are there")
def test_every_rule_and_threat_has_its_case() -> None:
    named = {part.strip() for _, case in CASES for part in case.rule.split(",")}
    assert (RULES | THREATS) - named == set()


def test_twins_differ_from_their_fault() -> None:
    same = [case.name for _, case in CASES if case.bad == case.good and case.good_pages in (None, case.pages)]
    assert same == []


def command_line(paths: list[str], *, answers: str) -> subprocess.CompletedProcess[str]:
    manifest = json.loads((CORPUS / MANIFEST).read_bytes())
    command = [sys.executable, "-m", "skillmark", "check", "--json", "--at", manifest["at"], "--trust", str(CORPUS / TRUST)]
    command += ["--offline-map", str(CORPUS / "answers" / answers)]
    return subprocess.run([*command, *(str(CORPUS / path) for path in paths)], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("family", ["strict_json", "status"])
def test_the_command_says_the_same(family: str) -> None:
    """With nothing but the files, as anyone can run it."""
    entries = [one for one in json.loads((CORPUS / MANIFEST).read_bytes())["cases"] if one["family"] == family]
    assert entries
    bad = [(one["answers"], one["file"], one["verdicts"]) for one in entries]
    good = [(one["twin_answers"], one["twin"], ["good"]) for one in entries]
    asked = sorted(one for one in bad + good if (CORPUS / one[1]).is_file())
    for answers, group in groupby(asked, key=lambda one: one[0]):
        expected = {path: verdicts for _, path, verdicts in group}
        ran = command_line(list(expected), answers=answers)
        said: dict[str, list[str]] = {path: [] for path in expected}
        for line in map(json.loads, ran.stdout.splitlines()):
            said[line["item"].removeprefix(f"{CORPUS}/")].append(line["verdict"])
        assert [path for path, verdicts in expected.items() if worst(said[path]) not in verdicts] == [], ran.stderr
        every = {one for verdicts in said.values() for one in verdicts}
        assert ran.returncode in ({1} if "bad" in every else {2, 3} if every - {"good"} else {0})


def test_large_ones_are_made_here() -> None:
    entries = {one["name"]: one for one in json.loads((CORPUS / MANIFEST).read_bytes())["cases"]}
    large = {case.name for _, case in CASES if max(len(case.bad), len(case.good)) > LARGEST}
    assert {name for name, one in entries.items() if one["made_by_tests"]} == large
