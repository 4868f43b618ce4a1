"""Static files named by their content, so that a browser keeps them for good."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """As whitenoise has it, without rewriting what a file refers to.

    Ours refer to no other file, and those from a registry to source maps and pictures that are not
    taken from there. A name that is missing from the manifest is shown as it is.
    """

    patterns = ()
    manifest_strict = False
