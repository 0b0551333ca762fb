"""`skillmark keys`: the keys that sign. Their private part never leaves the database, where it is locked, or the device."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from skillmark.edges.cli import acting, start
from skillmark.edges.cli.problems import Problem

if TYPE_CHECKING:
    from skillmark.rooms.people.rules import Actor

ABOUT = (
    "List, make, try, change and export the keys that sign; stop signing. Old proofs stay good after a change.\n\n"
    "list         what there is\n"
    "new          make keys, if there are none; with --on, make the next one there (it signs nothing yet)\n"
    "try          sign a trial with the next key and check it, and a proof of the present key\n"
    "use          from now on the next key signs\n"
    "rotate       new and use in one go\n"
    "compromised  somebody else may know a key (--key, --why): it is given up, a new one takes its place\n"
    "stop, go     sign nothing more (--why), and go on; --everything: for all firms of this server\n"
    "export       public parts and hand-overs, as a file for: skillmark check --trust FILE"
)
EXAMPLE = "skillmark keys rotate"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)
    acting.add_firm(parser)
    parser.add_argument("action", choices=("list", *_ACTIONS), help="what to do")
    parser.add_argument("--purpose", choices=("credential", "status"), default="credential", help="what the key signs")
    parser.add_argument("--on", choices=("local", "pkcs11"), help="where a new key is made: here, or in a device")
    parser.add_argument("--key", metavar="KEY", help="a key as `list` shows it (its beginning or end will do)")
    parser.add_argument("--since", metavar="TIME", help="since when somebody else may know it (else since it was made)")
    parser.add_argument("--why", metavar="TEXT", default="", help="the reason, for the journal")
    parser.add_argument("--everything", action="store_true", help="with stop and go: all firms of this server")


def run(args: argparse.Namespace) -> int:
    """Do it and print what there is now."""
    start.django(args)
    now = start.now()
    if args.everything:
        return _everything(args, now)
    actor = acting.owner(args)
    done = _ACTIONS[args.action](args, actor, now) if args.action != "list" else None
    return done if done is not None else _list(actor)


def _list(actor: Actor) -> int:
    from skillmark.rooms.signing import queries

    keys = queries.keys(actor=actor)
    if not keys:
        print("No keys yet: they are made with the first proof, or by: skillmark keys new")
    for key in keys:
        where = "" if key.provider == "local" else f"\t{key.provider}"
        print(f"{key.public_multibase}\t{key.purpose}\t{key.state}\t{key.made_at:%Y-%m-%d}{where}")
    for stop in queries.stops(actor=actor):
        print(f"Signing is stopped{'' if stop.org_id else ' on this whole server'}: {stop.why}")
    return 0


def _new(args: argparse.Namespace, actor: Actor, now: datetime) -> None:
    from skillmark.rooms.signing import operations, queries

    if args.on and any(key.purpose == args.purpose and key.state == "active" for key in queries.keys(actor=actor)):
        operations.stage(actor=actor, purpose=args.purpose, provider=args.on, now=now)
    else:
        operations.make_keys(org_id=actor.org_id, provider=args.on or "", now=now)


def _try(args: argparse.Namespace, actor: Actor, now: datetime) -> int:
    from skillmark.desks import key_drill

    drill = key_drill.drill(actor=actor, key_id=_staged(args, actor).id, now=now)
    print(f"Trial of the next key: {'good' if drill.works else 'does not work'}")
    if drill.trouble is not None:
        print(f"  {drill.trouble.code}: {drill.trouble.facts.get('detail', '')}")
    if drill.older is None:
        print("Proof of the present key: there is none yet")
    else:
        print(f"Proof of the present key ({drill.older.id}): {'good' if drill.still_good else 'does not check'}")
    return 0 if drill.passed else 1


def _use(args: argparse.Namespace, actor: Actor, now: datetime) -> None:
    from skillmark.rooms.signing import operations

    operations.use(actor=actor, key_id=_staged(args, actor).id, now=now)


def _rotate(args: argparse.Namespace, actor: Actor, now: datetime) -> None:
    from skillmark.rooms.signing import operations

    operations.rotate(actor=actor, purpose=args.purpose, now=now)


def _compromised(args: argparse.Namespace, actor: Actor, now: datetime) -> None:
    from skillmark.desks import reissuing
    from skillmark.rooms.signing import queries

    if not args.key:
        raise Problem("Say which key: skillmark keys compromised --key KEY --why TEXT. To see them: skillmark keys list")
    found = [key for key in queries.keys(actor=actor) if _is(key, args.key)]
    if len(found) != 1:
        raise Problem(f"{'No key' if not found else 'More than one key'} of this firm begins or ends with “{args.key}”.")
    since = _moment(args.since) if args.since else found[0].made_at
    reissuing.give_up(actor=actor, key_id=found[0].id, since=since, why=args.why, now=now)
    plan = reissuing.plan(actor=actor, key_id=found[0].id, now=now)
    print(f"Given up. Proofs that it signed and that no longer count: {len(plan.open)}.")
    if plan.open:
        print("Give them anew on the page Settings, Keys.")


def _stop(args: argparse.Namespace, actor: Actor, now: datetime) -> None:
    from skillmark.rooms.signing import operations, queries

    key_id = None
    if args.key:
        key_id = next((key.id for key in queries.keys(actor=actor) if _is(key, args.key)), None)
        if key_id is None:
            raise Problem(f"No key of this firm begins or ends with “{args.key}”.")
    operations.stop(actor=actor, why=args.why, key_id=key_id, now=now)


def _go(args: argparse.Namespace, actor: Actor, now: datetime) -> None:
    from skillmark.rooms.signing import operations, queries

    for stop in queries.stops(actor=actor):
        if stop.org_id is not None:
            operations.go_on(actor=actor, stop_id=stop.id, now=now)


def _export(args: argparse.Namespace, actor: Actor, now: datetime) -> int:
    from skillmark.rooms.people import queries as people
    from skillmark.rooms.signing import queries

    firm = people.organisation(actor=actor)
    issuers = queries.identities(org_id=actor.org_id)
    facts = [
        {"key": key.public_multibase, "purpose": key.purpose, "state": key.state, "made": key.made_at.isoformat(),
         "from": _iso(key.active_from), "until": _iso(key.retired_at), "compromised_since": _iso(key.compromised_at)}
        for key in queries.keys(actor=actor)
    ]  # fmt: skip
    told = {
        "name": firm.name,
        "entries": [{"issuer": issuer, "name": firm.name} for issuer in issuers],
        "handOvers": [json.loads(one) for one in queries.hand_overs(org_id=actor.org_id)],
        "issuers": issuers,
        "keys": facts,
    }
    print(json.dumps(told, indent=2, ensure_ascii=False))
    return 0


def _everything(args: argparse.Namespace, now: datetime) -> int:
    from skillmark.rooms.signing import operations

    if args.action == "stop":
        operations.stop_everything(why=args.why, now=now)
        print("Stopped: no firm on this server signs proofs. Checking goes on. To go on: skillmark keys go --everything")
    elif args.action == "go":
        ended = operations.go_on_everywhere(now=now)
        print("Going on." if ended else "Nothing was stopped.")
    else:
        raise Problem("--everything goes with stop and go.")
    return 0


def _staged(args: argparse.Namespace, actor: Actor) -> Any:
    from skillmark.rooms.signing import queries

    for key in queries.keys(actor=actor):
        if key.state == "staged" and key.purpose == args.purpose:
            return key
    raise Problem("No key waits to be used. Make one first: skillmark keys new --on local")


def _is(key: Any, words: str) -> bool:
    known = str(key.public_multibase)
    return known.startswith(words) or known.endswith(words)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem(f"“{text}” is not a time like 2026-05-04T12:00:00Z.") from error
    return moment if moment.tzinfo is not None else moment.astimezone()


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


_Action = Callable[[argparse.Namespace, "Actor", datetime], int | None]
_ACTIONS: dict[str, _Action] = {
    "new": _new,
    "try": _try,
    "use": _use,
    "rotate": _rotate,
    "compromised": _compromised,
    "stop": _stop,
    "go": _go,
    "export": _export,
}
