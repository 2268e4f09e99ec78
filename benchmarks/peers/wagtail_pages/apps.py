from django.apps import AppConfig


class PeerConfig(AppConfig):
    name = "benchmarks.peers.wagtail_pages"
    label = "wagtail_pages"
    default_auto_field = "django.db.models.BigAutoField"
