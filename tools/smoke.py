"""Start the web system with the sample city as a user does, see it well, end it with Ctrl-C."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

LONGEST = 180


def main() -> int:
    program = str(Path(sys.executable).with_name("dingdian"))
    words = ["serve", "--sample", "daxinganling", "--folder", "demo/office"]
    process = subprocess.Popen([program, *words], stdout=subprocess.PIPE, text=True)
    late = threading.Timer(LONGEST, process.kill)
    late.start()
    well = False
    for line in process.stdout or ():
        if line.startswith("http"):
            print(f"smoke: {line.strip()}", flush=True)
        if "running" in line:
            well = True
            process.send_signal(signal.SIGINT)
    code = process.wait()
    late.cancel()
    print(f"smoke: {'it was well' if well else 'it was never well'}; it ended with {code}")
    return 0 if well and code == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
