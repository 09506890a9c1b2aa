"""The demonstration's units, service types and people."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """`level` is the mean opinion of its customers on a scale with standard deviation 1."""

    code: str
    parent: str | None
    kind: str
    zh_Hans: str
    zh_Hant: str
    en: str
    level: float = 0.0
    share: float = 0.0  # of the organisation's responses
    complaints: tuple[str, ...] = ()  # topics that its customers complain about more than others
    services: tuple[str, ...] = ()
    questionnaire: str = ""

    @property
    def names(self) -> dict[str, str]:
        return {"zh_Hans": self.zh_Hans, "zh_Hant": self.zh_Hant, "en": self.en}


_STAY = ("inpatient", "surgery")
_VISIT = ("outpatient", "examination", "pharmacy")
_HALL = ("bill", "connection", "meter")


def _ward(code: str, names: tuple[str, str, str], level: float, share: float, *complaints: str) -> DemoUnit:
    return DemoUnit(code, "hospital", "department", *names, level, share, complaints, _STAY, "ward-five")


def _clinic(code: str, names: tuple[str, str, str], level: float, share: float, *complaints: str) -> DemoUnit:
    return DemoUnit(code, "hospital", "department", *names, level, share, complaints, _VISIT, "nhs-fft")


def _hall(code: str, names: tuple[str, str, str], level: float, share: float, *complaints: str) -> DemoUnit:
    return DemoUnit(code, "power", "department", *names, level, share, complaints, _HALL, "power-hall")


UNITS = (
    DemoUnit("group", None, "headquarters", "临江公共服务集团", "臨江公共服務集團", "Linjiang Public Services"),
    DemoUnit("hospital", "group", "branch", "临江市第一医院", "臨江市第一醫院", "Linjiang First Hospital"),
    DemoUnit("power", "group", "branch", "临江供电公司", "臨江供電公司", "Linjiang Power"),
    _ward("internal", ("内科病区", "內科病房", "Internal medicine ward"), 0.1, 0.10),
    _ward("cardiology", ("心内科病区", "心臟內科病房", "Cardiology ward"), 0.35, 0.08),
    _ward("surgery", ("普外科病区", "一般外科病房", "Surgery ward"), 0.0, 0.09),
    _ward("orthopaedics", ("骨科病区", "骨科病房", "Orthopaedics ward"), -0.35, 0.08),
    _ward("obstetrics", ("产科病区", "產科病房", "Maternity ward"), 0.5, 0.07),
    _ward("paediatrics", ("儿科病区", "兒科病房", "Children's ward"), 0.2, 0.07, "environment"),
    _ward("hospice", ("安宁疗护病区", "安寧療護病房", "Hospice ward"), 0.7, 0.004),
    _clinic("outpatient", ("门诊部", "門診部", "Outpatient clinic"), 0.0, 0.14),
    _clinic("emergency", ("急诊科", "急診科", "Emergency department"), -0.55, 0.11, "waiting", "waiting"),
    _clinic("imaging", ("影像科", "影像科", "Imaging"), 0.15, 0.07),
    _hall("east-hall", ("城东营业厅", "城東營業廳", "East service hall"), 0.25, 0.06),
    _hall("west-hall", ("城西营业厅", "城西營業廳", "West service hall"), -0.2, 0.05, "waiting"),
    _hall("south-hall", ("城南营业厅", "城南營業廳", "South service hall"), 0.05, 0.05),
    DemoUnit("repair", "power", "department", "抢修中心", "搶修中心", "Repair centre", 0.1, 0.04,
             ("outage",), ("repair",), "power-hall"),
    DemoUnit("centre", "power", "department", "客户服务中心", "客戶服務中心", "Customer centre", 0.1, 0.05,
             ("waiting",), ("bill", "connection"), "rater-gap"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DemoService:
    code: str
    zh_Hans: str
    zh_Hant: str
    en: str
    level: float = 0.0
    names: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        names = {"zh_Hans": self.zh_Hans, "zh_Hant": self.zh_Hant, "en": self.en}
        object.__setattr__(self, "names", names)


SERVICES = (
    DemoService("inpatient", "住院护理", "住院護理", "Inpatient care", 0.05),
    DemoService("surgery", "手术", "手術", "Operation", 0.1),
    DemoService("outpatient", "门诊就诊", "門診就診", "Outpatient visit"),
    DemoService("examination", "检查检验", "檢查檢驗", "Examination", 0.1),
    DemoService("pharmacy", "取药", "領藥", "Pharmacy", -0.15),
    DemoService("bill", "电费业务", "電費業務", "Billing"),
    DemoService("connection", "新装增容", "新裝與增容", "New connection", -0.2),
    DemoService("meter", "电表服务", "電表服務", "Metering", 0.1),
    DemoService("repair", "故障抢修", "故障搶修", "Repair", 0.0),
)

# name, e-mail, role, unit, language
PEOPLE = (
    ("Administrator", "admin@afterword.example", "administrator", None, "en"),
    ("质量经理 李敏", "quality@afterword.example", "quality_manager", "hospital", "zh_Hans"),
    ("Quality manager", "power@afterword.example", "quality_manager", "power", "en"),
    ("護理長 陳怡君", "head@afterword.example", "head_of_unit", "orthopaedics", "zh_Hant"),
    ("护士 王芳", "staff@afterword.example", "staff", "orthopaedics", "zh_Hans"),
    ("护士 刘洋", "nurse@afterword.example", "staff", "hospital", "zh_Hans"),
    ("医务部主任 赵强", "medical@afterword.example", "head_of_unit", "hospital", "zh_Hans"),
    ("Head of customer service", "service@afterword.example", "head_of_unit", "power", "en"),
    ("Auditor", "auditor@afterword.example", "auditor", None, "en"),
)
