"""Who is there when: working hours, time limits, the duty roster, and drills of the chain."""
