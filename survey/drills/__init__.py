"""Drills: whether the chain of duty answers, and how long it takes, measured without a real case.

service     asking for a drill, beginning and stopping it
monthly     the drill that comes by itself each month, at a working hour that nobody knows before
sweep       the worker's part of both
course      one drill step by step: who was told when, by which channel, who answered
history     all drills: times, and shares within the limit
"""
