from django.urls import path

from msoko.web.public import discussions

app_name = "public"

urlpatterns = [
    path("", discussions.discussion_list, name="discussions"),
    path("discussions/<int:pk>/", discussions.discussion_page, name="discussion"),
    path("discussions/<int:pk>/remark/", discussions.remark_form, name="remark"),
    path("discussions/<int:pk>/thanks/", discussions.remark_thanks, name="thanks"),
]
