"""Strawberry as its documentation shows it: ORM objects, data loaders, one resolver a field."""
