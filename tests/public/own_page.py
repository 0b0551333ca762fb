"""Rosa's page, open in a browser, without anything on it yet."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as held
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import queries
from tests.public.given import give


@dataclass
class Own:
    client: Client
    actor: Actor

    def add(self, *files: tuple[str, bytes], **more: Any) -> Any:
        """Put files into the box; the page that tells what became of them, or the box again."""
        sent = [SimpleUploadedFile(name, body) for name, body in files]
        return self.client.post("/w/add", {"files": sent, **more}, follow=True)

    @property
    def addition(self) -> Any:
        return queries.additions(actor=self.actor)[0]


def open_page(firm: Any) -> Own:
    """Rosa keeps a proof of the firm, and lets go of it again: her page is open and empty."""
    proof = give(firm=firm)
    _, code, _ = credentials.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())
    client = Client()
    client.post(f"/k/{code}/keep")
    client.cookies["django_language"] = "en"
    proof.refresh_from_db()
    actor = Actor(org_id=proof.own_org_id, role=Role.WORKER, name="Rosa Delgado")
    for one in held.held(actor=actor):
        credentials.remove_held(actor=actor, held_id=one.id, now=timezone.now())
    return Own(client, actor)


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return made.getvalue()
