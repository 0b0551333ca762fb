"""The schema and the reference page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_schema(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            assert call.get("description"), f"{method} {path} says nothing"
            assert call["security"], f"{method} {path} needs no token"


def test_every_call_stands_on_the_page(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    page = client.get("/api/v1/docs")
    text = page.content.decode()
    for path, methods in schema["paths"].items():
        for method in methods:
            assert f"<code>{method.upper()} {path}</code>" in text


def test_the_page_asks_no_other_computer_and_runs_nothing(client: Client) -> None:
    page = client.get("/api/v1/docs")
    text = page.content.decode()
    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", text)
