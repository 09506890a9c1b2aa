"""Phrases of our own from which the demonstration's comments are composed: language -> topic -> (good, bad)."""

from __future__ import annotations

Phrases = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

EN: Phrases = {
    "staff": (
        (
            "The staff were kind and patient.",
            "Everyone was friendly and took time for me.",
            "Very polite and professional.",
        ),
        (
            "They were short with me.",
            "Nobody listened to what I said.",
            "I felt treated like a number.",
        ),
    ),
    "waiting": (
        ("I was seen at once.", "Hardly any waiting.", "It was quicker than I expected."),
        (
            "I waited over two hours.",
            "The queue was far too long.",
            "The waiting was endless and nobody told us why.",
        ),
    ),
    "environment": (
        ("Everything was clean and bright.", "It was quiet and comfortable."),
        ("The toilets were dirty.", "It was far too noisy.", "It was cold and crowded."),
    ),
    "information": (
        ("Everything was explained clearly.", "I knew at every step what would happen next."),
        ("Nobody explained anything to me.", "I got three different answers to one question."),
    ),
    "outcome": (
        ("My problem was solved in one go.", "Done on the first visit, thank you all."),
        ("The problem is still not solved.", "I had to come back a second time."),
    ),
    "price": (
        ("The bill was clear.", "Fair price and no surprises."),
        ("The bill was wrong and I was overcharged.", "Far too expensive for what it was."),
    ),
    "outage": (
        ("Power was back within the hour.", "The repair crew came promptly."),
        ("The power was off all evening.", "No notice before the outage."),
    ),
}

ZH_HANS: Phrases = {
    "staff": (
        ("工作人员态度很好，很耐心。", "服务热情，非常专业。", "大家都很亲切，解释得很仔细。"),
        ("态度很差。", "没有人认真听我说话。", "说话很不耐烦，让人不舒服。"),
    ),
    "waiting": (
        ("几乎不用等。", "办理速度很快。", "比想象中快多了。"),
        ("等了两个多小时。", "排队时间太长了。", "一直等，也没人说明原因。"),
    ),
    "environment": (
        ("环境干净整洁。", "安静舒适。", "地方明亮，座位充足。"),
        ("厕所很脏。", "太吵了，让人心烦。", "又挤又闷。"),
    ),
    "information": (
        ("讲解得清楚明白。", "每一步都告诉我该怎么做。"),
        ("没有人说明注意事项。", "问三个人得到三种答案。"),
    ),
    "outcome": (
        ("一次就解决了问题。", "一次办好，谢谢大家。"),
        ("问题到现在还没解决。", "同一件事跑了两趟。"),
    ),
    "price": (
        ("收费透明，明明白白。", "价格合理。"),
        ("账单算错了，多收了钱。", "收费太贵，也不清楚。"),
    ),
    "outage": (
        ("不到一小时就恢复供电。", "抢修师傅来得很及时。"),
        ("停电停了一晚上。", "停电之前没有通知。"),
    ),
}

ZH_HANT: Phrases = {
    "staff": (
        ("工作人員態度很好，很有耐心。", "服務親切，非常專業。", "大家都很溫柔，說明得很仔細。"),
        ("態度很差。", "沒有人認真聽我說話。", "講話很不耐煩，感覺不被尊重。"),
    ),
    "waiting": (
        ("幾乎不用等。", "辦理速度很快。"),
        ("等了兩個多小時。", "排隊時間太長了。", "一直等，也沒有人說明原因。"),
    ),
    "environment": (
        ("環境乾淨整潔。", "安靜舒適。"),
        ("廁所很髒。", "太吵，讓人心煩。", "又擠又悶。"),
    ),
    "information": (
        ("說明得清楚明白。", "每一步都告訴我該怎麼做。"),
        ("沒有人說明注意事項。", "問三個人得到三種答案。"),
    ),
    "outcome": (
        ("一次就把問題解決了。", "一次辦好，謝謝大家。"),
        ("問題到現在還沒解決。", "同一件事跑了兩趟。"),
    ),
    "price": (
        ("收費透明，清清楚楚。", "價格合理。"),
        ("帳單算錯，多收了錢。", "收費太貴，也不清楚。"),
    ),
    "outage": (
        ("不到一小時就恢復供電。", "搶修師傅來得很快。"),
        ("停電停了一整晚。", "停電之前沒有通知。"),
    ),
}

PHRASES: dict[str, Phrases] = {"en": EN, "zh_Hans": ZH_HANS, "zh_Hant": ZH_HANT}
NOTHING = {
    "en": ("Nothing", "N/A", "None."),
    "zh_Hans": ("无", "没有", "没意见"),
    "zh_Hant": ("無", "沒有", "沒意見"),
}
BUT = {"en": " But ", "zh_Hans": "不过", "zh_Hant": "不過"}
STUFFED = "服务特别好，工作人员非常热情，办事效率高，样样都十分满意，给满分！"
# What must become a case in later chapters: harm, threat, corruption. (language, unit, text)
CALL_ME = {"name": "林女士", "phone": "13800138000"}

ALARMING = (
    ("zh_Hans", "orthopaedics", "我母亲从床上摔下来，按铃半小时没有人来。"),
    (
        "en",
        "emergency",
        "My father was given the wrong medication and nobody apologised. I will go to a lawyer.",
    ),
    ("zh_Hant", "surgery", "醫生暗示要給紅包才能早點開刀，我要投訴。"),
    ("zh_Hans", "west-hall", "电表箱冒火花，报修三次没人管，要出人命的！"),
    (
        "en",
        "repair",
        "A bare cable has been hanging over the playground for two days. Somebody will be killed.",
    ),
)
# A theme of the last weeks that no topic covers.
RISING = (
    "电子屏挂得太高，老人看不见。",
    "电子屏一直黑着，不知道轮到谁。",
    "新换的电子屏字太小。",
    "电子屏闪得眼睛疼，能不能调一调。",
    "坐在后面根本看不到电子屏。",
)
