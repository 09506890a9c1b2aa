"""Tables and their invariants, one file an aggregate."""

from survey.models import guards
from survey.models.account import RoleName, User
from survey.models.action import Action, ActionEvent, ActionUnit, Direction, Happened, Part
from survey.models.audit import ActorKind, AuditEntry, Deed
from survey.models.baseline import Baseline
from survey.models.checks import CHECKS
from survey.models.erasure import Erased, Upkeep
from survey.models.intake import ImportRun, Phase
from survey.models.invitation import Batch, Invitation, ServiceEvent
from survey.models.joint import JointTally, KeptJoint
from survey.models.known_total import KnownTotals, Margin
from survey.models.ledger import NOWHERE, Begun, Delivery, Fate, LeftOut, LeftOutFor
from survey.models.link import Channel, Link, LinkState, state_of
from survey.models.organisation import KINDS, ServiceType, Unit
from survey.models.questionnaire import Questionnaire, Series, Status, Version
from survey.models.report import Report, Stage
from survey.models.response import Comment, Original, Response
from survey.models.sweep import SweepRun
from survey.models.tally import ANY, ANY_SERVICE, Grain, InvitationTally, KeptCount, Tally
from survey.models.target import Benchmark, Target
from survey.models.upload import Upload

__all__ = [
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
    "Action",
    "ActionEvent",
    "ActionUnit",
    "ActorKind",
    "AuditEntry",
    "Baseline",
    "Batch",
    "Benchmark",
    "Channel",
    "Comment",
    "Deed",
    "Direction",
    "Erased",
    "Grain",
    "Happened",
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
    "Questionnaire",
    "Report",
    "Response",
    "RoleName",
    "Series",
    "ServiceEvent",
    "ServiceType",
    "Stage",
    "Status",
    "SweepRun",
    "Tally",
    "Target",
    "Unit",
    "Upkeep",
    "Upload",
    "User",
    "Version",
    "guards",
    "state_of",
]
