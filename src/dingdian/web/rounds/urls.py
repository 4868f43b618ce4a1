"""Addresses of this area."""

from django.urls import path

from dingdian.web.rounds import downloads, entering_views, results, views

app_name = "rounds"
urlpatterns = [
    path("", views.index, name="list"),
    path("new", views.upload, name="new"),
    path("template.xlsx", downloads.template, name="template"),
    path("<int:pk>", results.one, name="one"),
    path("<int:pk>/faults", views.faults, name="faults"),
    path("<int:pk>/quality.xlsx", downloads.marked, name="marked_file"),
    path("<int:pk>/decide", views.decide, name="decide"),
    path("<int:pk>/discard", views.discard, name="discard"),
    path("<int:pk>/replay", views.replay, name="replay"),
    path("<int:pk>/places", results.places, name="places"),
    path("<int:pk>/files/<str:name>", downloads.file, name="file"),
    path("<int:pk>/specimens", downloads.specimens, name="specimens"),
    path("<int:pk>/enter", entering_views.one, name="enter"),
    path("<int:pk>/confirm", entering_views.confirm, name="confirm"),
    path("<int:pk>/letters", entering_views.letters, name="letters"),
    path("<int:pk>/of/<path:application>/letter.<slug:form>", downloads.letter, name="letter_file"),
    path("<int:pk>/of/<path:application>", results.applicant, name="applicant"),
]
