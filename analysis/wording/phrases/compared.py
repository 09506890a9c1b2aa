"""What is said of two sides, or of several groups, compared."""

from __future__ import annotations

_EN = {
    "compared_likely_real": "{first} is {change} than {second}: likely real, probably between {low} and {high} points.",
    "compared_cannot_tell": (
        "{first} is {change} than {second}, but we cannot tell it from chance: anything between {low} and {high}."
    ),
    "compared_cannot_tell_even": (
        "No difference between {first} and {second}, but we cannot tell: anything between {low} and {high}."
    ),
    "compared_no_important_difference": (
        "Likely no important difference between {first} and {second}: between {low} and {high}."
    ),
    "compared_change_too_few": "{first} is {change} than {second}; too few answers to say whether that is chance.",
    "compared_change_too_few_even": "No difference between {first} and {second}; too few answers to say more.",
    "compared_title_likely_real": "{first} and {second} differ: likely real",
    "compared_title_cannot_tell": "{first} and {second}: we cannot tell whether they differ",
    "compared_title_no_important_difference": "{first} and {second}: likely no important difference",
    "compared_plain": (
        "On average {first} is {change} than {second}; whether that is more than the usual up and down is not said here."
    ),
    "compared_title_follow": "{first} and {second}: one follows the other",
    "compared_sides": "{first}. {second}.",
    "compared_detectable": (
        "So many answers show a true difference of {amount} in four of five cases; a smaller one may stay unseen."
    ),
    "compared_detectable_none": "So few answers could not have shown any difference.",
    "compared_independent": (
        "Both sides are taken as different people: answers through open links do not tell who answered twice."
    ),
    "compared_change_date": (
        "One period follows the other directly. What changed on a day is judged by the series before and after it "
        "(pages Trend and Actions), not by two averages; so no test is made here."
    ),
    "compared_order_same": "Comparing the order of the answers instead of their average gives the same result.",
    "compared_order_other": (
        "Comparing the order of the answers instead of their average gives another result: take care."
    ),
    "compared_mix_alike": "By {what}, the same kinds of people answered on both sides, as far as one can tell.",
    "compared_mix_differs": (
        "Take care: by {what}, different people answered. {label}: {one} on the side of {first}, {other} of {second}."
    ),
    "compared_mix_alone": "By {what}, all shown answers of both sides are of one kind.",
    "compared_mix_hidden": "By {what}, too few answered on these days to show who they are; whole months show more.",
    "compared_at_one_mix": "With the same mix by {what}: {sentence}",
    "compared_raw": "as answered",
    "compared_adjusted": "same mix: {what}",
    "compared_axis": "first minus second, points",
    "compared_axis_groups": "higher minus lower, points",
    "compared_by_service_type": "service type",
    "compared_by_channel": "channel",
    "compared_by_locale": "language",
    "compared_unimportant": "unimportant",
    "compared_order_rises": "From the first of these {n} groups to the last the share rises: that is likely real.",
    "compared_order_falls": "From the first of these {n} groups to the last the share falls: that is likely real.",
    "compared_order_cannot": "We cannot tell a rise or a fall over these {n} groups from chance.",
    "compared_groups_real": "Not all of the {n} groups are alike: that is likely real.",
    "compared_groups_cannot": "We cannot tell whether any of the {n} groups differ.",
    "compared_pairs_one": "Of {pairs} pairs 1 differs, likely real after allowing for so many comparisons (Holm).",
    "compared_pairs": "Of {pairs} pairs {n} differ, likely real after allowing for so many comparisons (Holm).",
    "compared_pairs_none": "Of {pairs} pairs none can be told apart after allowing for so many comparisons (Holm).",
    "compared_many": "With more than {most} groups no pairs are compared; choose two, or a higher level.",
}
_ZH_HANS = {
    "compared_likely_real": "{first}比{second}{change}，很可能是真实差异（大约在 {low} 到 {high} 之间）。",
    "compared_cannot_tell": "{first}比{second}{change}，但可能只是偶然，尚不能判断（介于{low}与{high}之间）。",
    "compared_cannot_tell_even": "{first}与{second}持平，但尚不能判断（介于{low}与{high}之间）。",
    "compared_no_important_difference": "{first}与{second}相比，很可能没有重要差异（介于{low}与{high}之间）。",
    "compared_change_too_few": "{first}比{second}{change}，回答太少，无法判断是否出于偶然。",
    "compared_change_too_few_even": "{first}与{second}持平，回答太少，无法进一步判断。",
    "compared_title_likely_real": "{first}与{second}不同：很可能是真实差异",
    "compared_title_cannot_tell": "{first}与{second}：尚不能判断是否不同",
    "compared_title_no_important_difference": "{first}与{second}：很可能没有重要差异",
    "compared_plain": "平均来看，{first}比{second}{change}；是否超出平常的起伏，这里不作判断。",
    "compared_title_follow": "{first}与{second}：首尾相接的两个时期",
    "compared_sides": "{first}。{second}。",
    "compared_detectable": "以这样的回答数，真实差异达到{amount}时，五次中有四次能看出来；更小的差异可能看不出。",
    "compared_detectable_none": "回答太少，任何差异都看不出来。",
    "compared_independent": "两边按不同的人处理：通过公开链接作答，无法知道谁两边都答过。",
    "compared_change_date": (
        "两个时期首尾相接。某一天的改变要看前后的走势（“趋势”和“改进措施”页面），而不是比较两个平均数，因此这里不作检验。"
    ),
    "compared_order_same": "改为比较答案的高低次序，结论相同。",
    "compared_order_other": "改为比较答案的高低次序，结论不同，请谨慎。",
    "compared_mix_alike": "按{what}看，两边作答的人构成相近，看不出差别。",
    "compared_mix_differs": "请注意：按{what}看，两边作答的人不同。{label}：{first}一边占 {one}，{second}一边占 {other}。",
    "compared_mix_alone": "按{what}看，两边显示的回答都属于同一类。",
    "compared_mix_hidden": "按{what}看，这些日子人数太少，不能显示由哪些人作答；选整月能看到更多。",
    "compared_at_one_mix": "按{what}调成相同构成后：{sentence}",
    "compared_raw": "按实际回答",
    "compared_adjusted": "相同构成：{what}",
    "compared_axis": "第一边减第二边（分）",
    "compared_axis_groups": "较高减较低（分）",
    "compared_by_service_type": "服务类型",
    "compared_by_channel": "渠道",
    "compared_by_locale": "语言",
    "compared_unimportant": "不重要",
    "compared_order_rises": "从第一组到最后一组（共 {n} 组），占比呈上升：很可能是真实变化。",
    "compared_order_falls": "从第一组到最后一组（共 {n} 组），占比呈下降：很可能是真实变化。",
    "compared_order_cannot": "这 {n} 组之间是否有持续上升或下降，尚不能与偶然区分。",
    "compared_groups_real": "这 {n} 组并非都一样：很可能是真实差异。",
    "compared_groups_cannot": "尚不能判断这 {n} 组之间是否有差别。",
    "compared_pairs_one": "{pairs} 对中有 1 对不同，考虑了比较次数（霍尔姆法）后很可能是真实差异。",
    "compared_pairs": "{pairs} 对中有 {n} 对不同，考虑了比较次数（霍尔姆法）后很可能是真实差异。",
    "compared_pairs_none": "考虑了比较次数（霍尔姆法）后，{pairs} 对中没有一对能判断有差别。",
    "compared_many": "超过 {most} 组时不作两两比较；请选择其中两组，或选择更高一级。",
}
_ZH_HANT = {
    "compared_likely_real": "{first}比{second}{change}，很可能是真實差異（大約介於 {low} 到 {high} 之間）。",
    "compared_cannot_tell": "{first}比{second}{change}，但可能只是偶然，尚無法判斷（介於{low}與{high}之間）。",
    "compared_cannot_tell_even": "{first}與{second}持平，但尚無法判斷（介於{low}與{high}之間）。",
    "compared_no_important_difference": "{first}與{second}相比，很可能沒有重要差異（介於{low}與{high}之間）。",
    "compared_change_too_few": "{first}比{second}{change}，回答太少，無法判斷是否出於偶然。",
    "compared_change_too_few_even": "{first}與{second}持平，回答太少，無法進一步判斷。",
    "compared_title_likely_real": "{first}與{second}不同：很可能是真實差異",
    "compared_title_cannot_tell": "{first}與{second}：尚無法判斷是否不同",
    "compared_title_no_important_difference": "{first}與{second}：很可能沒有重要差異",
    "compared_plain": "平均來看，{first}比{second}{change}；是否超出平常的起伏，這裡不作判斷。",
    "compared_title_follow": "{first}與{second}：首尾相接的兩個時期",
    "compared_sides": "{first}。{second}。",
    "compared_detectable": "以這樣的回答數，真實差異達到{amount}時，五次中有四次看得出來；更小的差異可能看不出。",
    "compared_detectable_none": "回答太少，任何差異都看不出來。",
    "compared_independent": "兩邊視為不同的人：透過公開連結作答，無法知道誰兩邊都答過。",
    "compared_change_date": (
        "兩個時期首尾相接。某一天的改變要看前後的走勢（「趨勢」和「改善措施」頁面），而不是比較兩個平均數，因此這裡不作檢定。"
    ),
    "compared_order_same": "改為比較答案的高低次序，結論相同。",
    "compared_order_other": "改為比較答案的高低次序，結論不同，請謹慎。",
    "compared_mix_alike": "按{what}看，兩邊作答的人構成相近，看不出差別。",
    "compared_mix_differs": "請注意：按{what}看，兩邊作答的人不同。{label}：{first}一邊占 {one}，{second}一邊占 {other}。",
    "compared_mix_alone": "按{what}看，兩邊呈現的回答都屬於同一類。",
    "compared_mix_hidden": "按{what}看，這些日子人數太少，不能呈現由哪些人作答；選整月能看到更多。",
    "compared_at_one_mix": "按{what}調成相同構成後：{sentence}",
    "compared_raw": "按實際回答",
    "compared_adjusted": "相同構成：{what}",
    "compared_axis": "第一邊減第二邊（分）",
    "compared_axis_groups": "較高減較低（分）",
    "compared_by_service_type": "服務類型",
    "compared_by_channel": "管道",
    "compared_by_locale": "語言",
    "compared_unimportant": "不重要",
    "compared_order_rises": "從第一組到最後一組（共 {n} 組），占比呈上升：很可能是真實變化。",
    "compared_order_falls": "從第一組到最後一組（共 {n} 組），占比呈下降：很可能是真實變化。",
    "compared_order_cannot": "這 {n} 組之間是否有持續上升或下降，尚無法與偶然區分。",
    "compared_groups_real": "這 {n} 組並非都一樣：很可能是真實差異。",
    "compared_groups_cannot": "尚無法判斷這 {n} 組之間是否有差別。",
    "compared_pairs_one": "{pairs} 對中有 1 對不同，考慮了比較次數（霍爾姆法）後很可能是真實差異。",
    "compared_pairs": "{pairs} 對中有 {n} 對不同，考慮了比較次數（霍爾姆法）後很可能是真實差異。",
    "compared_pairs_none": "考慮了比較次數（霍爾姆法）後，{pairs} 對中沒有一對能判斷有差別。",
    "compared_many": "超過 {most} 組時不作兩兩比較；請選擇其中兩組，或選擇更高一級。",
}
TEXTS = {"en": _EN, "zh_Hans": _ZH_HANS, "zh_Hant": _ZH_HANT}
