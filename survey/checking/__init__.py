"""Check a published figure: whether what a report prints can be, and what its comparison really gives."""
