"""All addresses of the product. `office` is the work place; its names are `office:step:page`;
`public` is the open portal."""

from django.urls import URLPattern, URLResolver, include, path

from msoko.web.ui.errors import closed_by_design

urlpatterns: list[URLPattern | URLResolver] = [
    # passwords are renewed by administrators: no mail leaves the product
    path("accounts/password/reset/", closed_by_design),
    path("accounts/email/", closed_by_design),
    path("accounts/", include("allauth.urls")),
    path("portal/", include("msoko.web.public.urls")),
    path("", include("msoko.web.office.urls")),
]

handler400 = "msoko.web.ui.errors.bad_request"
handler403 = "msoko.web.ui.errors.forbidden"
handler404 = "msoko.web.ui.errors.not_found"
handler500 = "msoko.web.ui.errors.server_error"
