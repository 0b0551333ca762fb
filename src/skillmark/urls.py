"""Every address, by edge."""

from __future__ import annotations

from django.urls import include, path

# Programs ask most often, and what has a first word of its own need not be held against four hundred pages before.
urlpatterns = [
    path("api/", include("skillmark.edges.api.urls")),
    path("vc-api/", include("skillmark.edges.api.vc_api")),
    path("", include("skillmark.edges.web.urls")),
    path("", include("skillmark.edges.public.urls")),
]

handler500 = "skillmark.edges.web.views.errors.broken"
