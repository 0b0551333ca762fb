"""For whoever runs the server: does it live, is it ready, what has it counted."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from skillmark.edges.public import metrics
from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import queries as signing


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else, so that a slow disk does not get it killed."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Database reachable, all migrations in, keys to sign with: 200, otherwise 503. Says which, never why."""
    looked: dict[str, bool] = {"database": False, "migrations": False, "keys": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        looked["database"] = True
        executor = MigrationExecutor(connection)
        looked["migrations"] = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        looked["keys"] = looked["migrations"] and _keys()
    except DatabaseError:
        pass  # answered as False: the reason belongs into the log of the database, not on a public page
    return JsonResponse(looked, status=200 if all(looked.values()) else 503)


def _keys() -> bool:
    """A firm that has keys has one to sign with. Without any it is ready too: the first proof makes them."""
    try:
        for firm in people.firms():
            if signing.identities(org_id=firm.id):
                signing.issuer(org_id=firm.id)
    except NotFound:
        return False
    return True


@never_cache
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    return HttpResponse(generate_latest(metrics.REGISTRY), content_type=CONTENT_TYPE_LATEST)
