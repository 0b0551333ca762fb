"""What may stand in no file of the repository, and what every requirement owes its reader."""

from __future__ import annotations

import re
import subprocess
from functools import cache

import pytest

from .source import ROOT

LOCKS = ("requirements/run.txt", "requirements/dev.txt")
# Written in pieces, so that this file does not find itself.
REGISTRIES = re.compile("|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "npm" + r"js\.(com|org)", "index-" + "url ="]))
MACHINE_PATHS = re.compile(r"(?<![\w./~-])/(?:" + "|".join(["home", "root", "tmp", "opt", "work", "Users"]) + r")/[\w.]")


@cache
def tracked() -> tuple[str, ...]:
    """The files that git keeps, with those new ones that it would keep."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        pytest.skip("not a git checkout")
    return tuple(path for path in answer.stdout.splitlines() if (ROOT / path).is_file())


def lines_with(pattern: re.Pattern[str], paths: list[str]) -> list[str]:
    """`path:line: text` for every line that the pattern finds; files that are no text are passed over."""
    found = []
    for path in paths:
        data = (ROOT / path).read_bytes()
        if b"\0" in data:
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path}:{number}: {line.strip()[:100]}")
    return found


@pytest.mark.parametrize("path", LOCKS)
def test_lock_names_versions_and_hashes_but_no_host(path: str) -> None:
    text = (ROOT / path).read_text()
    assert not re.search(r"://|^[^#]*(?:^-|\s--(?!hash=)|file:| @ )", text, re.MULTILINE)
    pins = re.findall(r"^\S+==\S+(?: ; .+)? \\\n    --hash=sha256:", text, re.MULTILINE)
    names = re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE)
    assert len(pins) == len(names) > 20


def test_no_file_names_a_package_registry() -> None:
    found = lines_with(REGISTRIES, list(tracked()))
    assert not found, "\n".join(found)


def test_no_file_names_a_path_of_one_machine() -> None:
    found = lines_with(MACHINE_PATHS, [path for path in tracked() if not path.startswith("tests/")])
    assert not found, "\n".join(found)


def test_every_dependency_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    block = text.split("\ndependencies = [\n", 1)[1].split("\n]", 1)[0]
    found = [line.strip() for line in block.splitlines() if line.strip().startswith('"') and not re.search(r"# \S", line)]
    assert not found, "\n".join(found)


def test_the_lists_agree() -> None:
    """What the tests run on is what people install: the second list repeats the versions of the first."""
    run, dev = (set(re.findall(r"^\S+==\S+", (ROOT / path).read_text(), re.MULTILINE)) for path in LOCKS)
    assert run - dev == set()
