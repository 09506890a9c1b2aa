"""What each form may change: `table.column` of rows that are there, `+table` new ones, `-table` removed ones."""

from __future__ import annotations

SESSIONS = "user_account.fs_uniquifier"

MAY_CHANGE: dict[str, set[str]] = {
    "accounts.me": {"user_account.name", "user_account.locale"},
    "accounts.sign_out_everywhere": {SESSIONS},
    "home.language": {"user_account.locale"},
    "security.mf_recovery_codes": {"user_account.mf_recovery_codes"},
    "users.new": {"+user_account"},
    "users.edit": {f"user_account.{name}" for name in ("email", "name", "role", "unit_id", "locale")}
    | {SESSIONS},
    "users.link": {SESSIONS},
    "users.do": {"user_account.active", SESSIONS},
    "organisation.new_unit": {"+unit"},
    "organisation.unit": {"unit.kind", "unit.names"},
    "organisation.move": {"unit.parent_id", "unit.path", "unit.position"},
    "organisation.do": {"unit.closed_at", "unit.position", "-unit"},
    "organisation.new_service_type": {"+service_type"},
    "organisation.service_type": {"service_type.names"},
    "organisation.do_service_type": {"service_type.closed_at", "service_type.position", "-service_type"},
    "design.take": {"+questionnaire", "+questionnaire_version"},
    "design.do": {
        *(f"questionnaire_version.{name}" for name in ("published_at", "published_by", "series", "status")),
        "-questionnaire_version",
        "questionnaire.retired_at",
    },
    "distribute.new": {"+link"},
    "distribute.edit": {"link.label", "link.opens_at", "link.closes_at"},
    "distribute.pause": {"link.paused_at"},
    "distribute.resume": {"link.paused_at"},
    "distribute.close": {"link.closed_at"},
    "distribute.invitations.make": {
        "+invitation",
        "+invitation_batch",
        "+invitation_tally",
        "invitation_tally.sent",
        "+left_out",
        "+service_event",
        "-upload",
    },
    "distribute.invitations.report": {"+delivery"},
    "distribute.invitations.discard": {"-upload"},
    "distribute.invitations.links": {
        "invitation.expires_at",
        "invitation.token_hash",
        "invitation_batch.issued_at",
        "invitation_batch.expires_at",
    },
    "known_totals.show": {"+known_totals"},
    "actions.new": {"+action", "+action_event", "+action_unit"},
    "actions.amend": {"+action_event", "+action_unit"},
    "actions.stop": {"+action_event", "+action_unit"},
    "reports.ask": {"+report"},
    "targets.new": {"+target"},
    "targets.end": {"target.valid_to"},
    "targets.remove_benchmark": {"-benchmark"},
    "intake.check": {"import_run.map", "import_run.create_units", "import_run.phase"},
    "intake.start": {"import_run.phase"},
    "intake.remove": {"-import_run"},
    "respond.erase": {"+erased", "-comment", "-response", "tally.count"},
}
