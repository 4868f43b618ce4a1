"""The papers of a plan: official documents as Word and PDF, from templates that a bureau edits."""
