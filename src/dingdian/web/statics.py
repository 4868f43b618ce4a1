"""Static files named by their content, so that a browser keeps them for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import FileSystemFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(FileSystemFinder):
    """What pages take of the assets: scripts, styles and licences.

    The fonts beside them are for Word, PDF and ``map.html``; pages use those of the visitor.
    """

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """Every file but the fonts."""
        yield from super().list([*(ignore_patterns or ()), "*.ttf"])


class Storage(CompressedManifestStaticFilesStorage):
    """As whitenoise has it, without rewriting what a file refers to.

    Ours refer to no other file, and those from a registry to source maps and pictures that are not
    taken from there. A name that is missing from the manifest is shown as it is.
    """

    patterns = ()
    manifest_strict = False
