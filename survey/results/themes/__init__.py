"""New themes: phrases on the rise that no topic covers, found by the worker and offered as new topics."""
