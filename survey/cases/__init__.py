"""Cases: what became of a bad experience, from the alert to the answer. See docs/cases.md.

life      what may follow what, and the one way in which a case changes
service   opening, acknowledging, resolving, closing
together  merging cases, asking a second unit, passing a case on
appeals   the unit says that the case is not its to answer for
"""
