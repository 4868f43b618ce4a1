"""Plan two invented cities from start to end, through the same commands a user types: make demo.

At the end the web system runs with the sample of the first one, until Ctrl-C; ``SERVE=0`` stops
after the documents. ``PORT`` names its port, 8000 or the first free one after it by itself.
"""

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path

CITIES = ("daxinganling", "shenyang")
YEAR = "2026"
FOLDER = Path("demo")
OF_A_PLAN = {
    "plan.html": "完整规划，用浏览器打开 · the whole plan: open it in a browser",
    "papers": "公文：规划、工作计划、领导阅件 · the papers as Word and PDF",
    "map.html": "地图，用浏览器打开，不用联网 · the maps: open them in a browser, no network",
    "plan.xlsx": "同样的表，用电子表格打开 · the same tables for a spreadsheet",
    "plan.json": "同样的结果，供程序读取，附指纹 · the same, for a program, with fingerprints",
}
OF_A_ROUND = {
    "decisions.html": "一批申请的决定和每项条件 · a round of applications, every condition",
    "letters": "每件申请的文书样张 · the letters, as specimens",
    "decisions.json": "同样的结果，供程序读取 · the same, for a program",
}
OF_AN_ASSESSMENT = {
    "assessment.html": "年度考核：等次、末位、后续建议 · the yearly assessment, and what follows",
    "assessment.xlsx": "每家每项得分 · the points of every item",
    "assessment.json": "同样的结果，供程序读取 · the same, for a program",
}
#: The ledger of cases of a city.
CASES = "cases.sqlite3"
#: The case that the demo shows, with its notices.
SHOWN = {"daxinganling": "DX2026-1-021", "shenyang": "SY2026-1-067"}
#: The year assessed is the one that the census ends with.
ASSESSED = "2025"


def main() -> int:
    """Run every step; stop at the first that fails, with its exit code."""
    for city in CITIES:
        names = ("ledger", "plan", "round", "assessment")
        ledger, plan, round_, assessment = (FOLDER / city / each for each in names)
        asked = ["--policy", city, "--year", YEAR]
        year = ["--policy", city, "--year", ASSESSED]
        steps: list[list[object]] = [
            ["sample", city, "--out", ledger, "--force"],
            ["check", ledger, "--policy", city],
            ["plan", ledger, *asked, "--out", plan, "--force"],
            ["decide", ledger, ledger / "round", *asked, "--out", round_, "--force"],
            ["letters", round_],
            ["assess", ledger, ledger / "assessment", *year, "--out", assessment, "--force"],
            ["points", ledger / "assessment", "--policy", city, "--on", "2025-12-31"],
            *life(city, ledger, round_, assessment),
        ]
        for step in steps:
            code = run([str(word) for word in step])
            if code != 0:
                return code
    look()
    if os.environ.get("SERVE", "1") != "0":
        serve()
    return 0


def serve() -> None:
    """Become the running system: what ends it ends nothing else."""
    port = os.environ.get("PORT", "")
    words = ["serve", "--sample", CITIES[0], "--folder", str(FOLDER / "office")]
    words += ["--port", port] if port else []
    program = str(Path(sys.executable).with_name("dingdian"))
    print(f"\n$ dingdian {shlex.join(words)}", flush=True)
    print("网页系统：姓名、用户名、口令 · the web system: name, user, password", flush=True)
    os.execv(program, [program, *words])  # noqa: S606 -- this project's own, by its full path


def life(city: str, census: Path, round_: Path, assessment: Path) -> list[list[object]]:
    """The commands that keep the cases of a city: a fresh ledger each time."""
    folder = FOLDER / city
    for old in folder.glob(f"{CASES}*"):
        old.unlink()
    at = ["--ledger", f"sqlite:///{folder / CASES}"]
    who = ["--by", "示例经办"]
    return [
        ["ledger", "init", *at, "--policy", city, "--on", "2026-01-01"],
        ["ledger", "load", census, *at, *who],
        ["ledger", "assess", assessment, *at, *who],
        ["ledger", "enter", round_, *at, *who],
        ["due", *at, "--on", "2026-01-15", "--out", folder / "due.xlsx", "--force"],
        ["ledger", "books", *at, "--from", "2026-01-01", "--through", "2026-03-31"],
        ["ledger", "show", SHOWN[city], *at],
        ["ledger", "notices", SHOWN[city], *at, "--out", folder / "notices", "--force"],
        ["ledger", "verify", *at],
    ]


def run(words: list[str]) -> int:
    """One dingdian command, shown before it runs and timed after."""
    program = Path(sys.executable).with_name("dingdian")
    print(f"\n$ dingdian {shlex.join(words)}", flush=True)
    started = time.monotonic()
    code = subprocess.run([str(program), *words], check=False).returncode
    seconds = time.monotonic() - started
    if code == 0:
        print(f"  ({seconds:.1f} s)", flush=True)
    else:
        print(f"demo: this command ended with exit code {code}.", file=sys.stderr)
    return code


def look() -> None:
    """Say what was made and where to begin."""
    print("\n看什么 · What to look at:")
    for city in CITIES:
        shown = {"plan": OF_A_PLAN, "round": OF_A_ROUND, "assessment": OF_AN_ASSESSMENT}
        for made, looks in shown.items():
            folder = FOLDER / city / made
            print(f"  {folder}/")
            for name, words in looks.items():
                if (folder / name).exists():
                    print(f"    {name:<16}{words}")
        print(
            f"  {FOLDER / city / CASES}: 办件台账 · the ledger of cases; 到期事项 · due: due.xlsx"
        )
    ledger = FOLDER / CITIES[0] / "ledger"
    print(f"  {ledger}/: 各市填报的台账，此处为虚构 · the sheets a city fills in, here invented")
    print("\n一个数字怎么来的 · Why a number is what it is:")
    key = "pharmacies_per_10k_insured.232700"
    print(f"  .venv/bin/dingdian explain {FOLDER / CITIES[0] / 'plan'} {key}")


if __name__ == "__main__":
    sys.exit(main())
