"""The Django application of the pages: it carries templates, static files and template tags, and no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages of a firm's own people."""

    name = "skillmark.edges.web"
    label = "web"
