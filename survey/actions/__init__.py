"""Improvements: registered before their result is known, judged by what is answered afterwards."""
