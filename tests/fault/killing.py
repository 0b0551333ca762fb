"""Give a list while the processes that do it are killed at random moments; then finish, and count.

python -m tests.fault.killing --rows 10000 --kills 40 --seed 1
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import time
from uuid import UUID

from tests.fault import scene

WORKERS = 2


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    actor = scene.begin()
    run_id = scene.started(actor, scene.kind(actor), rows=args.rows)
    begun = time.monotonic()
    killed = _kill(run_id, rows=args.rows, kills=args.kills, chance=chance)
    for number in [scene.child(lambda: _work(run_id, slow=0)) for _ in range(WORKERS)]:
        _, status = os.waitpid(number, 0)
        if status:
            raise SystemExit(f"a worker that was not killed ended with {status}")
    while _work(run_id, slow=0):
        pass
    print(json.dumps({"kills": killed, "seconds": round(time.monotonic() - begun, 1), **scene.found(actor, run_id)}))


def _kill(run_id: UUID, *, rows: int, kills: int, chance: random.Random) -> int:
    """Start workers, kill one at a random moment, start another, until so many were killed in the midst of it."""
    slow = 0.02  # each step is held up a little, so that the list is not through before enough have died
    seeds = iter(range(10**6))
    begin = lambda: scene.child(lambda: _work(run_id, slow=slow, seed=next(seeds)))  # noqa: E731
    workers = [begin() for _ in range(WORKERS)]
    killed = 0
    while killed < kills:
        time.sleep(chance.uniform(0.02, 0.25 if rows <= 1000 else 0.6))
        victim = workers.pop(chance.randrange(len(workers)))
        if os.waitpid(victim, os.WNOHANG)[0]:
            raise SystemExit("the list was through before enough workers were killed")
        os.kill(victim, signal.SIGKILL)
        os.waitpid(victim, 0)
        killed += 1
        workers.append(begin())
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        killed += 1
    return killed


def _work(run_id: UUID, *, slow: float, seed: int = 0) -> int:
    from skillmark.rooms.credentials import operations, rules

    chance = random.Random(seed)
    done = 0
    most = 10 if slow else rules.PORTION
    while given := operations.do_rows(
        run_id=run_id, now=scene.now(), most=most, reached=lambda _: time.sleep(chance.uniform(0, slow))
    ):
        done += given
    return done


if __name__ == "__main__":
    main()
