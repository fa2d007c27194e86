"""QuickBooks Online, seen from here."""
