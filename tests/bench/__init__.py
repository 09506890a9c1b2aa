"""Measurements: `python -m tests.bench` and `python -m tests.bench.torture`. Both write docs/figures.md.

installation  a database and the real server and worker on it, in a folder of their own
bare          the ceiling: a Flask view that only returns a text or commits one row
clients       people who send requests, as cheap as possible
visits        respondents: fetch a form, fill it in, send it
rounds        both servers in turn, for pages and submissions
crowd*        a large organisation with as many processed responses as wanted
table         docs/figures.md
torture/      what could lose or double a submission, done to the real server

Only this machine is contacted. Processes are stopped by the id they were started with.
"""
