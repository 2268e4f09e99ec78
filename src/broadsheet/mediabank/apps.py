from django.apps import AppConfig


class MediabankConfig(AppConfig):
    name = "broadsheet.mediabank"
    label = "mediabank"
    default_auto_field = "django.db.models.BigAutoField"
