"""As this release has it."""

from importlib import import_module

Migration = import_module("dingdian.storage.db.migrations.0003_taking").Migration
