"""The floor: the least that Python can do. SQL and rows-to-dicts by hand, no GraphQL at all."""
