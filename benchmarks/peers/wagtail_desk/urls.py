"""Wagtail's desk, and its pages."""

from django.urls import include, path
from wagtail import urls as pages
from wagtail.admin import urls as desk

urlpatterns = [path("desk/", include(desk)), path("", include(pages))]
