"""GraphQL itself: declarations, plans, pages, scalars and HTTP. It knows nothing of invoices."""
