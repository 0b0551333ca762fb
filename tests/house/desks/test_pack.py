"""The inspector pack: who, what, on which day; its paper, its table, its files; its gaps."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skillmark.desks import packs
from skillmark.desks.packs import Choice, Pack, Parcel
from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings.models import StoredFile
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Role
from skillmark.rooms.talent import operations as talent
from tests.cast import NOW, Firm
from tests.house.talent.shop import FEBRUARY, MARCH_3, Shop, make_march, picture


@pytest.fixture
def shop(firm: Firm) -> Shop:
    return make_march(firm)


def gathered(shop: Shop, **choice: object) -> Pack:
    """A pack of 3 March."""
    return packs.gather(actor=shop.owner, choice=replace(Choice(on=MARCH_3), **choice), language="en")  # type: ignore[arg-type]


def parcel(shop: Shop, pack: Pack, language: str = "en") -> Parcel:
    """The pack, ready to go."""
    return Parcel(actor=shop.owner, pack=pack, made_at=NOW, language=language)


def paper(made: Parcel) -> list[str]:
    """The text of each page, as one line."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(made.paper())).pages]


def test_complete_and_gaps(shop: Shop) -> None:
    pack = gathered(shop)
    assert [page.person.name for page in pack.complete] == ["Ana Ruiz", "Ben Cho", "Carla Diaz"]
    gaps = {page.person.name: [(one.item, one.cell.state.value, one.lacks) for one in page.gaps] for page in pack.incomplete}
    assert gaps == {
        "Eve Moss": [("Forklift", "expired", ())],
        "Sam Okafor": [("Forklift", "met", ("evaluated", "evaluator"))],
    }  # fmt: skip


def test_another_day_has_other_gaps(shop: Shop) -> None:
    assert [page.person.name for page in gathered(shop, on=date(2026, 1, 20)).incomplete] == ["Sam Okafor"]
    known_then = gathered(shop, known_at=datetime(2026, 3, 4, tzinfo=UTC))
    assert "Ben Cho" in [page.person.name for page in known_then.incomplete]  # nobody had written it down yet


def test_the_paper_has_index_forklift_table_people_gaps_and_rules(shop: Shop) -> None:
    pages = paper(parcel(shop, gathered(shop, standard="Forklift", item_ids=(shop.items["Forklift"].id,))))
    index, forklift, *_, gaps, rules = pages
    assert "Forklift on 3 March 2026" in index and "Made 4 May 2026 by Dana Whitlock" in index
    assert "5 people, 3 complete, 2 gaps." in index and "Carla Diaz" in index and "obtained late" in index
    for word in ("Operator", "Trained", "Evaluated", "Evaluator", "10 February 2025", "11 February 2025", "T. Alvarez"):
        assert word in forklift
    ana = next(page for page in pages if page.startswith("Ana Ruiz"))
    for words in ("Checked at source", "Midstate", "Spanish", "Answered ten questions", "1 February 2026 by Dana Whitlock"):
        assert words in ana
    ben = next(page for page in pages if page.startswith("Ben Cho"))
    assert "Recorded 9 March 2026, after this day." in ben and "after this day" not in ana
    carla = next(page for page in pages if page.startswith("Carla Diaz"))
    assert "Due 31 January 2024, obtained 9 June 2024: 130 days late." in carla and "Kept off the truck" in carla
    assert "Expired 20 January 2026." in gaps and "Trained 19 January 2024. No evaluation on file." in gaps
    assert "Ben Cho Forklift: no photo or file on record" in gaps
    assert "29 CFR 1910.178(l), US, read 9 January 2026" in rules and "Check with your state." in rules


def test_the_index_leads_to_the_pages(shop: Shop) -> None:
    made = pypdf.PdfReader(io.BytesIO(parcel(shop, gathered(shop)).paper()))
    links = [one.get_object() for one in made.pages[0]["/Annots"]]
    assert len([one for one in links if one["/Subtype"] == "/Link"]) >= len(gathered(shop).pages) + 2
    index = made.pages[0].extract_text()
    number = next(at for at, page in enumerate(made.pages, 1) if page.extract_text().strip().startswith("Sam Okafor"))
    assert str(number) in index
    root = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en" and "/StructTreeRoot" in root
    assert b"pdfaid:part>3" in root["/Metadata"].get_object().get_data().replace(b" ", b"")
    assert made.metadata is not None and made.metadata.title == "Records on 3 March 2026 – Tallgrass Machine Works"


def test_pictures_have_words_beside_them(shop: Shop) -> None:
    made = parcel(shop, gathered(shop)).paper()
    reader = pypdf.PdfReader(io.BytesIO(made))
    ana = next(page for page in reader.pages if page.extract_text().strip().startswith("Ana Ruiz"))
    assert len(ana.images) == 2
    text = b"".join(str(one.get_object()).encode() for one in reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert text and "Photo of Forklift" in _alternatives(reader)


def _alternatives(reader: pypdf.PdfReader) -> set[str]:
    """Every text that stands for a picture."""
    found = set()
    for number in range(len(reader.xref[0])):
        one = reader.get_object(pypdf.generic.IndirectObject(number + 1, 0, reader))
        if isinstance(one, dict) and "/Alt" in one:
            found.add(str(one["/Alt"]))
    return found


def test_the_zip_holds_paper_table_and_readable_names(shop: Shop) -> None:
    made = parcel(shop, gathered(shop)).whole()
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        assert opened.testzip() is None
        assert opened.namelist() == [
            "files/001 Ana Ruiz/Forklift - photo 1.jpg", "files/001 Ana Ruiz/Forklift - looked up 2026-02-01.jpg",
            "inspector-pack.pdf", "inspector-pack.csv",
        ]  # fmt: skip
        assert opened.read("files/001 Ana Ruiz/Forklift - photo 1.jpg") == picture()
        rows = list(csv.DictReader(io.StringIO(opened.read("inspector-pack.csv").decode("utf-8-sig"))))
    by_name = {row["Person"]: row for row in rows}
    assert by_name["Ana Ruiz"]["Evaluated"] == "2025-02-11" and by_name["Ana Ruiz"]["Language taught"] == "Spanish"
    assert by_name["Ben Cho"]["Recorded later"] == "2026-03-09"
    assert by_name["Carla Diaz"]["Late"].startswith("Due 2024-01-31, obtained 2024-06-09")
    assert by_name["Sam Okafor"]["Gap"] == "Trained 2024-01-19. No evaluation on file. No evaluator named."


def test_the_same_pack_twice_is_the_same_file(shop: Shop) -> None:
    assert parcel(shop, gathered(shop)).whole() == parcel(shop, gathered(shop)).whole()


def test_a_damaged_file_is_left_out_and_listed(shop: Shop) -> None:
    StoredFile.objects.filter(media_type="image/jpeg", size=len(picture())).update(body=b"rotten")
    made = parcel(shop, gathered(shop))
    assert "Ana Ruiz Forklift: the file is gone or damaged" in " ".join(paper(made))
    with zipfile.ZipFile(io.BytesIO(made.whole())) as opened:
        assert "files/001 Ana Ruiz/Forklift - photo 1.jpg" not in opened.namelist()


def test_refused_photos_stay_out(shop: Shop) -> None:
    [photo] = shop.held["Ana Ruiz", "Forklift"].photos.all()
    holdings.refuse_photo(actor=shop.owner, photo_id=photo.id, because="Too dark.", now=NOW)
    assert [file.kind for file in gathered(shop).files] == ["look_up"]
    assert "photo" in [file.kind for file in gathered(shop, known_at=datetime(2026, 4, 1, tzinfo=UTC)).files]


def test_narrowed_to_people_site_position_and_item(shop: Shop) -> None:
    ana, sam = shop.people["Ana Ruiz"].id, shop.people["Sam Okafor"].id
    assert [one.person.id for one in gathered(shop, person_ids=frozenset({ana, sam})).pages] == [ana, sam]
    assert [one.person.id for one in gathered(shop, site_id=shop.north.id).pages] == [sam]
    assert len(gathered(shop, position_id=shop.operator.id).pages) == 5
    shop.hold("Ana Ruiz", "First aid", obtained=date(2025, 1, 1), ends=date(2028, 1, 1))
    first_aid = gathered(shop, item_ids=(shop.items["First aid"].id,))
    assert [one.person.id for one in first_aid.pages] == [ana]  # holds it, although nobody has to
    with pytest.raises(NotFound):
        gathered(shop, site_id=shop.operator.id)


def test_exempt_people_are_no_gap_and_say_why(shop: Shop) -> None:
    talent.exempt(
        actor=shop.owner, person_id=shop.people["Eve Moss"].id, item_id=shop.items["Forklift"].id, reason="Works at a desk.",
        starts=date(2026, 1, 1), ends=date(2026, 6, 1), now=FEBRUARY,
    )  # fmt: skip
    pack = gathered(shop)
    assert "Eve Moss" not in [one.person.name for one in pack.incomplete]
    assert "Exempt: Works at a desk." in " ".join(paper(parcel(shop, pack)))


def test_people_are_called_as_they_were_then(shop: Shop) -> None:
    people.change_person(
        actor=shop.owner, person_id=shop.people["Ana Ruiz"].id, name="Ana Park", phone="", email="", language="en", now=NOW
    )
    assert "Called Ana Ruiz then" in " ".join(paper(parcel(shop, gathered(shop))))


def test_in_spanish(shop: Shop) -> None:
    pack = packs.gather(actor=shop.owner, choice=Choice(on=MARCH_3), language="es")
    assert "Montacargas" in " ".join(paper(parcel(shop, pack, "es")))


def test_who_may_make_one(shop: Shop, other_firm: Firm) -> None:
    auditor = replace(shop.owner, role=Role.AUDITOR, read_from=date(2026, 3, 1), read_until=date(2026, 3, 31))
    choice = Choice(on=MARCH_3)
    assert len(packs.gather(actor=auditor, choice=choice, language="en").pages) == 5
    with pytest.raises(NotFound):
        packs.gather(actor=auditor, choice=Choice(on=date(2026, 4, 1)), language="en")
    with pytest.raises(CannotDo):
        packs.gather(actor=replace(shop.owner, role=Role.WORKER), choice=choice, language="en")
    north = replace(shop.owner, role=Role.SUPERVISOR, sites=frozenset({shop.north.id}))
    assert [one.person.name for one in packs.gather(actor=north, choice=choice, language="en").pages] == ["Sam Okafor"]
    theirs = packs.gather(actor=other_firm.owner, choice=choice, language="en")
    assert not {one.person.id for one in theirs.pages} & {one.id for one in shop.people.values()}


def test_the_number_of_queries_does_not_grow(shop: Shop) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            gathered(shop)
        return len(caught)

    asked()  # now there is a board in memory; after something was written it is looked at once more

    def hire(number: int) -> None:
        one = people.add_person(actor=shop.owner, name=f"New {number}", now=FEBRUARY)
        shop.people[one.name] = one
        people.assign(actor=shop.owner, person_id=one.id, starts=date(2026, 1, 1), position_id=shop.operator.id, now=FEBRUARY)
        held = shop.hold(one.name, "Forklift", at=FEBRUARY, obtained=date(2026, 1, 1), ends=date(2028, 1, 1))
        holdings.add_photo(
            actor=shop.owner, holding_id=held.id, body=picture(number), media_type="image/jpeg", name="", now=FEBRUARY
        )

    hire(0)
    before = asked()
    for number in range(1, 13):
        hire(number)
    assert asked() == before


def test_standards_are_sources_and_items(shop: Shop, other_firm: Firm) -> None:
    sources, items = packs.standards(actor=shop.owner, language="en")
    assert [(one.key, one.name) for one in sources] == [("source:29 CFR 1910.178(l)", "Forklift, 29 CFR 1910.178(l)")]
    assert [one.name for one in items] == ["5-axis setup", "First aid", "Forklift"]
    assert packs.find("source:29 CFR 1910.178(l)", sources) == sources[0] and packs.find("item:x", items) is None
    assert packs.standards(actor=other_firm.owner, language="en") == ([], [])
