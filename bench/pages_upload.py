"""Upload a workbook as a browser does, and wait for what comes of it: its report, its result."""

from __future__ import annotations

import re
import sys
import time
import urllib.request
import uuid
from pathlib import Path


def main(address: str, session: str, workbook: Path, form_at: str = "/imports/new") -> float:
    """Seconds from the press of the button until the page stands that the work leads to."""
    cookie = f"dingdian-bureau={session}"

    def ask(
        path: str, body: bytes | None = None, kind: str = "", token: str = ""
    ) -> tuple[str, str]:
        request = urllib.request.Request(f"{address}{path}", data=body)  # noqa: S310 -- our own
        request.add_header("Cookie", f"{cookie}; dingdian-bureau-csrf={token}" if token else cookie)
        if kind:
            request.add_header("Content-Type", kind)
            request.add_header("X-CSRFToken", token)
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.geturl(), answer.read().decode("utf-8")

    request = urllib.request.Request(f"{address}{form_at}", headers={"Cookie": cookie})  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        token = re.search(r"dingdian-bureau-csrf=([^;]+)", answer.headers["Set-Cookie"])[1]
        form = answer.read().decode("utf-8")
    field = re.search(
        r'<input[^>]*type="file"[^>]*name="(\w+)"|<input[^>]*name="(\w+)"[^>]*type="file"', form
    )
    name = next(filter(None, field.groups()))
    line = uuid.uuid4().hex
    head = f'--{line}\r\nContent-Disposition: form-data; name="{name}"; filename="census.xlsx"\r\n'
    body = head.encode() + b"Content-Type: application/octet-stream\r\n\r\n"
    body += workbook.read_bytes() + f"\r\n--{line}--\r\n".encode()
    started = time.perf_counter()
    where, page = ask(form_at, body, f"multipart/form-data; boundary={line}", token)
    path = where.removeprefix(address)
    while 'id="job-' in page and "hx-trigger" in page:
        time.sleep(0.1)
        _, page = ask(path)
    return time.perf_counter() - started


if __name__ == "__main__":
    print(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), *sys.argv[4:]))
