"""What is said beside weighted figures, and where there can be none."""

from __future__ import annotations

_EN = {
    "weights_figure": "weighted to {margins}; design effect {deff}, effective n {n}",
    "weights_column": "Weights",
    "weights_off": "not weighted",
    "weights_source": "{margin}: {source}, as of {day}",
    "weights_none": "Not weighted: no totals are known for this questionnaire.",
    "weights_empty_stratum": "Not weighted: there are known totals but no responses for {names}. Merge these, or choose more days.",
    "weights_no_total": "Not weighted: there are responses but no known total for {names}.",
    "weights_not_converged": "Not weighted: no weights meet all of the known totals with these responses.",
    "weights_no_answers": "Not weighted: there are no responses on these days.",
    "weights_margin_service_type": "service type",
    "weights_margin_channel": "channel",
    "weights_margin_locale": "language",
    "weights_margin_unit": "unit",
    "weights_and": ", ",
}
_HANS = {
    "weights_figure": "按{margins}加权；设计效应 {deff}，有效样本量 {n}",
    "weights_column": "加权",
    "weights_off": "未加权",
    "weights_source": "{margin}：{source}，截至 {day}",
    "weights_none": "未加权：这份问卷没有已知总数。",
    "weights_empty_stratum": "未加权：{names} 有已知总数，但没有答卷。请合并，或选择更长的时段。",
    "weights_no_total": "未加权：{names} 有答卷，但没有已知总数。",
    "weights_not_converged": "未加权：用这些答卷找不到同时符合所有已知总数的权重。",
    "weights_no_answers": "未加权：这些天没有答卷。",
    "weights_margin_service_type": "服务类型",
    "weights_margin_channel": "渠道",
    "weights_margin_locale": "语言",
    "weights_margin_unit": "单位",
    "weights_and": "、",
}
_HANT = {
    "weights_figure": "按{margins}加權；設計效應 {deff}，有效樣本數 {n}",
    "weights_column": "加權",
    "weights_off": "未加權",
    "weights_source": "{margin}：{source}，截至 {day}",
    "weights_none": "未加權：這份問卷沒有已知總數。",
    "weights_empty_stratum": "未加權：{names} 有已知總數，但沒有答卷。請合併，或選擇更長的時段。",
    "weights_no_total": "未加權：{names} 有答卷，但沒有已知總數。",
    "weights_not_converged": "未加權：用這些答卷找不到同時符合所有已知總數的權重。",
    "weights_no_answers": "未加權：這些天沒有答卷。",
    "weights_margin_service_type": "服務類型",
    "weights_margin_channel": "管道",
    "weights_margin_locale": "語言",
    "weights_margin_unit": "單位",
    "weights_and": "、",
}
TEXTS = {"en": _EN, "zh_Hans": _HANS, "zh_Hant": _HANT}
