"""The work place of the authority and of organizations: same pages, scope decides.

A step is a package with `urls.py` (`app_name = "procedures"`), so that names are `office:procedures:list`.
"""

from django.urls import URLPattern, URLResolver, include, path

from msoko.web.office.entrance import first_run
from msoko.web.office.entrance import views as entrance
from msoko.web.office.home import views as home

app_name = "office"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("demo-sign-in/", entrance.demo_sign_in, name="demo_sign_in"),
    path("first-run/", first_run.first_run, name="first_run"),
    path("first-run/sample/", first_run.first_run_sample, name="first_run_sample"),
    path("search/", home.search, name="search"),
    path("school-year/", home.school_year, name="school_year"),
    path("regulations/", include("msoko.web.office.regulations.urls")),
    path("planning/", include("msoko.web.office.planning.urls")),
    path("tasks/", include("msoko.web.office.planning.tasks.urls")),
    path("procedures/", include("msoko.web.office.procedures.urls")),
    path("collection/", include("msoko.web.office.collection.urls")),
    path("analysis/", include("msoko.web.office.analysis.urls")),
    path("organizations/", include("msoko.web.office.organizations.urls")),
    path("people/", include("msoko.web.office.people.urls")),
    path("journal/", include("msoko.web.office.journal.urls")),
    path("access/", include("msoko.web.office.access.urls")),
    path("jobs/", include("msoko.web.office.jobs.urls")),
]
