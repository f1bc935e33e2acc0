from django.urls import path

from msoko.web.office.collection import batches, exports, files, imports, individual, keys, medals, rows_to_link

app_name = "collection"
urlpatterns = [
    path("", imports.import_list, name="list"),
    path("export/", exports.imports_export, name="export"),
    path("open/", imports.import_open, name="open"),
    path("imports/<int:pk>/", imports.import_session, name="session"),
    path("imports/<int:pk>/progress/", imports.import_progress, name="progress"),
    path("imports/<int:pk>/answer/", imports.import_answer, name="answer"),
    path("imports/<int:pk>/accept/", imports.import_accept, name="accept"),
    path("imports/<int:pk>/discard/", imports.import_discard, name="discard"),
    path("imports/<int:pk>/add/", imports.import_add, name="add"),
    path("imports/<int:pk>/read/", imports.import_read, name="read"),
    path("imports/<int:pk>/remarks/", files.remarks_export, name="remarks"),
    path("files/<int:pk>/", files.file_detail, name="file"),
    path("files/<int:pk>/exclude/", files.file_exclude, name="exclude"),
    path("files/<int:pk>/copy/", files.file_copy, name="copy"),
    path("batches/", batches.batch_list, name="batches"),
    path("batches/export/", exports.batches_export, name="batches_export"),
    path("batches/<int:pk>/withdraw/", batches.batch_withdraw, name="withdraw"),
    path("summaries/<int:pk>/withdraw/", batches.summary_withdraw, name="withdraw_summary"),
    path("individual/", individual.individual_results, name="individual"),
    path("individual/export/", exports.individual_export, name="individual_export"),
    path("key/", keys.key_home, name="keys"),
    path("key/load/", keys.key_load, name="key_load"),
    path("key/forget/", keys.key_forget, name="key_forget"),
    path("key/pupil/", keys.pupil, name="pupil"),
    path("key/cohort/", keys.cohort_page, name="cohort"),
    path("key/export/", exports.keys_export, name="keys_export"),
    path("key/cohort/export/", exports.cohort_export, name="cohort_export"),
    path("key/rows/", rows_to_link.rows_to_link, name="rows_to_link"),
    path("medals/", medals.medals, name="medals"),
    path("medals/forget/", medals.medals_forget, name="medals_forget"),
    path("medals/export/", medals.medals_export, name="medals_export"),
]
