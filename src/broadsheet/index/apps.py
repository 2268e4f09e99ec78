from django.apps import AppConfig


class IndexConfig(AppConfig):
    name = "broadsheet.index"
    label = "index"
    default_auto_field = "django.db.models.BigAutoField"
