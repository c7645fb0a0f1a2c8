"""Integer ids of all content, derived from the tables in `content/`."""
