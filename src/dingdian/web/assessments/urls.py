"""Addresses of this area."""

from django.urls import path

from dingdian.web.assessments import measures, results, views

app_name = "assessments"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:year>", views.campaign, name="campaign"),
    path("<int:year>/template.xlsx", views.template, name="template"),
    path("<int:year>/upload", views.upload, name="upload"),
    path("<int:year>/again", views.again, name="again"),
    path("<int:year>/show", measures.show, name="show"),
    path("<int:year>/measures", measures.measures, name="measures"),
    path("<int:year>/hearing/<path:code>", measures.hearing, name="hearing"),
    path("<int:year>/step/<path:code>", measures.step, name="step"),
    path("<int:year>/deposit/<path:code>", measures.deposit, name="deposit"),
    path("appeals/<int:pk>", measures.answer, name="answer"),
    path("measures/<int:pk>", measures.measure, name="measure"),
    path("versions/<int:pk>/entry", measures.entry, name="entry"),
    path("versions/<int:pk>", views.version, name="version"),
    path("versions/<int:pk>/drop", views.drop, name="drop"),
    path("versions/<int:pk>/results", results.index, name="results"),
    path("versions/<int:pk>/results.<slug:form>", results.export, name="export"),
    path("versions/<int:pk>/groups", results.groups, name="groups"),
    path("versions/<int:pk>/compare", results.compare, name="compare"),
    path("versions/<int:pk>/files/<str:name>", results.file, name="file"),
    path("versions/<int:pk>/of/<path:code>", results.institution, name="institution"),
]
