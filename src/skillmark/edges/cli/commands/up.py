"""`skillmark up`: the whole product on this computer."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from pathlib import Path
from typing import Any

from skillmark.edges.cli import children, locks, network, start
from skillmark.edges.cli.problems import EXIT_UNUSABLE, Problem

ABOUT = "Start everything on this computer: pages, jobs and, the first time, database and keys. Stop it with Ctrl+C."
EXAMPLE = "skillmark up --port 8080 --lan"

START_PATIENCE = 90.0
"""Seconds until the first page must answer."""
EVERYWHERE = "0.0.0.0"  # noqa: S104 - only with --lan, which is what it is for


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="port (PORT, else 8000)")
    parser.add_argument("--host", help="address to listen on (else this computer only)")
    parser.add_argument("--lan", action="store_true", help="let phones on this network in")
    parser.add_argument("--demo", metavar="TRADE", help="with a sample company of this trade, such as construction")
    parser.add_argument("--no-browser", action="store_true", help="do not open a browser window")


def run(args: argparse.Namespace) -> int:
    """Run until stopped; exit 0 then, and at once when it was running already."""
    folder = start.data_folder(args.data)
    start.make_data_folder(folder)
    lock = locks.Lock(folder=folder, name="up")
    try:
        with lock:
            return _run(args, folder, lock)
    except locks.TakenError as taken:
        return _is_running(folder, taken.note)


def _is_running(folder: Path, address: str) -> int:
    if not address:
        print(f"Skillmark is just starting with the data folder “{folder}”. Look again in a moment.")
        return 0
    print(f"Skillmark is already running: {address}")
    facts = _prepare(["--only-link"], {**os.environ, "SKILLMARK_BASE_URL": address})
    _show_setup(facts, address)
    return 0


def _run(args: argparse.Namespace, folder: Path, lock: locks.Lock) -> int:
    host = args.host or (EVERYWHERE if args.lan else "127.0.0.1")
    network.require_free(host=host, port=args.port)
    environment = _environment(args)
    facts = _prepare(["--demo", args.demo] if args.demo else [], environment)
    base_url = str(facts["base_url"])
    address = base_url if args.lan or "localhost" not in base_url else f"http://localhost:{args.port}"
    logs = folder / "logs"
    both = [
        children.Child("web", ["serve", "--host", host, "--port", str(args.port)], environment, logs / "web.log"),
        children.Child("jobs", ["worker"], environment, logs / "jobs.log"),
    ]
    told = _listen()
    try:
        for child in both:
            child.start()
        _wait_for_web(both[0], "127.0.0.1" if host == EVERYWHERE else host, args.port, told)
        if not told.is_set():
            lock.note(address)
            _greet(args, address, facts)
        while not told.wait(1.0):
            for child in both:
                if not child.is_alive:
                    child.revive()
    finally:
        children.stop(both)
    print("Skillmark has stopped.")
    return 0


def _environment(args: argparse.Namespace) -> dict[str, str]:
    """What the child processes get. The address follows the port unless whoever runs this has chosen one."""
    environment = dict(os.environ)
    if args.lan:
        environment["SKILLMARK_LAN"] = "1"
    if args.demo:
        environment.setdefault("SKILLMARK_SAMPLES", "on")
    if not (environment.get("SKILLMARK_BASE_URL") or environment.get("SKILLMARK_BASE_URL_FILE")):
        # Phones cannot open links to "localhost", so links and QR codes carry the address in this network.
        name = (network.own_address() if args.lan else None) or "localhost"
        environment["SKILLMARK_BASE_URL"] = f"http://{name}:{args.port}"
    return environment


def _prepare(options: list[str], environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "skillmark", "prepare", *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise Problem(said[-1] if said else "Skillmark could not be prepared, and said nothing.", exit_code=EXIT_UNUSABLE)
    facts: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return facts


def _listen() -> threading.Event:
    """Set by Ctrl+C, by SIGTERM, and by a closed terminal."""
    told = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: told.set())
    return told


def _wait_for_web(web: children.Child, host: str, port: int, told: threading.Event) -> None:
    until = time.monotonic() + START_PATIENCE
    while not told.wait(0.15):
        if network.answers(host=host, port=port):
            return
        if not web.is_alive or time.monotonic() > until:
            raise Problem(f"The web part did not start. What it said is in {web.log}", exit_code=1)


def _greet(args: argparse.Namespace, address: str, facts: dict[str, Any]) -> None:
    print(f"Skillmark is running: {address}")
    if args.lan:
        print(f"On this computer: http://localhost:{args.port}")
        print("Phones on this network can open it too. Others on this network can reach the sign-in page.")
    else:
        print("To let phones on this network in, stop it and type: skillmark up --lan")
    # Set-up on this computer itself, where passkeys work without a certificate.
    link = _show_setup(facts, f"http://localhost:{args.port}" if args.lan else address)
    if facts["sample"]:
        name, token = facts["sample"]
        link = f"{address}/in/{token}"
        print(f"Look around in the sample company {name}: {link}")
    print("Stop it with Ctrl+C.", flush=True)
    if not args.no_browser and sys.stdout.isatty() and _has_screen():
        webbrowser.open(link or address)


def _show_setup(facts: dict[str, Any], address: str) -> str | None:
    if not facts["setup"]:
        return None
    link = f"{address}/setup/{facts['setup']}"
    print(f"Set up your workplace here: {link}")
    print("This link works once, for 30 minutes. Start Skillmark again to get a new one.")
    return link


def _has_screen() -> bool:
    """Without a screen, `webbrowser` would open a text browser in this very terminal."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
