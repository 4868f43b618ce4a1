"""``dingdian ledger``: the append-only ledger of cases."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.faults import INCOMPLETE, lines, tell
from dingdian.cli.options import Command, Lang
from dingdian.core.errors import RequestError
from dingdian.wiring import letters, lives
from dingdian.wiring.places import read_places

url = click.option(
    "--ledger",
    "url",
    help="台账地址，默认取环境变量 DATABASE_URL，否则为当前文件夹的 dingdian-ledger.sqlite3 · "
    "address of the ledger: sqlite:///FILE or postgresql://…",
)
own_policy = click.option(
    "--policy", help="本局自己的政策文件夹，默认按台账所属地 · the bureau's own policy folder"
)
#: So many of the entries just made are shown; all of them stand in the ledger.
SHOWN = 10
plan_folders = click.option(
    "--plan",
    "plans",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="印发的年度规划文件夹，名额按它核对 · issued plan to hold places against",
)
by = click.option("--by", required=True, help="办理人 · who records it")


def on(what: str) -> Command:
    """The ``--on`` option; today where it is left out."""
    return click.option("--on", "day", type=options.Day(), help=what)


def _end_of(ctx: click.Context, param: click.Parameter, day: dt.date | None) -> dt.datetime | None:
    """The last moment of a day; ``None``, which is now, where none is given."""
    from dingdian.core.lifecycle.entry import SHANGHAI

    return dt.datetime.combine(day, dt.time.max, SHANGHAI) if day else None


known_at = click.option(
    "--known-at",
    "known",
    type=options.Day(),
    callback=_end_of,
    help="按哪一天末所知，默认现在 · as known at the end of that day",
)


@click.group("ledger")
def command() -> None:
    """办件台账：只增不改，逐条相链 · The ledger of cases, only ever added to."""


@command.command("init")
@url
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option(
    "--algorithm",
    type=click.Choice(["sha256", "sm3"]),
    default="sha256",
    show_default=True,
    help="链的摘要算法 · digest of the chain",
)
@on("台账起始日，默认今天 · first day that the ledger covers")
@options.lang
def init(url: str | None, policy: str, algorithm: str, day: dt.date | None, lang: Lang) -> None:
    """建立空台账 · Make an empty ledger."""
    desk = lives.make(url, policy, algorithm=algorithm, opened_on=day)
    mark = desk.ledger.mark
    said = {"zh": "已建立台账", "en": "made the ledger"}[lang]
    click.echo(f"{said} {mark.id}（{mark.algorithm}，{mark.opened_on}）→ {desk.ledger.shown}")


@command.command("load")
@click.argument("census", type=click.Path(path_type=Path))
@url
@own_policy
@by
@click.option("--reason", default="", help="依据 · what it rests on")
@options.lang
def load(
    census: Path, url: str | None, policy: str | None, by: str, reason: str, lang: Lang
) -> None:
    """存入普查台账，为每家定点机构立件 · Keep a census and open a case for each designation."""
    desk = lives.opened(url, policy)
    rows, cases, faults = lives.load(desk, census, by=by, reason=reason)
    said = {"zh": f"存入{rows}行，新立{cases}件", "en": f"kept {rows} rows, opened {cases} cases"}
    click.echo(said[lang])
    for line in lines(faults, lang):
        click.echo(line, err=True)


@command.command("move")
@click.argument("case")
@click.argument("move")
@url
@own_policy
@plan_folders
@by
@click.option("--role", required=True, help="身份 · institution, agency, evaluator, bureau")
@on("事项发生的日期，默认今天 · the day on which it held")
@click.option("--fact", "facts", multiple=True, help="事实，例如 missing=申请表 · NAME=TEXT")
@click.option("--reason", default="", help="理由 · why")
@click.option("--document", "documents", multiple=True, help="文书 · document")
@click.option("--seen", type=int, help="所看到的最后一次登记 · last entry that was looked at")
@options.lang
def move(
    case: str,
    move: str,
    url: str | None,
    policy: str | None,
    plans: tuple[Path, ...],
    by: str,
    role: str,
    day: dt.date | None,
    facts: tuple[str, ...],
    reason: str,
    documents: tuple[str, ...],
    seen: int | None,
    lang: Lang,
) -> None:
    """登记一项办理：CASE 件号，MOVE 事项 · Record a move of a case."""
    from dingdian.core.lifecycle.contract import word_of
    from dingdian.core.lifecycle.moving import Asked

    at = lives.now()
    pairs = [each.partition("=") for each in facts]
    asked = Asked(
        case=case,
        move=word_of("move", move),
        held_on=day or at.date(),
        known_at=at,
        by=by,
        role=word_of("role", role),
        reason=reason,
        documents=documents,
        facts={name.strip(): text.strip() for name, _, text in pairs},
        seen=seen,
    )
    desk = lives.opened(url, policy)
    _said(lives.move(desk, asked, read_places(desk, plans)), desk, lang)


@command.command("moves")
@click.argument("file", type=click.Path(path_type=Path))
@url
@own_policy
@plan_folders
@by
@options.lang
def moves(
    file: Path,
    url: str | None,
    policy: str | None,
    plans: tuple[Path, ...],
    by: str,
    lang: Lang,
) -> None:
    """登记一批办理（xlsx、csv），全部登记或都不登记 · Record a batch: all of it or nothing."""
    desk = lives.opened(url, policy)
    _said(lives.moves(desk, file, by=by, plans=read_places(desk, plans)), desk, lang)


@command.command("enter")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@url
@own_policy
@plan_folders
@by
@options.lang
def enter(
    folder: Path,
    url: str | None,
    policy: str | None,
    plans: tuple[Path, ...],
    by: str,
    lang: Lang,
) -> None:
    """登入一批决定：申请、受理、评估结果 · Record what a decided round came to.

    FOLDER: decide 写出的文件夹 · a folder that decide wrote
    """
    desk = lives.opened(url, policy)
    _said(lives.enter(desk, folder, by=by, plans=read_places(desk, plans)), desk, lang)


@command.command("assess")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@url
@own_policy
@by
@options.lang
def assess(folder: Path, url: str | None, policy: str | None, by: str, lang: Lang) -> None:
    """登入年度考核结果和经人确认的措施 · Record an assessment and the steps confirmed.

    FOLDER: assess 写出的文件夹 · a folder that assess wrote
    """
    desk = lives.opened(url, policy)
    _said(lives.enter_assessment(desk, folder, by=by), desk, lang)


def _said(changed: object, desk: lives.Desk, lang: Lang) -> None:
    """What was recorded, and what was odd about it."""
    from dingdian.actions.change_stage import Changed
    from dingdian.reports.lives.lines import entry_line
    from dingdian.reports.lives.words import Speech

    assert isinstance(changed, Changed)  # noqa: S101 -- the wiring gives nothing else
    speech = Speech(lang, desk.terms, lives.now().date())
    for each in changed.entries[:SHOWN]:
        click.echo(f"{each.case}{entry_line(each, speech)}")
    n = len(changed.entries)
    if n > SHOWN:
        click.echo("…")
    said = {"zh": f"登记{n}条，链尾{changed.head.entries}", "en": f"{n} entries recorded"}
    click.echo(f"{said[lang]} {changed.head.digest[:16]}")
    for line in lines(changed.faults, lang):
        click.echo(line, err=True)


@command.command("show")
@click.argument("case", required=False)
@url
@own_policy
@on("到哪一天为止，默认今天 · as it stood on")
@click.option("--ahead", default=90, show_default=True, help="期限看多少天 · days ahead")
@options.lang
def show(
    case: str | None,
    url: str | None,
    policy: str | None,
    day: dt.date | None,
    ahead: int,
    lang: Lang,
) -> None:
    """一件的全部登记、期限和可办事项；不写件号则列各阶段件数 · Show a case, or count all."""
    desk = lives.opened(url, policy)
    for line in lives.show(desk, case, day or lives.now().date(), horizon=ahead, lang=lang):
        click.echo(line)


@command.command("books")
@url
@own_policy
@click.option("--from", "first", type=options.Day(), required=True, help="起 · first day")
@click.option("--through", "last", type=options.Day(), required=True, help="止 · last day")
@known_at
@options.lang
def books(
    url: str | None,
    policy: str | None,
    first: dt.date,
    last: dt.date,
    known: dt.datetime | None,
    lang: Lang,
) -> None:
    """数量账：期初、新增、释放、期末，释放按原因 · The books: before, in, out, after."""
    for line in lives.book_text(lives.opened(url, policy), first, last, known, lang=lang):
        click.echo(line)


@command.command("verify")
@url
@click.option(
    "--head",
    "heads",
    multiple=True,
    type=click.Path(path_type=Path),
    help="以前导出的链头 · a head exported before",
)
@click.option("--mend", is_flag=True, help="按登记重建索引 · rebuild the index from the entries")
@options.lang
def verify(url: str | None, heads: tuple[Path, ...], mend: bool, lang: Lang) -> None:
    """核验台账没有被改动、截断 · Verify that nothing was changed or cut off."""
    entries, found = lives.verify(lives.opened(url), heads, mend=mend)
    if found:
        tell(RequestError(found), lang)
        raise SystemExit(INCOMPLETE)
    whole = {"zh": f"{entries}条登记，链完整", "en": f"{entries} entries, the chain is whole"}[lang]
    alone = {
        "zh": "没有给出链头：末尾是否被截断，须用导出的链头核验（ledger head）",
        "en": "no head was given: whether the end was cut off shows only against one (ledger head)",
    }[lang]
    click.echo(whole if heads else f"{whole}\n{alone}")


@command.command("head")
@url
@options.out("写入的链头文件，签字后另处保存 · file to sign and keep elsewhere")
@options.force
def head(url: str | None, out: Path, force: bool) -> None:
    """导出链头 · Export the end of the chain."""
    made = lives.write_head(lives.opened(url), out, force=force)
    click.echo(f"{made.entries}  {made.digest}  → {out}")


@command.command("census")
@url
@own_policy
@on("哪一天的普查，默认今天 · census of which day")
@known_at
@options.out("写入的文件夹，可交 plan 使用 · folder that plan takes")
@options.lang
@options.force
def census(
    url: str | None,
    policy: str | None,
    day: dt.date | None,
    known: dt.datetime | None,
    out: Path,
    lang: Lang,
    force: bool,
) -> None:
    """重建任一天的普查台账 · Rebuild the census of any day."""
    when = day or lives.now().date()
    made = lives.write_census(lives.opened(url, policy), when, known, out, force=force)
    n = len(made.tables["institutions"])
    click.echo({"zh": f"{n}家机构 → {out}", "en": f"{n} institutions → {out}"}[lang])


@command.command("notices")
@click.argument("case", required=False)
@url
@own_policy
@click.option("--entry", "seqs", multiple=True, type=int, help="只写这些登记的 · of these entries")
@click.option(
    "--papers-template",
    "templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="本局的模板和版头所在文件夹 · folder of the bureau's own templates",
)
@click.option(
    "--assessment",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="assess 写出的文件夹，用于考核结果通知书 · folder that assess wrote",
)
@options.out("写入的文件夹 · folder to write")
@options.lang
@options.force
def notices(
    case: str | None,
    url: str | None,
    policy: str | None,
    seqs: tuple[int, ...],
    templates: Path | None,
    assessment: Path | None,
    out: Path,
    lang: Lang,
    force: bool,
) -> None:
    """写出文书（docx、html）：一件的，或指定登记的 · Write the notices of a case, or of entries."""
    n = letters.write_folder(
        lives.opened(url, policy),
        out,
        case=case,
        seqs=seqs,
        templates=templates,
        assessment=assessment,
        force=force,
    )
    click.echo({"zh": f"{n}件文书 → {out}", "en": f"{n} notices → {out}"}[lang])


@command.command("upgrade")
@url
@options.lang
def upgrade(url: str | None, lang: Lang) -> None:
    """把台账升级到本程序的格式 · Bring a ledger up to this program."""
    steps = lives.upgrade(url)
    click.echo({"zh": f"升级{steps}步", "en": f"{steps} upgrades made"}[lang])
