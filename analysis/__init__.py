"""Pure analysis: no Flask, no database, nothing of the survey application."""
