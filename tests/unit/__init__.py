"""Pure functions and what is drawn from given rows: no export, no warehouse, no page, no browser."""
