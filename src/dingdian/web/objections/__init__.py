"""Pages of the web system: objections to public notices."""
