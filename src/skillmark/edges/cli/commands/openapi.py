"""`skillmark openapi`: the description of the programming interface."""

from __future__ import annotations

import argparse
import json

from skillmark.edges.cli import start

ABOUT = "Print the OpenAPI description of everything that a program can do here."
EXAMPLE = "skillmark openapi > skillmark-openapi.json"


def build(parser: argparse.ArgumentParser) -> None:
    """Options."""
    start.add_data(parser)


def run(args: argparse.Namespace) -> int:
    """Print it as JSON."""
    start.django(args)
    from django.test import RequestFactory
    from django.urls import resolve

    path = "/api/v1/openapi.json"  # by its address: edges do not import one another
    found = resolve(path)
    answer = found.func(RequestFactory().get(path), *found.args, **found.kwargs)
    print(json.dumps(json.loads(answer.content), indent=2, ensure_ascii=False))
    return 0
