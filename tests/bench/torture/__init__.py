"""`python -m tests.bench.torture`: what could lose, double or refuse a submission is done to the real server.

people     who fill in forms and send each until they have a receipt
counting   every acknowledged submission is looked for in the database
servers    private PostgreSQL and Redis servers
kills, repeats, devices, lost_answers, scanners, restarts, full, locks, workers, queues: the tortures

Only this machine is contacted; what is started or mounted is stopped and removed, also when interrupted.
"""
