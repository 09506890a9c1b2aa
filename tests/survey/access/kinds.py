"""What the doors are about, and whose it is."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    UNIT = "unit"
    SERVICE_TYPE = "service type"
    QUESTIONNAIRE = "questionnaire"
    SHELF = "shelf"
    LINK = "link"
    LINK_CODE = "link code"
    TOKEN = "token"
    RECEIPT = "receipt"
    RESPONSE = "response"
    COMMENT = "comment"
    BATCH = "batch"
    UPLOAD = "upload"  # nobody but the person who sent it
    NOTICE = "notice"  # nobody but the person it is for
    ENDPOINT = "endpoint"
    PERSON = "person"
    RUN = "run"
    ACTION = "action"
    CASE = "case"
    CAUSE = "cause"
    EVIDENCE = "evidence"
    TARGET = "target"
    RULE = "rule"
    REPLY = "reply"
    BENCHMARK = "benchmark"
    TURN = "turn"
    ABSENCE = "absence"
    DAY = "day"
    DRILL = "drill"
    CHART = "chart"
    REPORT = "report"
    FILE = "file"
    PLOTLY = "plotly"


class Whose(StrEnum):
    OWN = "own"
    FOREIGN = "foreign"
    MISSING = "missing"
