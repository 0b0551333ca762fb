"""The reference page: plain HTML made from the schema. The framework's own pages need scripts and styles inside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Template
from django.templatetags.static import static
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that an address takes. `place` is path, query, header or body."""

    name: str
    place: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that can be asked."""

    method: str
    path: str
    summary: str
    area: str
    fields: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]


class PlainReference(DocsBase):
    """Works without scripts and asks no other computer."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """The page, in the order of the schema."""
        calls = read(dict(api.get_openapi_schema()))
        areas: dict[str, list[Call]] = {}
        for call in calls:
            areas.setdefault(call.area, []).append(call)
        context = Context(
            {
                "title": api.title,
                "description": api.description,
                "areas": areas,
                "schema_url": self.get_openapi_url(api, kwargs),
                "styles": [static("skillmark/tokens.css"), static("skillmark/components.css")],
            }
        )
        return HttpResponse(_template().render(context))


@cache
def _template() -> Template:
    """Loaded by an engine of its own: this edge is no Django application, and needs only this one page."""
    return Engine(dirs=[str(HERE / "templates")]).get_template("reference.html")


def read(schema: dict[str, Any]) -> list[Call]:
    """Every call of an OpenAPI schema."""
    return [_call(schema, method, path, said) for path, methods in schema["paths"].items() for method, said in methods.items()]


def _call(schema: dict[str, Any], method: str, path: str, said: dict[str, Any]) -> Call:
    fields = [
        Field(one["name"], one["in"], _kind(schema, one["schema"]), bool(one.get("required")))
        for one in said.get("parameters", [])
    ]
    for content in said.get("requestBody", {}).get("content", {}).values():
        body = _resolved(schema, content["schema"])
        needed = set(body.get("required", []))
        fields += [Field(name, "body", _kind(schema, one), name in needed) for name, one in body.get("properties", {}).items()]
    answers = []
    for status, answer in said.get("responses", {}).items():
        kinds = [_kind(schema, content["schema"]) for content in answer.get("content", {}).values()]
        answers.append((str(status), kinds[0] if kinds else "nothing"))
    summary = said.get("description") or said.get("summary", "")
    return Call(method.upper(), path, summary, said.get("tags", [""])[0], tuple(fields), tuple(answers))


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in part:
        found: dict[str, Any] = schema["components"]["schemas"][part["$ref"].rsplit("/", 1)[-1]]
        return found
    return part


def _kind(schema: dict[str, Any], part: dict[str, Any]) -> str:
    """A type in words: `text`, `whole number or nothing`, `list of PersonOut`."""
    if "$ref" in part:
        return str(part["$ref"].rsplit("/", 1)[-1])
    if "enum" in part:
        return " or ".join(str(one) for one in part["enum"])
    if "const" in part:
        return str(part["const"])
    if "anyOf" in part:
        return " or ".join(dict.fromkeys(_kind(schema, one) for one in part["anyOf"]))
    if part.get("type") == "array":
        return f"list of {_kind(schema, part.get('items', {}))}"
    words = {
        "string": "text",
        "integer": "whole number",
        "boolean": "true or false",
        "null": "nothing",
        "object": "object",
    }
    return str(part.get("format") or words.get(str(part.get("type")), "anything"))
