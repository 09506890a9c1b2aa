"""What is wrong with a questionnaire."""

from __future__ import annotations

TEXTS = {
    "en": {
        "instrument_title_fine": "Nothing wrong with the questionnaire was found",
        "instrument_title_wrong": "The questionnaire has weak points: {n}",
        "instrument_list": "“{label}”",
        "instrument_alpha_low": "The questions of {name} go together too little to be added up: alpha {alpha}, probably {low} to {high}, where 0.7 is usual.",
        "instrument_alpha_high": "The questions of {name} are nearly the same question: alpha {alpha}, probably {low} to {high}. Some may be left out.",
        "instrument_item": "{label} hardly goes with the others: correlation {r}, probably {low} to {high}, where 0.3 is usual.",
        "instrument_no_spread": "{label} got the same answer from everybody and tells nothing.",
        "instrument_ceiling": "{label}: {share}% give the best answer, probably {low} to {high}%. It can hardly show that something got better.",
        "instrument_floor": "{label}: {share}% give the worst answer, probably {low} to {high}%. It can hardly show that something got worse.",
        "instrument_not_applicable": "{label} does not apply to {share}% of those asked, probably {low} to {high}%.",
        "instrument_missing": "{label} is left out by {share}% of those asked, probably {low} to {high}%.",
        "instrument_whole": "the questionnaire",
    },
    "zh_Hans": {
        "instrument_title_fine": "没有发现问卷有问题",
        "instrument_title_wrong": "问卷有 {n} 处不足",
        "instrument_list": "“{label}”",
        "instrument_alpha_low": "{name}各题彼此关联太弱，不宜合计：信度系数 {alpha}，真实值很可能在 {low} 到 {high} 之间，通常要求 0.7。",
        "instrument_alpha_high": "{name}各题几乎是同一个问题：信度系数 {alpha}，真实值很可能在 {low} 到 {high} 之间，可以删去一些。",
        "instrument_item": "{label}与其他题几乎不相关：相关系数 {r}，真实值很可能在 {low} 到 {high} 之间，通常要求 0.3。",
        "instrument_no_spread": "{label}所有人的回答都相同，没有信息。",
        "instrument_ceiling": "{label}：{share}% 选择最好的答案，真实值很可能在 {low}% 到 {high}% 之间，几乎看不出进步。",
        "instrument_floor": "{label}：{share}% 选择最差的答案，真实值很可能在 {low}% 到 {high}% 之间，几乎看不出退步。",
        "instrument_not_applicable": "{label}对 {share}% 的被访者不适用，真实值很可能在 {low}% 到 {high}% 之间。",
        "instrument_missing": "{label}有 {share}% 的被访者没有回答，真实值很可能在 {low}% 到 {high}% 之间。",
        "instrument_whole": "整份问卷",
    },
    "zh_Hant": {
        "instrument_title_fine": "沒有發現問卷有問題",
        "instrument_title_wrong": "問卷有 {n} 處不足",
        "instrument_list": "「{label}」",
        "instrument_alpha_low": "{name}各題彼此關聯太弱，不宜合計：信度係數 {alpha}，真實值很可能在 {low} 到 {high} 之間，通常要求 0.7。",
        "instrument_alpha_high": "{name}各題幾乎是同一個問題：信度係數 {alpha}，真實值很可能在 {low} 到 {high} 之間，可以刪去一些。",
        "instrument_item": "{label}與其他題幾乎不相關：相關係數 {r}，真實值很可能在 {low} 到 {high} 之間，通常要求 0.3。",
        "instrument_no_spread": "{label}所有人的回答都相同，沒有資訊。",
        "instrument_ceiling": "{label}：{share}% 選擇最好的答案，真實值很可能在 {low}% 到 {high}% 之間，幾乎看不出進步。",
        "instrument_floor": "{label}：{share}% 選擇最差的答案，真實值很可能在 {low}% 到 {high}% 之間，幾乎看不出退步。",
        "instrument_not_applicable": "{label}對 {share}% 的受訪者不適用，真實值很可能在 {low}% 到 {high}% 之間。",
        "instrument_missing": "{label}有 {share}% 的受訪者沒有回答，真實值很可能在 {low}% 到 {high}% 之間。",
        "instrument_whole": "整份問卷",
    },
}
