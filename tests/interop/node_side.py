"""The other side of the tests: foreign JavaScript libraries in one Node process, asked over its standard input.

`node/package-lock.json` pins them by version and hash. They are installed once, when Node and npm are there; without
them the tests skip, and on a build server, where Node is there, a failing installation fails.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from fasteners import InterProcessLock

from credcore.codec import multibase
from credcore.keys import jwk
from credcore.keys.ecdsa import LocalSigner as EcdsaSigner
from credcore.keys.ed25519 import LocalSigner as Ed25519Signer

FOLDER = Path(__file__).parent / "node"
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0")
INSTALL_SECONDS = 90
ANSWER_SECONDS = 20


class Refused(Exception):
    """The foreign library said no; the text is its own."""


class OtherSide:
    """One running Node process. Use it in a `with` block."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            ["node", "other.mjs"], cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> OtherSide:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        watch = self._watch()
        self._process.communicate()  # closes its input, upon which it ends
        watch.cancel()

    def ask(self, do: str, **request: Any) -> Any:
        """What the library answers. Raises Refused when it says no."""
        assert self._process.stdin and self._process.stdout
        watch = self._watch()
        self._process.stdin.write(json.dumps({"do": do, **request}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        watch.cancel()
        assert line, "the Node process ended or took too long; what it said is in its error output"
        said = json.loads(line)
        if "refused" in said:
            raise Refused(said["refused"])
        return said["answer"]

    def _watch(self) -> threading.Timer:
        """Ends the process unless cancelled in time, so that no test waits for ever."""
        watch = threading.Timer(ANSWER_SECONDS, self._process.kill)
        watch.daemon = True
        watch.start()
        return watch


def install() -> None:
    """Have the libraries of the lock below `node/`. Several test processes may call it at once."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node and npm are not installed")
    wanted = hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()
    done = FOLDER / "node_modules" / ".installed"
    with InterProcessLock(FOLDER.parent / "__pycache__" / "node.lock"):
        if done.is_file() and done.read_text() == wanted:
            return
        problem = _install()
        if not problem:
            done.write_text(wanted)
            return
    if os.environ.get("CI"):
        pytest.fail(f"npm could not install the foreign libraries: {problem}")
    pytest.skip(f"npm could not install the foreign libraries: {problem.splitlines()[0]}")


def _install() -> str:
    """Empty, or why not."""
    npm = shutil.which(INSTALL[0]) or INSTALL[0]
    try:
        run = subprocess.run(
            [npm, *INSTALL[1:]], cwd=FOLDER, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return f"no end after {INSTALL_SECONDS} seconds"
    return "" if run.returncode == 0 else run.stderr.strip()[-800:] or f"npm ended with {run.returncode}"


@dataclass(frozen=True)
class Giver:
    """A key pair on both sides: our signer, and the private key as the other side reads it."""

    signer: Ed25519Signer | EcdsaSigner
    secret: bytes

    @property
    def did(self) -> str:
        return self.signer.did

    @property
    def jwk(self) -> dict[str, Any]:
        """The public key."""
        return jwk.encode(self.signer.key)

    @property
    def key(self) -> dict[str, Any]:
        """As a request names it: with the private part."""
        return {"id": self.signer.verification_method, "jwk": self.jwk | {"d": _base64url(self.secret)}}

    @property
    def did_jwk(self) -> str:
        """The same key under the other method that needs no network."""
        return "did:jwk:" + _base64url(json.dumps(self.jwk).encode())


def _base64url(data: bytes) -> str:
    return multibase.encode(data, base="u")[1:]


def ed25519_giver(seed: bytes) -> Giver:
    """`seed` is 32 bytes."""
    return Giver(Ed25519Signer(seed), seed)


def ecdsa_giver(curve: str, number: int) -> Giver:
    """`number` is the private key, as small as one likes."""
    return Giver(EcdsaSigner(curve, number), number.to_bytes({"P-256": 32, "P-384": 48}[curve], "big"))
