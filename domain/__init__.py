"""The rules of money, tax, terms, status, payments and aging: no clock, no I/O, no dependencies."""
