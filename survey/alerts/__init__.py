"""Alerts: rules that say what must not wait, judged on each response as it is read.

parts/     the conditions of a rule, one class a kind; __init__ is the registry
terms      what a rule asks for: conditions, joined by all or any, and how many make one alert
said       one response as rules look at it
active     the rules that are switched on
raising    matches and alerts in the worker's transaction, and the cases they open
trying     what a rule would have found in the past
doubts     what is odd about a rule before it is saved: duplicates, contradictions, floods
watch      what a rule on figures looks at: a control chart, or a target
signals    which periods give a signal: as one would have seen it at their end
told       a signal in words, and where its chart is
watching   the worker's part: each new signal is an alert and a case for analysis, once
"""
