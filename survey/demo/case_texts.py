"""What is said and chosen in the demonstration's cases."""

from __future__ import annotations

Names = dict[str, str]


def named(hans: str, hant: str, en: str) -> Names:
    return {"zh_Hans": hans, "zh_Hant": hant, "en": en}


REASON = {
    "code": "demo-negative",
    "names": named("意见情感为负面", "意見情感為負面", "A comment with a negative sentiment"),
}
CAUSES: tuple[tuple[Names, tuple[Names, ...]], ...] = (
    (
        named("流程", "流程", "Process"),
        (
            named("等候过久", "等候過久", "Waited too long"),
            named("交接遗漏", "交接遺漏", "Lost at a hand-over"),
            named("预约安排不当", "預約安排不當", "Appointment badly planned"),
        ),
    ),
    (
        named("沟通", "溝通", "Communication"),
        (
            named("解释不清", "解釋不清", "Not explained well"),
            named("态度生硬", "態度生硬", "Unkind manner"),
        ),
    ),
    (
        named("环境与设备", "環境與設備", "Surroundings and equipment"),
        (
            named("噪声或卫生", "噪音或衛生", "Noise or cleanliness"),
            named("设备故障", "設備故障", "Equipment out of order"),
        ),
    ),
    (named("费用", "費用", "Costs"), (named("收费不明", "收費不明", "Bill not understood"),)),
)
READ_BACKS: dict[str, tuple[tuple[str, str], ...]] = {
    "zh": (
        ("等候超过两小时，期间没有人说明原因。", "今天下班前电话致歉并说明原因，本周调整叫号安排。"),
        ("对费用有疑问，窗口没有解释清楚。", "今天核对账单，明天中午前回电逐项说明。"),
        ("夜间噪声大，影响休息。", "今晚巡视并提醒，明天上午回访。"),
    ),
    "en": (
        (
            "Waited more than two hours, and nobody said why.",
            "Call today to apologise and explain; change the queue this week.",
        ),
        ("Nobody explained what the medicine is for.", "The pharmacist calls tomorrow before noon."),
        ("It was loud at night.", "Round tonight, a call tomorrow morning."),
    ),
}
RESOLUTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "zh": (
        ("高峰时段增开一个窗口，已排入班表。", "已电话致歉并说明改进，客户表示接受。"),
        ("交接单增加一栏，晨会上已培训。", "已当面解释，问题解决。"),
    ),
    "en": (
        (
            "A second desk at the busy hours, planned in the rota.",
            "Apologised by telephone; the customer accepts it.",
        ),
        (
            "The hand-over sheet has a new line; taught at the morning meeting.",
            "Explained in person; the matter is settled.",
        ),
    ),
}
