"""A check over HTTP: a proof in, an answer out, by 32 programs at once, against the same check without a server."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable

import harness
from harness import firm, material

CLIENTS = 32
EACH = 60


def main() -> None:
    data = material.signed(material.credential())
    verifier = material.verifier()
    (alone,) = harness.fastest(lambda: verifier.check(data, now=material.NOW))
    with tempfile.TemporaryDirectory() as place:
        environment = firm.set_up(place)
        made = subprocess.run(
            [*firm.SKILLMARK, "token", "new", "bench"], env=environment, check=True, capture_output=True, text=True
        )
        token = max(made.stdout.split(), key=len)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen([*firm.SKILLMARK, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait(port)
            _load(port, token, data, each=2)  # the first to come wait until the web part is loaded
            seconds, all_seconds = _load(port, token, data)
        finally:
            server.terminate()
            server.wait(20)
        os.environ |= environment
        (through,) = harness.fastest(_request(token, data))
    rate = CLIENTS * EACH / all_seconds
    seconds.sort()
    p50, p99 = (seconds[int(len(seconds) * part)] for part in (0.5, 0.99))
    rows = [
        ("in this process, one core", harness.rate(alone), "", "", ""),
        ("through the web application, no server", harness.rate(through), f"{alone / through:.0%}", "", ""),
        (
            "over HTTP, one server process",
            f"{rate:,.0f}/s",
            f"{rate * alone:.0%}",
            "≥ 50 %",
            f"{p50 * 1e3:.0f} / {p99 * 1e3:.0f} ms",
        ),
    ]
    about = (
        f"benchmarks/serving.py: POST /api/v1/check with a token, {CLIENTS} clients with {EACH} requests each on the same two "
        f"cores, SQLite, loopback. {harness.circumstances()}"
    )
    notes = (
        "The clients take part of the cores that the server could use; aim for the slowest of a hundred: 100 ms.",
        "A request asks the database twice whether anything was written since the last one, and remembers the rest (token, "
        "member, firms, names, keys, givers, lists): so a change counts at once.",
        "What stands in the way: around the check, the framework takes a request apart, finds its address, runs twelve "
        "middlewares and puts the answer and its sentences together, and four threads take turns at one interpreter.",
    )
    head = ("what", "checks", "of in-process", "aim", "half of them / all but one of a hundred within")
    harness.write("A check over HTTP", about=about, head=head, rows=rows, notes=notes)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not come up")


def _request(token: str, data: bytes) -> Callable[[], object]:
    """The same request put to the web application in this process."""
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    application = get_wsgi_application()
    made = RequestFactory(headers={"Authorization": f"Bearer {token}"}, SERVER_NAME="localhost")
    body = json.dumps({"text": data.decode()})

    def ask() -> None:
        answer = application.get_response(made.post("/api/v1/check", body, content_type="application/json"))
        if answer.status_code != 200:
            raise SystemExit(f"the answer was {answer.status_code}")

    return ask


def _load(port: int, token: str, data: bytes, *, each: int = EACH) -> tuple[list[float], float]:
    """Seconds of each answer, and of the whole. Every client keeps one connection open."""
    body = json.dumps({"text": data.decode()})
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    taken: list[float] = []
    wrong: list[int] = []

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        mine = []
        for _ in range(each):
            begun = time.perf_counter()
            connection.request("POST", "/api/v1/check", body, headers)
            answer = connection.getresponse()
            answer.read()
            mine.append(time.perf_counter() - begun)
            if answer.status != 200:
                wrong.append(answer.status)
        taken.extend(mine)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - begun
    if wrong:
        raise SystemExit(f"{len(wrong)} answers were {wrong[0]}")
    return taken, whole


if __name__ == "__main__":
    main()
