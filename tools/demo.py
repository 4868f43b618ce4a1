"""Plan two invented cities from start to end, through the same commands a user types: make demo."""

import shlex
import subprocess
import sys
import time
from pathlib import Path

CITIES = ("daxinganling", "shenyang")
YEAR = "2026"
FOLDER = Path("demo")
FIRST_LOOKS = {
    "plan.html": "the whole plan: open it in a browser",
    "plan.xlsx": "the same tables for a spreadsheet",
    "plan.json": "the same answer for a program, with its fingerprints",
}


def main() -> int:
    """Run every step; stop at the first that fails, with its exit code."""
    for city in CITIES:
        ledger, plan = FOLDER / city / "ledger", FOLDER / city / "plan"
        steps = [
            ["sample", city, "--out", ledger, "--force"],
            ["check", ledger, "--policy", city],
            ["plan", ledger, "--policy", city, "--year", YEAR, "--out", plan, "--force"],
        ]
        for step in steps:
            code = run([str(word) for word in step])
            if code != 0:
                return code
    look()
    return 0


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
    print("\nWhat to look at:")
    for city in CITIES:
        plan = FOLDER / city / "plan"
        print(f"  {plan}/")
        for name, words in FIRST_LOOKS.items():
            if (plan / name).is_file():
                print(f"    {name:<12}{words}")
    print(f"  {FOLDER / CITIES[0] / 'ledger'}/: the sheets a city fills in, here invented")
    print("\nWhy a number is what it is:")
    key = "pharmacies_per_10k_insured.232700"
    print(f"  .venv/bin/dingdian explain {FOLDER / CITIES[0] / 'plan'} {key}")


if __name__ == "__main__":
    sys.exit(main())
