"""Addresses of this area."""

from django.urls import path

from dingdian.web.cases import affected, confirming, handing_views, left, together_views, views

app_name = "cases"
urlpatterns = [
    path("", views.index, name="list"),
    path("new", views.new, name="new"),
    path("together", together_views.choose, name="together"),
    path("together/record", together_views.act, name="together_record"),
    path("places", left.index, name="left"),
    path("affected", affected.index, name="affected"),
    path("affected.<slug:form>", affected.export, name="affected_file"),
    path("proposals", confirming.index, name="proposals"),
    path("proposals/several", confirming.several, name="several"),
    path("proposals/<int:pk>", confirming.one, name="proposal"),
    path("proposals/<int:pk>/decide", confirming.decide, name="decide"),
    path("paper/<int:pk>", views.paper, name="paper"),
    path("handovers", handing_views.index, name="handovers"),
    path("of/<path:case>/handover", handing_views.one, name="handover"),
    path("of/<path:case>/<slug:move>/record", views.act, name="record"),
    path("of/<path:case>", views.one, name="one"),
]
