"""How much slower than a quiet machine a busy one may be. What these tests tell apart differs by far more: work that is
bounded, and work that grows without end. How fast things are is measured in `benchmarks/`."""

BUSY = 10
