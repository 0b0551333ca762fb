"""Fill a made-up firm by the same doors as everybody else, each thing on the day on which it would have been typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from skillmark.desks import starters
from skillmark.desks.demos import drawing, reading
from skillmark.desks.demos.finding import find
from skillmark.desks.demos.reading import Firm, Held
from skillmark.desks.demos.removing import remove
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.rules import Seen
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills import queries as skills_queries
from skillmark.rooms.talent import operations as talent

CLOCK = datetime(2026, 5, 4, 13, 30, tzinfo=UTC)
"""Monday 4 May 2026, half past eight in the morning in Chicago."""
TIME_ZONE = "America/Chicago"
LOOKED_THROUGH = date(2026, 1, 12)
"""When the office looked up all that was on file at the time."""
HOUR = time(15, tzinfo=UTC)


@transaction.atomic
def load(*, trade: str) -> UUID:
    """Make the firm of a trade, all of it or nothing, and return its id; its clock stands at CLOCK.

    Raises NotFound for an unknown trade, `people.operations.CannotMakeSample` where the server has it already.
    """
    told = reading.firm(trade=trade)
    began = datetime.combine(told.began, HOUR)
    actor = people.start_sample(
        trade=trade, name=told.firm, site=told.sites[0], owner_name=told.owner, time_zone=TIME_ZONE,
        clock=CLOCK, now=began,
    )  # fmt: skip
    signing.make_keys(org_id=actor.org_id, now=began)
    filling = _Filling(trade, told, actor, began)
    filling.places()
    filling.asked_for()
    filling.staff()
    for one in told.held:
        if one.how != "none":
            filling.holding(one)
    filling.exempt()
    return actor.org_id


@transaction.atomic
def reload(*, trade: str) -> UUID:
    """Remove the firm of a trade, if it is there, and make it anew. Raises as `load`."""
    there = find(trade=trade)
    if there is not None:
        remove(org_id=there)
    return load(trade=trade)


class _Filling:
    """One firm on its way; keeps the ids of what it has made, by the names in the file."""

    def __init__(self, trade: str, told: Firm, actor: Actor, began: datetime) -> None:
        self.trade, self.told, self.actor, self.began = trade, told, actor, began
        self.sites: dict[str, UUID] = {}
        self.shifts: dict[str, UUID] = {}
        self.items: dict[str, UUID] = {}
        self.positions: dict[str, UUID] = {}
        self.people: dict[str, UUID] = {}
        self.templates: dict[str, UUID] = {}

    def places(self) -> None:
        """Sites, shifts and those who may act for the firm beside the owner."""
        actor, now = self.actor, self.began
        for name in self.told.sites[1:]:
            people.add_site(actor=actor, name=name, now=now)
        self.sites = {one.name: one.id for one in people_queries.sites(actor=actor)}
        for shift in self.told.shifts:
            made = people.add_shift(
                actor=actor, name=str(shift["name"]), starts_at=_time(shift["starts"]), ends_at=_time(shift["ends"]),
                weekdays="1234567", now=now,
            )  # fmt: skip
            self.shifts[made.name] = made.id
        for one in self.told.supervisors:
            at = [self.sites[site] for site in one["sites"]]
            _, code, pin = people.invite(actor=actor, name=one["name"], sites=at, now=now)
            people.join(code=code, pin=pin, now=now)

    def asked_for(self) -> None:
        """Items of the starter pack and of the firm's own, and who needs them."""
        actor, now, told, since = self.actor, self.began, self.told, self.told.since
        asked = {item for items in told.needs.values() for item in items} | {one.item for one in told.held}
        starts = min([told.began, *since.values()])
        self.items = starters.bring_items(actor=actor, trade=self.trade, slugs=asked, starts=starts, now=now)
        self.positions = starters.bring_positions(actor=actor, trade=self.trade, slugs=told.needs, now=now)
        for own in told.own_items:
            self.items[own["slug"]] = skills.add_item(
                actor=actor, kind=own["kind"], names=own["names"], shows=own["shows"], leveled=own["leveled"],
                rule={"validity": {"type": "no_end"}, "trust": "signed"}, starts=starts, now=now,
            ).id  # fmt: skip
        for slug in told.photo_is_enough:
            skills.change_rule(actor=actor, item_id=self.items[slug], starts=starts, now=now, trust="photo")
        for code, revisions in told.revisions.items():
            document = skills.add_document(actor=actor, code=code, now=now)
            for one in revisions:
                skills.raise_revision(
                    actor=actor, document_id=document.id, code=one["code"], effective_from=one["effective_from"], now=now
                )
        for position, items in told.needs.items():
            for item in items:
                talent.require(
                    actor=actor, item_id=self.items[item], target="position", position_id=self.positions[position],
                    starts=since.get(item, told.began), now=now,
                )  # fmt: skip
        starters.bring_covers(actor=actor, trade=self.trade, items=self.items, starts=told.began, now=now)

    def staff(self) -> None:
        """Everybody, where they work since their first day."""
        for one in self.told.people:
            now = max(self.began, datetime.combine(one.hired, HOUR))
            first, *others = one.positions
            made = people.add_person(
                actor=self.actor, name=one.name, number=one.number, language=one.language, hired_on=one.hired,
                position_id=self.positions[first], site_id=self.sites[one.site], shift_id=self.shifts[one.shift],
                now=min(now, CLOCK),
            )  # fmt: skip
            self.people[one.name] = made.id
            for other in others:
                people.assign(
                    actor=self.actor, person_id=made.id, position_id=self.positions[other], site_id=self.sites[one.site],
                    shift_id=self.shifts[one.shift], starts=one.hired, instead=False, now=now,
                )  # fmt: skip

    def holding(self, one: Held) -> None:
        """What somebody holds, with what speaks for it."""
        now, more = self._moment(one.obtained), one.more
        hours = Decimal(more["hours"]) if "hours" in more else None
        facts = holdings.Facts(
            obtained=one.obtained, ends=one.ends, no_end=one.no_end, hours=hours, note=more.get("note", ""),
            level=int(more["level"]) if "level" in more else None, revision=more.get("revision", ""),
            trained_on=_day(more.get("trained")), evaluated_on=_day(more.get("evaluated")),
            evaluator=more.get("evaluator", ""), language_taught=more.get("taught", ""),
            understanding=more.get("understood", ""),
        )  # fmt: skip
        made = holdings.record(
            actor=self.actor, person_id=self.people[one.person], item_id=self.items[one.item], facts=facts, now=now
        )
        if one.how in ("photo", "waiting", "forged"):
            self._photo(one, made.id, now)
        if one.how in ("source", "forged"):
            looked_on = now.date()
            holdings.log_look_up(
                actor=self.actor, holding_id=made.id, link=self._source(one.item), looked_on=looked_on, today=looked_on,
                confirmed=one.how == "source", note=more.get("note", ""), now=now,
            )  # fmt: skip
        if one.how == "signed":
            self._sign_off(one, made.id, now)
        if "late" in more:
            holdings.note_late(actor=self.actor, holding_id=made.id, text=more["late"], now=now)

    def exempt(self) -> None:
        """Who need not have something for a while."""
        for one in self.told.exemptions:
            talent.exempt(
                actor=self.actor, person_id=self.people[one["person"]], item_id=self.items[one["item"]],
                reason=one["reason"], starts=one["starts"], ends=one["ends"],
                now=datetime.combine(one["starts"], HOUR),
            )  # fmt: skip

    def _photo(self, one: Held, holding_id: UUID, now: datetime) -> None:
        body = drawing.card(person=one.person, title=one.item, ends=one.ends)
        photo = holdings.add_photo(
            actor=self.actor, holding_id=holding_id, body=body, media_type="image/png", name=f"{one.item}.png", now=now
        )
        if one.how != "waiting":
            holdings.approve_photo(actor=self.actor, photo_id=photo.id, now=now)

    def _sign_off(self, one: Held, holding_id: UUID, now: datetime) -> None:
        """A real proof of this firm, as given by whoever saw it."""
        by = replace(self.actor, name=one.more.get("by") or one.more.get("evaluator", self.actor.name).removesuffix(" (us)"))
        proof = credentials.give(
            actor=by, person_id=self.people[one.person], template_id=self._template(one.item), observed_on=one.obtained,
            level=int(one.more["level"]) if "level" in one.more else None, now=now, evidence=self._seen(one, by.name),
            request_key=f"{one.person}/{one.item}/{one.obtained}",
        )  # fmt: skip
        holdings.note_signature(
            actor=by, holding_id=holding_id, giver=self.told.firm, verdict="good", code="good", own=True, listed=True,
            issued_id=proof.id, now=now,
        )  # fmt: skip

    def _seen(self, one: Held, by: str) -> list[Seen]:
        """What asks for several days was seen on the days before, too."""
        times = skills_queries.item(actor=self.actor, item_id=self.items[one.item]).times_seen
        if times == 1 or one.obtained is None:
            return []
        return [Seen(on=one.obtained - timedelta(days=before), by=by, method="observed") for before in range(times)]

    def _template(self, item: str) -> UUID:
        """The kind of proof that follows a skill; of what others teach, the firm says itself what it watched."""
        if item not in self.templates:
            found = skills_queries.item(actor=self.actor, item_id=self.items[item])
            made = (
                credentials.template_of_item(actor=self.actor, item_id=found.id, now=self.began)
                if found.method
                else credentials.make_template(
                    actor=self.actor, name=found.names["en"], did=found.shows["en"], how="Watched at work, step by step.",
                    method="observed", months=None, level_asked=found.leveled, language="en", now=self.began,
                )
            )  # fmt: skip
            self.templates[item] = made.id
        return self.templates[item]

    def _source(self, item: str) -> str:
        found = skills_queries.item(actor=self.actor, item_id=self.items[item])
        return str(found.look_up or found.sources[0]["url"])

    def _moment(self, obtained: date | None) -> datetime:
        """When it was typed and looked up: the day after it was got, but not before the office went through its files."""
        day = max(LOOKED_THROUGH, (obtained or LOOKED_THROUGH) + timedelta(days=1))
        return min(datetime.combine(day, HOUR), CLOCK)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _time(value: str | time) -> time:
    return value if isinstance(value, time) else time.fromisoformat(value)
