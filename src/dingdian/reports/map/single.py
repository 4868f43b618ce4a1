"""A page that stands alone: library, scripts, styles and data in one file, nothing from outside.

A policy in the page lets in its own script and style by their hashes and forbids everything else.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dingdian.reports.assets import asset_path
from dingdian.reports.map.packing import Plain

_HERE = Path(__file__).parent
#: Our own scripts, here, for pages whose map is districts and points on one canvas.
GROUND = tuple(_HERE / name for name in ("decode.js", "earth.js", "ground.js"))


def single_page(
    template: Path,
    scripts: Sequence[Path],
    *,
    data: Plain,
    styles: Sequence[Path] = (),
    **said: object,
) -> bytes:
    """The page as UTF-8: ``template`` filled with ``said``, every value escaped.

    ``scripts`` stand in one closure behind the map library; they read ``data``. ``styles`` come
    after those of the library and of the map page. The same values, the same bytes.

    Raises:
        RequestError: ``missing_asset``: the map library was never fetched.
    """
    leaflet = asset_path("leaflet.js").read_text("utf-8").partition("//# sourceMappingURL")[0]
    own = "\n".join(path.read_text("utf-8") for path in scripts)
    script = f'{leaflet}\n(() => {{\n"use strict";\n{own}\n}})();\n'
    sheets = (asset_path("leaflet.css"), _HERE / "map.css", *styles)
    css = "".join(path.read_text("utf-8") for path in sheets)
    environment = Environment(
        loader=FileSystemLoader([template.parent, _HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template(template.name).render(
        css=css,
        css_hash=_hash(css),
        script=script,
        script_hash=_hash(script),
        data=_json(data),
        **said,
    )
    return page.encode()


def _hash(text: str) -> str:
    """The SHA-256 by which a page's policy lets a script or a style of its own in."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json(data: Plain) -> str:
    """JSON that may stand in a page: no ``<`` can end the element that it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
