"""Use cases: lock, check, change, recompute, tell. They never commit and never read a clock."""
