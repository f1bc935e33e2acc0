"""All addresses of the product. `office` is the work place; its names are `office:step:page`."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("", include("msoko.web.office.urls")),
]
