from django.apps import AppConfig


class SkillsConfig(AppConfig):
    name = "skillmark.rooms.skills"
    label = "skills"
    default_auto_field = "django.db.models.BigAutoField"
