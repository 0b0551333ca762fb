"""Lets Django find the templates and scripts of the public pages."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "skillmark.edges.public"
    label = "public"
