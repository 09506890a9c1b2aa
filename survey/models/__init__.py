"""Tables and their invariants, one file an aggregate."""

from survey.models import guards
from survey.models.account import RoleName, User
from survey.models.action import Action, ActionEvent, ActionUnit, Direction, Happened, Part
from survey.models.alert import Alert, AlertMatch, Rule, RuleEvent, RuleHappened
from survey.models.audit import ActorKind, AuditEntry, Deed
from survey.models.baseline import Baseline
from survey.models.calibration import Calibration, ChosenReader, Evaluation, Why
from survey.models.case import (
    Appeal,
    Case,
    CaseCause,
    CaseEvent,
    CaseEvidence,
    CaseHappened,
    CaseKind,
    CaseResponse,
    CaseState,
    CaseText,
    CaseUnit,
    Contact,
    Party,
    Severity,
)
from survey.models.case_letter import CaseLetter
from survey.models.checks import CHECKS, LABELS
from survey.models.customer_tier import LONGEST_TIER, CustomerTier
from survey.models.digest import Cadence, Digest, DigestChoice
from survey.models.drill import Drill, DrillPlan
from survey.models.duty import (
    ROSTERED,
    Absence,
    DutyTurn,
    Hours,
    Limited,
    SpecialDay,
    Tier,
    TimeLimit,
    WorkCalendar,
)
from survey.models.erasure import Erased, Upkeep
from survey.models.intake import ImportRun, Phase
from survey.models.invitation import Batch, Invitation, ServiceEvent
from survey.models.joint import JointTally, KeptJoint
from survey.models.known_total import KnownTotals, Margin
from survey.models.label import CommentLabel, GivenTopics, How
from survey.models.ledger import NOWHERE, Begun, Delivery, Fate, LeftOut, LeftOutFor
from survey.models.link import Channel, Link, LinkState, state_of
from survey.models.message import (
    ChannelSetting,
    Endpoint,
    Message,
    MessageChoice,
    MessageStop,
    MessageText,
    Reason,
    State,
)
from survey.models.organisation import KINDS, ServiceType, Unit
from survey.models.questionnaire import Questionnaire, Series, Status, Version
from survey.models.reply import PublicReply
from survey.models.report import Report, Stage
from survey.models.response import Comment, Original, Response
from survey.models.saved_view import SavedView
from survey.models.sweep import SweepRun
from survey.models.tally import ANY, ANY_SERVICE, Grain, InvitationTally, KeptCount, Tally
from survey.models.target import Benchmark, Target
from survey.models.theme import HiddenTheme, Theme, ThemeSearch
from survey.models.topic import CommentTopic, OwnTerm, OwnTopic, Reader
from survey.models.upload import Upload

__all__ = [
    "ChannelSetting",
    "Endpoint",
    "Message",
    "MessageChoice",
    "MessageStop",
    "MessageText",
    "Reason",
    "State",
    "Margin",
    "KnownTotals",
    "LeftOutFor",
    "LeftOut",
    "Fate",
    "Delivery",
    "Begun",
    "NOWHERE",
    "ANY",
    "ANY_SERVICE",
    "CHECKS",
    "KINDS",
    "LABELS",
    "Action",
    "ActionEvent",
    "ActionUnit",
    "ActorKind",
    "Alert",
    "AlertMatch",
    "AuditEntry",
    "Baseline",
    "Batch",
    "Benchmark",
    "Appeal",
    "Case",
    "CaseCause",
    "CaseEvent",
    "CaseEvidence",
    "CaseHappened",
    "CaseKind",
    "CaseLetter",
    "CaseResponse",
    "CaseState",
    "CaseText",
    "CaseUnit",
    "Channel",
    "Contact",
    "Party",
    "Severity",
    "Comment",
    "Calibration",
    "ChosenReader",
    "CommentLabel",
    "GivenTopics",
    "CommentTopic",
    "OwnTerm",
    "OwnTopic",
    "Reader",
    "Cadence",
    "Evaluation",
    "Why",
    "CustomerTier",
    "LONGEST_TIER",
    "Deed",
    "Digest",
    "DigestChoice",
    "Direction",
    "Drill",
    "DrillPlan",
    "Erased",
    "Grain",
    "HiddenTheme",
    "Happened",
    "How",
    "ImportRun",
    "Invitation",
    "InvitationTally",
    "JointTally",
    "KeptCount",
    "KeptJoint",
    "Link",
    "LinkState",
    "Part",
    "Phase",
    "Original",
    "PublicReply",
    "Questionnaire",
    "Report",
    "Response",
    "Rule",
    "RuleEvent",
    "RuleHappened",
    "RoleName",
    "SavedView",
    "Series",
    "ServiceEvent",
    "ServiceType",
    "Stage",
    "Status",
    "SweepRun",
    "Tally",
    "Target",
    "Theme",
    "ThemeSearch",
    "Unit",
    "Upkeep",
    "Upload",
    "User",
    "Version",
    "ROSTERED",
    "Absence",
    "DutyTurn",
    "Hours",
    "Limited",
    "SpecialDay",
    "Tier",
    "TimeLimit",
    "WorkCalendar",
    "guards",
    "state_of",
]
