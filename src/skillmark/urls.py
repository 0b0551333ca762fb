"""Every address, by edge."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("skillmark.edges.web.urls")),
    path("", include("skillmark.edges.public.urls")),
    path("api/", include("skillmark.edges.api.urls")),
    path("vc-api/", include("skillmark.edges.api.vc_api")),
]

handler500 = "skillmark.edges.web.views.errors.broken"
