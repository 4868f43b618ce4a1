"""An answer about a site as words by name: what a page or a printed sheet lays out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dingdian.actions.check_site import Basis, Bound, SiteReport
from dingdian.core.errors import Text
from dingdian.core.spacing.alternatives import Spot
from dingdian.core.spacing.places import Site
from dingdian.core.spacing.verdict import Answer, Effect, Neighbour, ServiceAnswer, Verdict
from dingdian.reports.sites.plain import Plain
from dingdian.reports.sites.words import Speech, metres, near_metres, whole_metres
from dingdian.reports.wording import Lang, long_day

_ORDER = tuple(Effect)
#: How a verdict and an effect are coloured.
TONES: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.KEPT: "good",
        Verdict.BROKEN: "bad",
        Verdict.MEASURE_ON_SITE: "warn",
        Verdict.UNDEFINED: "warn",
        Verdict.UNCLEAR: "warn",
        Verdict.NOT_BOUND: "info",
    }
)
EFFECT_TONES: Mapping[Effect, str] = MappingProxyType(
    {Effect.BLOCKS: "bad", Effect.MEASURE: "warn", Effect.UNSURE: "warn", Effect.CLEAR: "good"}
)
#: What a verdict means for whoever asks.
MEANINGS: Mapping[Verdict, Text] = MappingProxyType(
    {
        Verdict.KEPT: Text("就间距而言，可以设置。", "As far as spacing goes, one may stand here."),
        Verdict.BROKEN: Text(
            "就间距而言，不能设置：规定距离内已有同类服务的机构。",
            "As far as spacing goes, none may stand here: institutions of the same service stand "
            "within the distance.",
        ),
        Verdict.MEASURE_ON_SITE: Text(
            "距离在坐标误差之内，须实地测量后再定。",
            "The distance lies within the error of the coordinates: it must be measured on site.",
        ),
        Verdict.UNDEFINED: Text(
            "所需的数据有缺，现在无法判断。", "Something that it needs is not known yet."
        ),
        Verdict.UNCLEAR: Text(
            "文本不明确，口径尚未选定。", "The text is unclear and its reading is still open."
        ),
        Verdict.NOT_BOUND: Text(
            "没有间距规定限制它。", "No rule of spacing binds it."
        ),
    }
)  # fmt: skip
_MADE = Text(
    "适用{day}的规则和台账（台账截止{taken_on}）；台账指纹 {census}，政策库指纹 {shelf}",
    "rules and ledger of {day} (census of {taken_on}); fingerprints: census {census}, shelf "
    "{shelf}",
)
_LIMIT = Text(
    "{metres} 米{rim}内同类服务至多 {allowed} 家",
    "within {metres} m {rim} at most {allowed} of the same service",
)


def answer_words(report: SiteReport, lang: Lang) -> Plain:
    """The answer in one language: texts and lists of texts, nothing to be worked out."""
    speech = Speech(lang, report.basis.policy, report.names)
    reach = report.reach_mm
    return {
        "verdict": speech.verdict(report.verdict),
        "tone": TONES[report.verdict],
        "meaning": MEANINGS[report.verdict].say(lang),
        "simulation": speech.say("simulation") if report.basis.simulation else "",
        "why": speech.why(report.why),
        "site": _site(report.site, speech),
        "rules": [_rule(b, a, speech) for b, a in zip(report.rules, report.answers, strict=True)],
        "looked": "" if reach is None else _looked(report, speech),
        "spots": [_spot(each, speech) for each in report.spots],
        "readings": [
            speech.reading(each)
            for each in dict.fromkeys(r for b in report.rules for r in b.rule.readings)
        ],
        "notes": list(_notes(report, speech)),
        "made": _made(report.basis, speech),
        "non_binding": speech.say("non_binding"),
    }


def _site(site: Site, speech: Speech) -> Plain:
    stated = site.stated
    converted = stated is not None and (stated.x, stated.y) != (site.lon, site.lat)
    return {
        "where": speech.say("stated", lon=site.lon, lat=site.lat),
        "stated": f"{stated.x!r}, {stated.y!r} {speech.term('crs', stated.crs)}"
        if stated is not None and converted
        else "",
        "district": speech.region(site.district) if site.district else "—",
        "kind": speech.term("kind", site.kind),
        "services": speech.terms("service", site.services),
        "error": whole_metres(site.error_mm) if site.error_mm is not None else "",
        "institution": site.institution,
        "moved": site.moved,
    }


def _rule(bound: Bound, answer: Answer, speech: Speech) -> Plain:
    limit = ""
    if bound.terms and answer.radius_mm is not None:
        rim = speech.say("rim" if bound.terms.rim else "no_rim")
        limit = _LIMIT.say(
            speech.lang,
            metres=whole_metres(answer.radius_mm),
            rim=rim,
            allowed=bound.terms.allowed,
        )
    return {
        "title": speech.title(answer.rule),
        "clauses": list(bound.rule.clauses),
        "limit": limit,
        "verdict": speech.verdict(answer.verdict),
        "tone": TONES[answer.verdict],
        "why": speech.why(answer.why),
        "services": [_service(each, speech) for each in answer.services],
        "near": [_near(each, speech, answer.radius_mm) for each in answer.near],
        "unplaced": list(answer.unplaced),
    }


def _service(each: ServiceAnswer, speech: Speech) -> Plain:
    return {
        "name": speech.term("service", each.service),
        "verdict": speech.verdict(each.verdict),
        "tone": TONES[each.verdict],
        "blocking": each.blocking,
        "doubtful": each.doubtful,
        "unsure": each.unsure,
        "why": speech.why(each.why),
    }


def _near(near: Neighbour, speech: Speech, radius_mm: int | None) -> Plain:
    effect = min((each for _, each in near.effects), key=_ORDER.index)
    return {
        "code": near.code,
        "name": near.name,
        "metres": metres(near.distance_mm),
        "rounded": near_metres(near.distance_mm, radius_mm),
        "effect": speech.effect(effect),
        "tone": EFFECT_TONES[effect],
        "district": speech.region(near.district),
        "standing": speech.term("standing", near.standing) if near.standing else "—",
        "services": speech.terms("service", near.services),
        "why": speech.why(near.why),
        "surveys": [
            speech.say(
                "surveyed",
                number=each.number,
                day=each.measured_on.isoformat(),
                by=each.by or "—",
                document=each.document or "—",
                computed="—"
                if near.computed_mm is None
                else near_metres(near.computed_mm, radius_mm),
            ).strip()
            for each in near.surveys
        ],
    }


def _looked(report: SiteReport, speech: Speech) -> str:
    reach = whole_metres(report.reach_mm or 0)
    return speech.say("spots" if report.spots else "no_spots", metres=reach)


def _spot(spot: Spot, speech: Speech) -> Plain:
    return {
        "locality": spot.locality,
        "name": spot.name,
        "region": speech.region(spot.region),
        "metres": metres(spot.distance_mm),
        "rounded": near_metres(spot.distance_mm),
        "lon": f"{spot.lon:.6f}",
        "lat": f"{spot.lat:.6f}",
    }


def _notes(report: SiteReport, speech: Speech) -> Iterator[str]:
    if report.rules:
        yield speech.say("border")
    if report.basis.estimated:
        districts = speech.join(map(speech.region, report.basis.estimated))
        yield speech.say("estimated", districts=districts)


def _made(basis: Basis, speech: Speech) -> str:
    lang: Lang = "zh" if speech.lang == "zh" else "en"
    return _MADE.say(
        lang,
        day=long_day(basis.day, lang),
        taken_on=long_day(basis.taken_on, lang) if basis.taken_on else "—",
        census=basis.census[:12],
        shelf=basis.shelf[:12],
    )
