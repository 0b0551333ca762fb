"""Where one whole check spends its time, function by function."""

from __future__ import annotations

import cProfile
import pstats
from pathlib import Path

import harness
from harness import material

CALLS = 5_000
SHOWN = 20


def main() -> None:
    verifier = material.verifier()
    signed = [material.signed(material.numbered(number)) for number in range(CALLS)]
    for data in signed[:10]:
        verifier.check(data, now=material.NOW)
    profile = cProfile.Profile()
    profile.enable()
    for data in signed:
        verifier.check(data, now=material.NOW)
    profile.disable()
    found = pstats.Stats(profile).get_stats_profile()
    functions = sorted(
        ((name, one) for name, one in found.func_profiles.items() if one.tottime), key=lambda pair: -pair[1].tottime
    )
    rows = [
        (
            f"`{_place(one.file_name)}{name}`",
            f"{one.tottime / found.total_tt:.1%}",
            f"{int(str(one.ncalls).split('/')[0]) / CALLS:,.1f}",
        )
        for name, one in functions[:SHOWN]
    ]
    about = (
        f"benchmarks/where_time_goes.py: cProfile over {CALLS:,} checks, time in the function itself. The profiler makes "
        f"small functions look larger than they are. {harness.circumstances()}"
    )
    harness.write("Where a check spends its time", about=about, head=("function", "share", "calls a check"), rows=rows)


def _place(file: str) -> str:
    """The module, for functions of our own."""
    path = Path(file)
    return f"{'.'.join(path.with_suffix('').parts[path.parts.index('credcore') :])}." if "credcore" in path.parts else ""


if __name__ == "__main__":
    main()
