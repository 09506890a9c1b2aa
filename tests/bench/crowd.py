"""A large organisation: 40 units, 6 service types, 12 scales and a comment, 18 months, as many responses as wanted.

The responses are written as if the worker had read them (sentiments drawn, not computed), with the tallies that
`tallies verify` accepts; there is a personal invitation for every fifth of them.
"""

from __future__ import annotations

import itertools
from datetime import timedelta

import numpy as np

from survey import clock
from survey.design.service import publish, save_draft
from survey.extensions import db
from survey.locales import LOCALES
from survey.models import Batch, Channel, Version
from survey.processing import invitation_recount
from tests import factories
from tests.bench import crowd_joint, crowd_rows, crowd_topics
from tests.bench.crowd_copies import multiply
from tests.bench.crowd_counts import COLUMNS, Counts
from tests.bench.crowd_draw import CODES, Crowd, draw
from tests.bench.crowd_joint import Joints
from tests.bench.crowd_topics import TopicCounts
from tests.bench.loading import hurry, load, settle

BRANCHES, DEPARTMENTS, SERVICES, DAYS = 4, 36, 6, 548  # with the headquarters 41 units
INVITED = 5  # responses to each invitation
RECOMMEND = {"type": "nps", "code": CODES[-1], "wording": {"en": "Would you recommend us?"}}


def questionnaire() -> Version:
    rating = factories.document()["sections"][0]["questions"][0]
    comment = factories.document()["sections"][0]["questions"][1]
    ratings = [rating | {"code": code, "wording": {"en": code}} for code in CODES[:-1]]
    points = [{"value": v, "label": {"en": f"{v} points"}} for v in range(1, 6)]
    wording = {"wording": {"en": "Why?"}}
    version = save_draft(
        factories.document(
            code="crowd",
            languages=["en"],
            title={"en": "Crowd"},
            privacy={"notice": {"en": "We keep your answers."}},
            sections=[
                {
                    "code": "all",
                    "questions": [*(r | {"points": points} for r in ratings), RECOMMEND, comment | wording],
                }
            ],
        )
    )
    publish(version)
    return version


def gathered() -> Crowd:
    """The organisation in the database."""
    root = factories.UnitFactory(kind="headquarters", code="all")
    branches = [factories.UnitFactory(kind="branch", parent=root, code=f"b{i}") for i in range(BRANCHES)]
    units = [factories.UnitFactory(parent=branches[i % BRANCHES], code=f"d{i}") for i in range(DEPARTMENTS)]
    services = [factories.ServiceTypeFactory(code=f"s{i}") for i in range(SERVICES)]
    version = questionnaire()
    batch = Batch(questionnaire_id=version.questionnaire_id, channel=Channel.SMS, created_at=clock.now())
    db.session.add(batch)
    db.session.flush()
    db.session.refresh(version)
    db.session.expunge(version)  # read once more after a commit, it would wait for the COPY that asks for it
    last = clock.today("Asia/Shanghai")
    return Crowd(
        version,
        batch.id.hex,
        sorted(unit.id for unit in units),
        sorted(service.id for service in services),
        sorted(channel.value for channel in (Channel.QR, Channel.SMS, Channel.WEB)),
        sorted(LOCALES),
        [(last - timedelta(days=back)).isoformat() for back in range(DAYS - 1, -1, -1)],
    )


def fill(count: int, seed: int, times: int = 1) -> None:
    """Into an empty database: `count` responses, each so many times. Commits."""
    hurry()
    rng = np.random.default_rng(seed)
    crowd, zone = gathered(), db.engine.dialect.name == "postgresql"
    counts, joints, topics = Counts(crowd), Joints(crowd), TopicCounts(crowd)
    for drawn in draw(crowd, count, rng):
        ids = [crowd_rows.identity(drawn.first + n, rng, count) for n in range(len(drawn.labels))]
        load("response", crowd_rows.RESPONSE, crowd_rows.responses(crowd, drawn, ids, zone))
        load("comment", crowd_rows.COMMENT, crowd_rows.comments(crowd, drawn, ids, db.engine.dialect.name))
        load("comment_topic", crowd_topics.COMMENT_TOPIC, crowd_topics.comment_topics(crowd, drawn, ids))
        topics.add(drawn)
        counts.add(drawn)
        joints.add(drawn)
        db.session.commit()
    load("tally", COLUMNS, counts.rows(times))
    load("tally", COLUMNS, topics.rows(times))
    load("joint_tally", crowd_joint.COLUMNS, joints.rows(times))
    made = crowd_rows.events(crowd, count // INVITED, zone, rng)
    while some := list(itertools.islice(made, 50_000)):
        load("service_event", crowd_rows.EVENT, [event for event, _invitation in some])
        load("invitation", crowd_rows.INVITATION, [invitation for _event, invitation in some])
    multiply(times)
    invitation_recount.rebuild()
    settle()
