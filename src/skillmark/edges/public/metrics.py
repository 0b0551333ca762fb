"""What is counted for whoever runs the server: totals only, nothing about a person or a firm."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, PlatformCollector, ProcessCollector

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

CHECKS = Counter("skillmark_checks", "Answers of the check page, by verdict.", ["verdict"], registry=REGISTRY)
KEPT = Counter("skillmark_proofs_kept", "Proofs that a person kept.", registry=REGISTRY)
