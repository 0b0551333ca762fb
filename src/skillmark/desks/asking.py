"""Ask a person's phone for proofs: the question, the answer that is checked before it counts, and what becomes of it.

(OpenID4VP 1.0, as the one who asks)
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings

from credcore.errors import CredcoreError, MalformedError
from credcore.oid4vc import dcql, requests, responses
from credcore.verify import Asked
from credcore.verify.report import Report
from skillmark.desks import checking
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, server_for
from skillmark.rooms.skills import queries as skills

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Asking, Check

Json = dict[str, Any]
CannotAsk = operations.CannotAsk


def ask(
    *,
    actor: Actor,
    purpose: str,
    query: Json,
    now: datetime,
    person_id: UUID | None = None,
    start_list_id: UUID | None = None,
    session: str = "",
    base_url: str = "",
) -> Asking:
    """A firm asks; the answer is kept among its checks. `query` as `question` makes it, `purpose` why, for the person.

    `session` is a secret of the browser that waits, `base_url` where phones reach us when the firm has no address of its
    own. Raises CannotAsk `asking.purpose`, MalformedError `dcql.…`, CannotDo.
    """
    base = people.organisation_public(org_id=actor.org_id).base_url or base_url or settings.BASE_URL
    return operations.ask_phone(
        actor=actor, purpose=purpose, query=query, base_url=base, session=session, person_id=person_id,
        start_list_id=start_list_id, now=now,
    )  # fmt: skip


def ask_as_stranger(*, purpose: str, query: Json, session: str, base_url: str, now: datetime) -> Asking:
    """Somebody asks who is not signed in: in nobody's name, and nothing of the answer is kept. Raises as `ask`, NotFound."""
    firms = people.firms()
    if not firms:
        raise NotFound
    host = server_for(org_id=firms[0].id)
    return operations.ask_phone(
        actor=host, purpose=purpose, query=query, base_url=base_url, session=session, keeps=False, now=now
    )  # fmt: skip


def new_session() -> str:
    """A secret for the browser that asks."""
    return secrets.token_urlsafe(24)


def question(*, names: Sequence[str] = ()) -> Json:
    """The query for one proof that is called by one of these names; without any: whatever the person picks."""
    return rules.asking.query(names=names)


def names_of_item(*, actor: Actor, item_id: UUID) -> list[str]:
    """Under which names a proof of this item goes: its own, in each language, and what others call it. Raises NotFound."""
    item = skills.item(actor=actor, item_id=item_id)
    also = [text for text, items in skills.aliases(actor=actor).items() if items == [item.id]]
    return list(dict.fromkeys([name for name in item.names.values() if name] + also))


def link(*, asking: Asking) -> str:
    """What the code holds. Raises CannotAsk `asking.over`."""
    found = queries.open_asking(asking_id=asking.id, now=asking.made_at)
    if found is None:
        raise CannotAsk("asking.over")
    address = found[1].response_uri.removesuffix("/response") + "/request"
    return requests.link(client_id=found[1].client_id, request_uri=address)


def take(*, asking_id: UUID, form: Mapping[str, str], now: datetime) -> str:
    """Check an answer and take it, once; where the phone's browser may go on. What is not an answer to this very request is
    refused, noted for whoever waits, and changes nothing.

    Raises NotFound; CannotAsk `asking.over`, `asking.bad_answer` (`why` is the code of the library); CannotTry.
    """
    found = queries.open_asking(asking_id=asking_id, now=now)
    if found is None:
        raise CannotAsk("asking.over")
    asking, own = found
    try:
        said = responses.unpack(form, key=own.key)
        if not secrets.compare_digest(str(said.get("state")).encode(), own.state.encode()):
            raise MalformedError("oid4vp.state")
        if "error" in said:
            operations.refuse_asking(asking_id=asking_id, now=now)
            return f"{own.page}?code=no"
        shown = responses.check(
            said.get("vp_token"), query=dcql.parse(asking.query), asked=Asked(asking.nonce, own.client_id),
            verifier=checking.verifier(org_id=asking.org_id if own.keeps else None, now=now), now=now,
        )  # fmt: skip
    except CredcoreError as error:
        operations.note_bad_answer(asking_id=asking_id, code=error.code, now=now)
        raise CannotAsk("asking.bad_answer", why=error.code) from error
    reports = checking.with_what_we_know([one.report for one in shown])
    code = operations.answer_asking(asking_id=asking_id, reports=reports, now=now)
    return f"{own.page}?code={code}"


def came(*, asking: Asking, now: datetime) -> tuple[list[Check], list[Report]]:
    """(kept checks, reports of which nothing is kept): what came back. `asking` comes from the queries of the room."""
    kept = queries.checks_of_asking(asking=asking)
    return kept, [] if kept else queries.answer_of(asking=asking, now=now)
