"""Addresses of this edge, and the interface itself: `api` is what `skillmark openapi` prints."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI

from skillmark.edges.api import problems
from skillmark.edges.api.access import BearerToken
from skillmark.edges.api.reference import PlainReference
from skillmark.edges.api.v1 import (
    batches,
    check,
    checks,
    firm,
    holdings,
    items,
    journal,
    people,
    proof_changes,
    proofs,
    reports,
    runs,
    sign_offs,
    templates,
    trust,
)

api = NinjaAPI(
    title="Skillmark",
    version="1",
    description="Everything that the pages can do, for programs. Make a token on the settings page and send it with "
    "every request: `Authorization: Bearer smk_…`. Errors are problem details (RFC 9457) with a stable `code`.",
    docs=PlainReference(),
    auth=BearerToken(),
    urls_namespace="api-v1",
)
problems.install(api)
api.add_router("/check", check.router)  # asked most often, so looked for first
api.add_router("/people", people.router)
api.add_router("/people", holdings.router)
api.add_router("/items", items.router)
api.add_router("", sign_offs.router)
api.add_router("", reports.router)
api.add_router("/templates", templates.router)
api.add_router("/proofs", proofs.router)
api.add_router("/proofs", proof_changes.router)
api.add_router("/runs", runs.router)
api.add_router("/checks", checks.router)
api.add_router("/batches", batches.router)
api.add_router("", trust.router)
api.add_router("/journal", journal.router)
api.add_router("", firm.router)

urlpatterns: list[URLPattern | URLResolver] = [path("v1/", api.urls)]
