"""`make faults`: the long form of what the tests of this folder do in short, on the database that the environment names."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import tests.environment  # noqa: F401 – starts PostgreSQL where it is asked for
from tests.fault.places import Places

ROWS, KILLS, PROOFS, APPS = 10_000, 40, 1_000, 50


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="skillmark-faults-") as folder:
        places = Places(Path(folder))
        for program, options in (
            ("killing", {"rows": ROWS, "kills": KILLS, "seed": int(time.time())}),
            ("crashing", {"every": 1}),
            ("losing", {"proofs": PROOFS}),
            ("redeeming", {"apps": APPS}),
        ):
            told = places.run(program, **options)
            print(program, options, told, flush=True)
            _demand(program, told)


def _demand(program: str, told: dict[str, object]) -> None:
    if program == "killing":
        right = told.pop("integrity") == "ok" and int(str(told.pop("kills"))) >= KILLS and bool(told.pop("seconds"))
        right = right and set(told.values()) == {ROWS}
    elif program == "crashing":
        right = told["bad"] == []
    elif program == "redeeming":
        right = told["tokens"] == told["copies"] == told["kept"] == 1
    else:
        right = bool(told["same"] and told["right"]) and told["rows"] == PROOFS and set(told["writers"]) == {0}  # type: ignore[call-overload]
    if not right:
        raise SystemExit(f"{program}: something was lost or doubled")


if __name__ == "__main__":
    main()
