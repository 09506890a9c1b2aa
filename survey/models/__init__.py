"""Tables and their invariants, one file an aggregate."""

from survey.models import guards
from survey.models.account import RoleName, User
from survey.models.audit import ActorKind, AuditEntry, Deed
from survey.models.checks import CHECKS
from survey.models.erasure import Erased, Upkeep
from survey.models.intake import ImportRun, Phase
from survey.models.invitation import Batch, Invitation, ServiceEvent
from survey.models.link import Channel, Link, LinkState, state_of
from survey.models.organisation import KINDS, ServiceType, Unit
from survey.models.questionnaire import Questionnaire, Series, Status, Version
from survey.models.response import Comment, Response
from survey.models.sweep import SweepRun
from survey.models.tally import ANY, ANY_SERVICE, Grain, InvitationTally, KeptCount, Tally
from survey.models.upload import Upload

__all__ = [
    "ANY",
    "ANY_SERVICE",
    "CHECKS",
    "KINDS",
    "ActorKind",
    "AuditEntry",
    "Batch",
    "Channel",
    "Comment",
    "Deed",
    "Erased",
    "Grain",
    "ImportRun",
    "Invitation",
    "InvitationTally",
    "KeptCount",
    "Link",
    "LinkState",
    "Phase",
    "Questionnaire",
    "Response",
    "RoleName",
    "Series",
    "ServiceEvent",
    "ServiceType",
    "Status",
    "SweepRun",
    "Tally",
    "Unit",
    "Upkeep",
    "Upload",
    "User",
    "Version",
    "guards",
    "state_of",
]
