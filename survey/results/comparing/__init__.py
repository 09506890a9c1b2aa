"""Compare: any two sides, or many groups, by one question."""
