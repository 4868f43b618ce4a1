"""Whose the object of an address is: of a district, a holder, an expert, or of none of them."""

from __future__ import annotations

#: Views whose object lies in one district; who may not see that district finds nothing.
OF_A_DISTRICT = frozenset(
    {
        "ledger:one",
        "cases:one",
        "cases:record",
        "cases:paper",
        "cases:proposal",
        "cases:decide",
        "cases:handover",
        "national:reopen",
        "panels:draw",
        "panels:one",
        "panels:recuse",
        "panels:redraw",
        "panels:enter",
        "panels:conclude",
        "panels:retrace",
        "panels:expert",
        "letters:one",
        "letters:page",
        "letters:file",
        "letters:serve",
        "letters:void",
        "letters:receipt",
        "letters:make",
        "letters:preview",
        "rounds:one",
        "rounds:faults",
        "rounds:marked_file",
        "rounds:decide",
        "rounds:discard",
        "rounds:replay",
        "rounds:places",
        "rounds:file",
        "rounds:specimens",
        "rounds:enter",
        "rounds:confirm",
        "rounds:letters",
        "rounds:letter_file",
        "rounds:applicant",
        "plans:submission",
        "plans:submission_edit",
        "plans:submission_submit",
        "maps:kept",
        "complaints:one",
        "complaints:assign",
        "complaints:step",
        "complaints:link",
        "complaints:paper",
        "intake:one",
        "intake:change",
        "intake:decide",
        "surveys:one",
        "surveys:close",
        "surveys:export",
        "surveys:institution",
        "surveys:qr_file",
        "objections:one",
        "objections:record",
        "objections:answer",
        "points:one",
        "points:batch",
        "assessments:institution",
        "assessments:hearing",
        "assessments:step",
        "assessments:deposit",
        "assessments:answer",
        "assessments:measure",
    }
)
#: Views of what is one holder's own; nobody finds anything there of another's.
OF_A_HOLDER = frozenset(
    {"portal:one", "portal:record", "portal:paper", "portal:letter", "portal:scores"}
)
#: Views of a case that was drawn for somebody; no other evaluator finds anything there.
OF_AN_EXPERT = frozenset({"evaluations:one", "evaluations:step_back", "evaluations:paper"})
#: Views that name something of no district; with those above they are all that name anything.
NOT_OF_A_DISTRICT = frozenset(
    {
        # Users and their grants: of the administrators, who see no district at all.
        "accounts:user",
        "accounts:user_edit",
        "accounts:deactivate",
        "accounts:reactivate",
        "accounts:reset_password",
        "accounts:reset_factor",
        "accounts:unlock",
        "accounts:end_sessions",
        "accounts:grant",
        "accounts:withdraw",
        "accounts:issue_token",
        "accounts:withdraw_token",
        # One's own: its views look among what is the user's, whatever the district.
        "accounts:collect_token",
        "accounts:leave_end",
        "inbox:one",
        "jobs:one",
        "jobs:cancel",
        # The journal and the exchange are of the whole place.
        "audit:head",
        "audit:verified",
        "exchange:download",
        # A census comes in for the whole place, by the planner, who has no district.
        "imports:one",
        "imports:quality",
        "imports:group",
        "imports:marking",
        "imports:marked",
        "imports:discard",
        "imports:preview",
        "imports:institutions",
        "imports:changes",
        "imports:apply",
        "imports:undo",
        # Access is measured over the whole place, by the planner.
        "access:one",
        "access:file",
        "access:advise",
        # So are the years ahead.
        "projection:one",
        "projection:file",
        # The street network is of the whole place, by the planner.
        "streets:one",
        "streets:remove",
        # A plan is of the whole place; what a district asks for is a submission.
        "plans:plan",
        "plans:run",
        "plans:version",
        "plans:figures",
        "plans:figure",
        "plans:file",
        "plans:evidence",
        "plans:advice",
        "plans:advice_drop",
        "plans:overlay",
        "plans:overlay_new",
        "plans:overlay_add",
        "plans:overlay_drop",
        "procedure:plan",
        "procedure:step",
        "procedure:letter",
        "procedure:amend",
        "procedure:adoption",
        "procedure:document",
        "procedure:paper",
        "procedure:comments",
        "procedure:comment",
        "procedure:outcomes",
        "procedure:outcome",
        # The planner answers the submissions of every district.
        "plans:submission_answer",
        # A year of assessment is of the whole place; its rows are filtered by district
        # (tests/web/assessments), and what changes it asks for the right everywhere.
        "assessments:campaign",
        "assessments:version",
        "assessments:results",
        "assessments:groups",
        "assessments:compare",
        "assessments:measures",
        "assessments:export",
        "assessments:file",
        "assessments:entry",
        "assessments:show",
        "assessments:again",
        "assessments:drop",
        "assessments:template",
        "assessments:upload",
        # A file of licences is of the whole place; its findings are seen and settled in one's
        # districts only (tests/web/licences).
        "licences:one",
        "licences:settle",
        # These name the form of a file or page, or a version of scripts: no object. The rows of
        # the files are those of one's districts.
        "cases:affected_file",
        "ledger:export",
        "points:new",
        "maps:scripts",
        # The shelf is public.
        "shelf:clause",
        "shelf:reading",
    }
)
#: Views that ask for more than one of their rights: of one's own office, or of the whole place.
STRICTER = frozenset(
    {"procedure:step", "procedure:letter", "procedure:comment", "plans:figure"}
    | {"letters:make", "letters:preview"}
    | {f"assessments:{each}" for each in ("template", "upload", "again", "drop", "show", "entry")}
)
