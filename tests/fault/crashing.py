"""Die at every step: after each statement to the database, and at each named point between them, one after the other.

python -m tests.fault.crashing --every 1
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from typing import Any
from uuid import UUID

from tests.fault import scene

ROWS, PORTION = 5, 2
POINTS = ("reserving", "reserved", "signed", "committed")
_DEAD = 9


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--every", type=int, default=1, help="only after each so many statements")
    args = parser.parse_args()
    actor = scene.begin()
    template = scene.kind(actor)
    bad: list[dict[str, Any]] = []
    steps = 0
    while _dies(actor, template, bad, what=f"statement {steps}", after=steps):
        steps += args.every
    points = [(point, turn) for point in POINTS for turn in range(2)]
    for point, turn in points:
        _dies(actor, template, bad, what=f"{point} {turn}", at=(point, turn))
    print(json.dumps({"statements": steps, "points": len(points), "bad": bad}))


def _dies(
    actor: Any, template: Any, bad: list[dict[str, Any]], *, what: str, after: int = -1, at: tuple[str, int] = ("", 0)
) -> bool:  # fmt: skip
    """A list of its own: a process dies on the way, another finishes it. Whether it died; what is wrong goes to `bad`."""
    run_id = scene.started(actor, template, rows=ROWS, name=f"Learner {what} of")
    number = scene.child(lambda: _work(run_id, statement=_at_statement(after), point=_at_point(*at)))
    died = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == _DEAD
    _work(run_id, statement=None, point=lambda _: None)
    told = scene.found(actor, run_id)
    right = {name: ROWS for name in told if name not in ("people_here", "integrity")}
    wrong = {name: value for name, value in told.items() if name in right and value != right[name]}
    if wrong or told["integrity"] != "ok":
        bad.append({"what": what, **wrong})
    return died


def _work(run_id: UUID, *, statement: Callable[..., Any] | None, point: Callable[[str], None]) -> None:
    from contextlib import nullcontext

    from django.db import connection

    from skillmark.rooms.credentials import operations

    connection.ensure_connection()
    with connection.execute_wrapper(statement) if statement else nullcontext():
        while operations.do_rows(run_id=run_id, now=scene.now(), most=PORTION, reached=point):
            pass


def _at_statement(number: int) -> Callable[..., Any] | None:
    if number < 0:
        return None
    left = [number]

    def execute(run: Callable[..., Any], *args: Any) -> Any:
        result = run(*args)
        if not left[0]:
            os._exit(_DEAD)
        left[0] -= 1
        return result

    return execute


def _at_point(point: str, turn: int) -> Callable[[str], None]:
    left = [turn]

    def reached(where: str) -> None:
        if where == point:
            if not left[0]:
                os._exit(_DEAD)
            left[0] -= 1

    return reached


if __name__ == "__main__":
    main()
