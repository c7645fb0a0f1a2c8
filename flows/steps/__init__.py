"""What each stage does, decided by what storage says: harmless to run at any time, twice, or
side by side. Joins `ascension.learning` and `storage`, which do not know each other."""
