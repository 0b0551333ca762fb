"""Fifty apps redeem one offer at once: one of them gets a token, and of fifty keys one gets the proof.

python -m tests.fault.redeeming --apps 50
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from tests.fault import scene


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--apps", type=int, default=50)
    apps = parser.parse_args().apps
    actor = scene.begin()
    from django.conf import settings

    from credcore.codec import strict_json
    from credcore.keys import ecdsa, jwk
    from credcore.keys.public import P256
    from credcore.oid4vc import key_proofs
    from credcore.proofs import jose
    from skillmark.rooms.credentials import operations, queries
    from skillmark.rooms.credentials.models import AppOffer, IssuedForm
    from skillmark.rooms.credentials.rules import apps as rules
    from skillmark.rooms.people import operations as people

    template = scene.kind(actor)
    person = people.add_person(actor=actor, name="Rosa Delgado", language="en", now=scene.now())
    proof = operations.give(
        actor=actor, person_id=person.id, template_id=template.id, level=3, request_key=str(uuid4()), now=scene.now()
    )
    made, digits = operations.offer_to_app(actor=actor, issued_id=proof.id, now=scene.now())
    code = rules.app_code(offer_id=made.id, key=settings.SECRET_KEY)
    wrong = f"{(int(digits) + 1) % 1_000_000:06}"
    wrongs = [_said(lambda: operations.app_token(org_id=actor.org_id, code=code, tx_code=wrong, now=scene.now()))]

    def redeem(number: int) -> str:
        return operations.app_token(org_id=actor.org_id, code=code, tx_code=digits, now=scene.now())

    tokens = _at_once(apps, redeem)
    (token,) = [one for one in tokens if not one.startswith("app.")] or [""]

    issuer = queries.app_issuer(org_id=actor.org_id)
    kind = rules.configuration_ids(template_id=template.id)[0]

    def take(number: int) -> str:
        key = ecdsa.generate(P256)
        said = key_proofs.payload(
            audience=issuer, nonce=operations.app_nonce(org_id=actor.org_id, now=scene.now()), now=scene.now()
        )
        header = {"typ": key_proofs.TYPE, "jwk": jwk.encode(key.key)}
        signed = jose.sign(payload=strict_json.dumps(said), signer=key, header=header).decode()
        operations.app_proof(org_id=actor.org_id, token=token, configuration=kind, proof=signed, now=scene.now())
        return "taken"

    copies = _at_once(apps, take)
    row = AppOffer.objects.get()
    print(json.dumps({
        "wrong": wrongs,
        "tokens": len([one for one in tokens if not one.startswith("app.")]),
        "refused": sorted({one for one in tokens if one.startswith("app.")}),
        "copies": copies.count("taken"),
        "refused_copies": sorted(set(copies) - {"taken"}),
        "kept": IssuedForm.objects.exclude(holder="").count(),
        "holder": IssuedForm.objects.filter(holder=row.holder).count(),
    }))  # fmt: skip


def _at_once(processes: int, work: Callable[[int], str]) -> list[str]:
    """What each of so many processes was told; they wait for each other before they begin."""
    with tempfile.TemporaryDirectory() as folder:
        go, ready = os.pipe()

        def one(number: int) -> Callable[[], None]:
            def run() -> None:
                os.close(ready)
                os.read(go, 1)  # ends for all of them when the parent lets go of its end
                (Path(folder) / str(number)).write_text(_said(lambda: work(number)))

            return run

        children = [scene.child(one(number)) for number in range(processes)]
        os.close(go)
        os.close(ready)
        for child in children:
            os.waitpid(child, 0)
        return [path.read_text() for path in sorted(Path(folder).iterdir())]


def _said(work: Callable[[], str]) -> str:
    from skillmark.rooms.credentials.operations import CannotTakeUp

    try:
        return work()
    except CannotTakeUp as problem:
        return problem.code


if __name__ == "__main__":
    main()
