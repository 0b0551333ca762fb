"""`python -m skillmark` is the same as `skillmark`."""

from __future__ import annotations

import sys

from skillmark.edges.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
