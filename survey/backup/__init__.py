"""A backup of a running installation in one file, and an installation from a backup."""
