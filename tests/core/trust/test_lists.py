"""Finding a giver on lists, by identifier and by what its name looks like."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.trust import TrustEntry, TrustList, find, looks, plain_name, same_name

COLLEGE = TrustEntry("did:web:college.example", "Prairie Valley College", date(2026, 1, 9), aliases=("PVC", "Colegio Valle"))
NORTH = TrustEntry("did:web:north.example", "Nova Ärzte AG")
OURS = TrustList("Ours", (COLLEGE, NORTH))


def test_the_first_list_with_the_identifier_says_so() -> None:
    hub = TrustList("Hub", (TrustEntry(COLLEGE.issuer, "Another spelling"), NORTH))
    listed = find([OURS, hub], issuer=COLLEGE.issuer)
    assert listed is not None and listed.entry is COLLEGE and listed.on is OURS
    assert find([hub, OURS], issuer=COLLEGE.issuer) != listed
    assert find([OURS, hub], issuer="did:web:college.example.evil.example") is None
    assert find([], issuer=COLLEGE.issuer) is None


def test_of_two_entries_for_one_giver_the_first_counts() -> None:
    first, second = TrustEntry("did:web:a.example", "A"), TrustEntry("did:web:a.example", "A")
    listed = find([TrustList("Twice", (first, second))], issuer="did:web:a.example")
    assert listed is not None and listed.entry is first
    named = same_name([TrustList("Twice", (first, second))], name="a")
    assert named is not None and named.entry is first


@pytest.mark.parametrize(
    "name",
    [
        "Prairie Valley College",
        "PRAIRIE  VALLEY\tCOLLEGE",
        "prairie-valley-college.",
        "Ｐｒａｉｒｉｅ Ｖａｌｌｅｙ Ｃｏｌｌｅｇｅ",  # full width
        "Prâírie Välley Collège",
        "𝐏𝐫𝐚𝐢𝐫𝐢𝐞 Valley College",  # mathematical letters
        "Prairie\u200b Valley\u00ad College",  # a zero-width space and a soft hyphen
        "Prairie\u3164Valley\u115fCollege",  # letters that nobody sees
        "Рrаіrіе Vаllеу Соllеgе",  # Cyrillic а е о р с у і
        "ΡRΑΙRΙΕ VΑLLΕΥ CΟLLΕGΕ",  # Greek capitals
        "Prαιriε νalley College",  # Greek small letters
        "Praırıe Vaӏӏey Colleɡe",
        "Prairie VaIIey CoIIege",  # capital i
        "Prairie Va11ey C0llege",  # digits
        "PRA1R1E VALLEY C0LLEGE",
        "рvс",
        "Сolegio Valle",
    ],
)
def test_a_name_that_looks_the_same_is_noticed(name: str) -> None:
    listed = same_name([OURS], name=name)
    assert listed is not None and listed.entry is COLLEGE


@pytest.mark.parametrize("name", ["ΝOVΑ ÄRΖΤE ΑG", "Νova Arzte AG", "nova ärzte ag", "Ноva Arzte AG".replace("Но", "Nо")])
def test_greek_capitals_and_small_letters_are_told_apart(name: str) -> None:
    listed = same_name([OURS], name=name)
    assert listed is not None and listed.entry is NORTH


@pytest.mark.parametrize("name", ["", "  ", "—", "Prairie Valley", "Prairie Valley College 2", "Vova Arzte AG", "Колледж"])
def test_another_name_is_another_name(name: str) -> None:
    assert same_name([OURS], name=name) is None


def test_a_small_i_is_no_small_l() -> None:
    here = TrustList("Here", (TrustEntry("did:web:ali.example", "Ali Academy"), TrustEntry("did:web:b.example", "ILLINOIS")))
    assert same_name([here], name="All Academy") is None
    assert same_name([here], name="AIi Academy") is not None  # the second letter is a capital i
    assert same_name([here], name="Illinois") is not None


def test_a_name_in_another_alphabet_is_found_in_any_case() -> None:
    here = TrustList("Here", (TrustEntry("did:web:east.example", "Восток"),))
    assert same_name([here], name="ВОСТОК") is not None
    assert same_name([here], name="восток") is not None
    assert same_name([here], name="Bocтoк") is not None
    assert same_name([here], name="Запад") is None


def test_names_are_compared_without_look_alikes() -> None:
    """A listed giver that prints its name with odd letters is listed under another name: worth a second look."""
    assert plain_name("Соllege") not in TrustEntry("did:web:a.example", "College").names
    assert plain_name("CÓLLEGE ") in TrustEntry("did:web:a.example", "College").names


@given(st.text(max_size=60))
def test_a_name_looks_like_itself_in_any_dress(name: str) -> None:
    assert bool(looks(name)) == any(looks(letter) for letter in name)
    if looks(name):
        assert looks(name) & looks(f" {name}.")
        assert looks(name) & looks("\u00ad".join(name))
        listed = same_name([TrustList("One", (TrustEntry("did:web:a.example", name),))], name=name)
        assert listed is not None


def test_ten_thousand_entries_are_not_walked_for_every_proof() -> None:
    entries = tuple(TrustEntry(f"did:web:n{number}.example", f"Firm number {number}") for number in range(10_000))
    big = TrustList("Big", entries)
    same_name([big], name="warm up")
    find([big], issuer="did:web:warm-up.example")
    start = process_time()
    for number in range(0, 10_000, 5):
        assert find([big], issuer=f"did:web:n{number}.example") is not None
        assert same_name([big], name=f"FIRM NUMBER {number}") is not None
        assert find([big], issuer=f"did:web:x{number}.example") is None
    # Walking would be 60 million comparisons: minutes.
    assert process_time() - start < 2


def test_a_name_of_accents_is_compared_in_time() -> None:
    accents = "\u0301\u0323" * 100_000
    start = process_time()
    assert plain_name(f"Col{accents}lege") == "college" and looks(f"Col{accents}lege") == looks("College")
    assert plain_name("Colle\u0301ge") == plain_name("Coll\u00e9ge") == "college"
    assert process_time() - start < 2


def test_lists_are_equal_by_what_they_say() -> None:
    one, other = TrustList("A", (COLLEGE,)), TrustList("A", (COLLEGE,))
    find([one], issuer="x")
    assert one == other and hash(one) == hash(other)
