"""Signing in as a test does it, and what the journal says of a user."""

import re

from django.test import Client

from dingdian.web import bureau

PASSWORD = "Correct-horse-7"  # noqa: S105 -- of the tests


def acts(username):
    """What the journal has of a user, in order."""
    return [note.act for note in bureau.journal().notes(f"user:{username}")]


def shown(answer):
    """The password or token that a page shows once."""
    return re.search(r'<code class="secret">([^<]+)</code>', answer.content.decode()).group(1)


def enter(username, password, client=None):
    """A client, and the answer to its sign-in."""
    client = client or Client()
    return client, client.post("/account/sign-in", {"username": username, "password": password})
