"""Icons for the work that proofs are given for: lines in a box of 24 × 24. No stars among them: nobody is rated."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


def _wheel(x: float, y: float, r: float) -> str:
    """A circle as a path."""
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0-{2 * r:g} 0"


ICONS: Mapping[str, str] = MappingProxyType(
    {
        "wrench": "M20.5 7.5a5 5 0 0 1-6.7 5.4L7.5 19.2a1.9 1.9 0 0 1-2.7-2.7l6.3-6.3a5 5 0 0 1 5.4-6.7l-2.7 2.9.6 2.6 2.6.6z",
        "hammer": "M4.5 20.5L13 11M9 6c2.5-3 6.5-3 9 0l3 3-3.5 3.5L9 6z",
        "forklift": "M4 15.5V5h6.5L14 15.5M4 10.5h8.2M17 3v15h4.5" + _wheel(6, 18, 2) + _wheel(12, 18, 2),
        "crane": "M7 21V4M3 8h18M7 4l13 4M7 4L3 8M17.5 8v4.5a2 2 0 1 1-2 2M4 21h6M7 12h2",
        "digger": "M2.5 15.5h11v-6h-5l-1.5 3H2.5zM12 9.5l3-5.5 5.5 3.5-.5 6.5-3 1 1.5 3h3"
        + _wheel(5, 19, 1.5)
        + _wheel(11, 19, 1.5),
        "helmet": "M4 16.5V15a8 8 0 0 1 16 0v1.5M2.5 16.5h19v3h-19zM10 7.5V12M14 7.5V12",
        "harness": "M7 10h8.5v5.5H7zM7 10l8.5 5.5M15.5 10L7 15.5M9 15.5V21M13.5 15.5V21M15.5 10l5-7" + _wheel(11.2, 5.2, 2.3),
        "ladder": "M8 3L6 21M16 3l2 18M7.6 7h8.8M7.1 11.5h9.8M6.6 16h10.8",
        "flame": "M12 3c.8 4 5 5.6 5 11a5 5 0 0 1-10 .5c-.2-2.6 1.4-4 2.5-5.5.3 1.5 1 2.3 1.8 2.6C10.8 8.5 10.5 5.7 12 3z",
        "plug": "M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4",
        "gear": _wheel(12, 12, 6) + _wheel(12, 12, 2) + "M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2"
        "M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2",
        "gauge": "M4 18a9 9 0 1 1 16 0zM12 15.5l4-5M12 5v2.5M5 11.5l2 .8M19 11.5l-1.5.6",
        "drawing": "M4 20V6l14 14zM8 16v-3l3 3zM14 9.5l.6-2.8L18.5 3 21 5.5l-3.8 3.8z",
        "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5V17",
        "truck": "M4 16.5H2V6h11v10.5H8M13 9.5h5l4 4v3h-3M13 16.5h2" + _wheel(6, 17, 2) + _wheel(17, 17, 2),
        "box": "M4 8l8-4 8 4v8.5L12 21l-8-4.5zM4 8l8 4.2L20 8M12 12.2V21",
        "knife": "M9 15L19 3c2.2 5 1.2 9.5-2.5 12.5-2.5 1.5-5.5 1.3-7.5-.5zM9 15l-5 6",
        "pan": _wheel(8.5, 13, 5.5) + "M14 13h8M5.7 13a2.8 2.8 0 0 1 2.8-2.8M7 4.5c-1 1 1 1.5 0 2.5M11 3.5c-1 1 1 1.5 0 2.5",
        "thermometer": "M10 5a2 2 0 0 1 4 0v9a4 4 0 1 1-4 0zM12 9v8M17 6h2.5M17 10h2.5",
        "bread": "M5 11.5C2 10 3 5 7 5h10c4 0 5 5 2 6.5V19H5zM9.5 9.5v2.5M14.5 9.5v2.5",
        "cash": "M4 10.5h16V20H4zM7 10.5V4h10v6.5M9.5 7h5M4 15.5h16M11 18h2",
        "broom": "M20 3l-8.5 9M8 11l5 5c-2 3-5 4.8-10 5 .2-5 2-8 5-10zM6 16l3 2.5",
        "drop": "M12 3c4 5 6 8 6 11.2a6 6 0 0 1-12 0C6 11 8 8 12 3zM9 14.5a3 3 0 0 0 3 3",
        "heart": "M12 20C5.5 15.5 3 12 3 8.7A4.6 4.6 0 0 1 12 7.2a4.6 4.6 0 0 1 9 1.5c0 3.3-2.5 6.8-9 11.3z",
        "child": _wheel(12, 5.5, 2.5) + "M5.5 10.5c4 2.2 9 2.2 13 0M9.5 12.2V16l-1 5M14.5 12.2V16l1 5M9.5 16h5",
        "first-aid": "M4 8h16v12H4zM9 8V5h6v3M12 11v6M9 14h6",
        "people": _wheel(8.5, 8, 2.5) + "M3.5 19c0-7 10-7 10 0M14.8 5.7a2.5 2.5 0 1 1 .8 4.8M16 13.3c3 .3 4.5 2.5 4.5 5.7",
        "leaf": "M5.5 18C3.5 9 10 4 20 4c0 10-5.5 16.5-14.5 14zM4 21c2-5 5-8.5 9.5-11",
        "book": "M12 6.5C10 4.5 7 4 3 4v14c4 0 7 .5 9 2.5 2-2 5-2.5 9-2.5V4c-4 0-7 .5-9 2.5zM12 6.5v14",
        "clock": _wheel(12, 12, 9) + "M12 7v5.2l3.5 2",
        "checklist": "M10 6h11M10 12h11M10 18h11M3 6l1.5 1.5L7.5 4.5M3 12l1.5 1.5 3-3M3 18l1.5 1.5 3-3",
    }
)
