"""Addresses that need no sign-in. English on purpose: they are printed, and people read them aloud."""

from __future__ import annotations

from django.urls import path

from skillmark.edges.public.views import calendar, check, claim, health, hosted, record, scan, standards, upload

urlpatterns = [
    path("check", check.check, name="check"),
    path("check/sample/<slug:kind>", check.sample, name="check-sample"),
    path("k", claim.code, name="claim-code"),
    path("k/<str:code>", claim.claim, name="claim"),
    path("k/<str:code>/keep", claim.keep, name="claim-keep"),
    path("k/<str:code>/not-me", claim.not_me, name="claim-not-me"),
    path("u/site/<str:token>", upload.poster, name="poster-upload"),
    path("u/site/<str:token>/thanks", upload.poster_thanks, name="poster-thanks"),
    path("u/<str:token>", upload.upload, name="upload"),
    path("u/<str:token>/thanks", upload.thanks, name="upload-thanks"),
    path("u/<str:token>/stop", upload.stop, name="upload-stop"),
    path("cal/<str:token>.ics", calendar.feed, name="calendar-feed"),
    path("q", scan.typed, name="scan-code"),
    path("q/<str:code>", scan.scan, name="scan"),
    path("q/<str:code>/mine", scan.mine, name="scan-mine"),
    path("w", record.page, name="my-page"),
    path("w/open", record.open_page, name="my-open"),
    path("w/pin", record.pin, name="my-pin"),
    path("w/close", record.close, name="my-close"),
    path("w/<uuid:held_id>", record.proof, name="my-proof"),
    path("verify/<uuid:issued_id>", hosted.verify, name="verify"),
    path("verify/<uuid:issued_id>/card.pdf", hosted.card, name="verify-card"),
    path("verify/<uuid:issued_id>/proof.json", hosted.document, name="verify-document"),
    path("verify/<uuid:issued_id>/picture.png", hosted.picture_png, name="verify-png"),
    path("verify/<uuid:issued_id>/picture.svg", hosted.picture_svg, name="verify-svg"),
    path("verify/<uuid:issued_id>/qr.svg", hosted.qr, name="verify-qr"),
    path("o/<uuid:org_id>/did.json", standards.did_of_firm, name="did"),
    path(".well-known/did.json", standards.did_of_server, name="did-server"),
    path("status/<uuid:list_id>", standards.status_list, name="status"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.counts, name="metrics"),
]
