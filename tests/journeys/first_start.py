"""Prove that `make run` came up: the server is healthy and the set-up link that it printed opens.

Usage: first_start.py PORT LOG, where LOG is the file that takes what `make run` prints.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 120
"""Seconds to wait for the first answer: a first start makes keys and a database."""


def healthy(port: int) -> bool:
    """Whether the server answers on this port."""
    try:
        with urlopen(f"http://localhost:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False


def wait_for(port: int, log: Path) -> str:
    """The set-up link that was printed, once the server is healthy."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        link = re.search(r"http://\S+/setup/\S+", log.read_text())
        if link and healthy(port):
            return link.group().rstrip(".")
        time.sleep(0.3)
    raise SystemExit("No healthy server with a set-up link in two minutes.")


def main() -> None:
    port, log = int(sys.argv[1]), Path(sys.argv[2])
    link = wait_for(port, log)
    with urlopen(link, timeout=10) as page:
        text = page.read().decode()
    if "<form" not in text:
        raise SystemExit("The set-up page has no form.")
    print(f"make run: healthy, and the set-up page opens ({len(text)} characters).")


if __name__ == "__main__":
    main()
