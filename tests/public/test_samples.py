"""The samples are real: made by our own signing, judged by our own checks, trusted nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from skillmark.desks import checking
from skillmark.edges.public import samples
from tests.public import make_samples

STATES = {"good": "good", "expired": "dates.expired", "fake": "altered"}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", samples.KINDS)
def test_each_gets_the_answer_that_it_promises(kind: str, language: str) -> None:
    with translation.override(language):
        assert samples.check(kind=kind, now=timezone.now()).code == STATES[kind]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", samples.KINDS)
def test_the_shipped_files_are_what_our_signing_makes(kind: str, language: str) -> None:
    made = make_samples.sample(kind=kind, language=language) + b"\n"
    assert samples.document(kind=kind, language=language) == made


def test_their_giver_is_unknown_outside_the_sample_page(db: Any) -> None:
    good = samples.document(kind="good", language="en")
    reports = checking.check_bytes(data=good, name="good.json", now=timezone.now(), org_id=None)
    assert [report.code for report in reports] == ["issuer.unknown"]


@pytest.mark.parametrize(("kind", "heading"), [("good", "Looks good"), ("expired", "rely on this"), ("fake", "rely on this")])
def test_the_page_says_that_it_is_a_sample(client: Client, db: Any, kind: str, heading: str) -> None:
    page = client.get(f"/check/sample/{kind}").content.decode()
    assert heading in page
    assert "Sample. The firm and the person are made up" in page


def test_another_name_is_not_there(client: Client, db: Any) -> None:
    assert client.get("/check/sample/other").status_code == 404
