"""Letters on screen: made from an entry and its template, numbered, served, or made void."""
