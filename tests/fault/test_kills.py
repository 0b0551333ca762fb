"""However often the processes that give a list are killed: each proof once, no place twice, every one genuine and told of."""

from __future__ import annotations

import pytest

from tests.fault.places import Places

ROWS = 600


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places(tmp_path_factory.mktemp("fault"))


@pytest.mark.timeout(300)
def test_many_kills_at_random_moments(places: Places) -> None:
    told = places.run("killing", rows=ROWS, kills=20, seed=1)
    assert told.pop("kills") >= 20 and told.pop("integrity") == "ok" and told.pop("seconds") > 0
    assert told == dict.fromkeys(told, ROWS)


@pytest.mark.timeout(300)
def test_death_at_each_step_of_giving(places: Places) -> None:
    told = places.run("crashing", every=8)
    assert told["bad"] == [] and told["statements"] > 40 and told["points"] == 8


@pytest.mark.timeout(300)
def test_no_cancellation_is_lost_among_eight_writers(places: Places) -> None:
    told = places.run("losing", proofs=96)
    assert told["writers"] == [0] * 8 and told["rows"] == told["published"] == 96
    assert told["same"] and told["right"] and told["versions"] > 2


@pytest.mark.timeout(300)
def test_of_fifty_apps_at_once_one_gets_the_proof(places: Places) -> None:
    told = places.run("redeeming", apps=50)
    assert told["wrong"] == ["app.number_wrong"], "and the right number still works after it"
    assert told["tokens"] == told["copies"] == told["kept"] == told["holder"] == 1
    assert set(told["refused"]) <= {"app.used", "app.locked"} and told["refused_copies"] == ["app.other_key"]
