"""Many processes cancel proofs at once, while others publish the list all the time: no bit may be lost.

python -m tests.fault.losing --proofs 1000
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import time
from typing import Any
from uuid import UUID

from tests.fault import scene

WRITERS = 8


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--proofs", type=int, default=200)
    args = parser.parse_args()
    actor = scene.begin()
    run_id = scene.started(actor, scene.kind(actor), rows=args.proofs + 10)
    from skillmark.rooms.credentials import operations
    from skillmark.rooms.credentials.models import Issued, StatusChange, StatusList

    while operations.do_rows(run_id=run_id, now=scene.now()):
        pass
    ids = list(Issued.objects.filter(run_id=run_id).order_by("id").values_list("id", flat=True))[: args.proofs]
    begun = time.monotonic()
    publisher = scene.child(_publish)
    writers = [scene.child(lambda share=ids[at::WRITERS]: _cancel(actor, share)) for at in range(WRITERS)]  # type: ignore[misc]
    codes = [os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) for number in writers]
    os.kill(publisher, signal.SIGKILL)
    os.waitpid(publisher, 0)
    seconds = time.monotonic() - begun
    operations.publish_due(now=scene.now())
    row = StatusList.objects.get(purpose="revocation")
    rows = set(StatusChange.objects.filter(list=row).values_list("index", flat=True))
    print(
        json.dumps(
            {
                "writers": codes,
                "rows": len(rows),
                "published": len(_set_bits(bytes(row.document))),
                "same": _set_bits(bytes(row.document)) == rows,
                "right": rows == set(Issued.objects.filter(id__in=ids).values_list("entry__index", flat=True)),
                "versions": row.published_version,
                "seconds": round(seconds, 1),
            }
        )
    )


def _cancel(actor: Any, ids: list[UUID]) -> None:
    from skillmark.rooms.credentials import operations

    for issued_id in ids:
        operations.cancel(actor=actor, issued_id=issued_id, reason="Left", now=scene.now())


def _publish() -> None:
    from skillmark.rooms.credentials import operations

    while True:
        operations.publish_due(now=scene.now())


def _set_bits(document: bytes) -> set[int]:
    from credcore.codec import strict_json
    from credcore.status import bits

    packed = bits.unpack(strict_json.loads(document)["credentialSubject"]["encodedList"])
    return {at * 8 + bit for at, byte in enumerate(packed) if byte for bit in range(8) if byte & (0x80 >> bit)}


if __name__ == "__main__":
    main()
