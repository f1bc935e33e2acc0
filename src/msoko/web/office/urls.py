"""The work place of the authority and of organizations: same pages, scope decides."""

from django.urls import URLPattern, URLResolver

app_name = "office"

urlpatterns: list[URLPattern | URLResolver] = []
