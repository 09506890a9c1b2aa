"""Robots, webhooks and text messages get what their documentation says, from a real server's point of view."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from standardwebhooks import Webhook as Verifier

from survey.channels import CHANNELS, aliyun, dingtalk, feishu, kept
from survey.channels.base import Letter, Never, Nobody, NotNow
from survey.errors import Invalid
from tests.survey.channels.conftest import House
from tests.survey.channels.parcels import parcel

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture(autouse=True)
def allowed(app: Flask, house: House) -> Iterator[None]:
    kept.keep_of_channel("guard", {"hosts": house.host})
    with app.test_request_context():
        yield


def test_wecom_gets_a_text_of_at_most_2048_bytes(house: House) -> None:
    house.answer = lambda: (200, {}, b'{"errcode":0,"errmsg":"ok"}')
    long = Letter("很长", "医" * 3000, "")
    CHANNELS["wecom"].send(parcel(config={"url": house.url}, letter=long))
    told = json.loads(house.asked[0].body)
    assert told["msgtype"] == "text"
    assert 2040 < len(told["text"]["content"].encode()) <= 2048


def test_dingtalk_is_signed_over_time_and_secret(house: House) -> None:
    house.answer = lambda: (200, {}, b'{"errcode":0,"errmsg":"ok"}')
    CHANNELS["dingtalk"].send(parcel(config={"url": house.url + "?access_token=t", "secret": "SEC1"}))
    asked = parse_qs(urlsplit(house.asked[0].path).query)
    assert asked["access_token"] == ["t"]
    assert asked["sign"] == [dingtalk.signature("SEC1", int(asked["timestamp"][0]))]
    assert "Second line" in json.loads(house.asked[0].body)["text"]["content"]


def test_feishu_gets_a_post_that_calls_nobody_signed_with_an_empty_text(house: House) -> None:
    house.answer = lambda: (200, {}, b'{"code":0,"msg":"success","data":{}}')
    CHANNELS["feishu"].send(parcel(config={"url": house.url, "secret": "s"}))
    told = json.loads(house.asked[0].body)
    assert told["sign"] == feishu.signature("s", int(told["timestamp"]))
    first = told["content"]["post"]["zh_cn"]["content"][0]
    assert first == [{"tag": "text", "text": 'First line <at user_id="all">'}]


@pytest.mark.parametrize(
    ("name", "answer", "expected"),
    [
        ("wecom", b'{"errcode":45009,"errmsg":"api freq out of limit"}', NotNow),
        ("wecom", b'{"errcode":93000,"errmsg":"invalid webhook url"}', Never),
        ("dingtalk", b'{"errcode":130101,"errmsg":"send too fast"}', NotNow),
        ("dingtalk", b'{"errcode":310000,"errmsg":"sign not match"}', Never),
        ("feishu", b'{"code":11232,"msg":"frequency limited"}', NotNow),
        ("feishu", b'{"code":19021,"msg":"sign match fail"}', Never),
        ("wecom", b"<html>a proxy says hello</html>", NotNow),
    ],
)
def test_what_a_robot_answers_decides(
    house: House, name: str, answer: bytes, expected: type[Exception]
) -> None:
    house.answer = lambda: (200, {}, answer)
    with pytest.raises(expected):
        CHANNELS[name].send(parcel(config={"url": house.url}))


def test_a_webhook_is_verified_by_the_standards_own_library(house: House) -> None:
    CHANNELS["webhook"].send(parcel(config={"url": house.url, "secret": SECRET}))
    CHANNELS["webhook"].send(parcel(config={"url": house.url, "secret": SECRET}))
    first, second = house.asked
    told = Verifier(SECRET).verify(first.body, first.headers)
    assert (told["type"], told["data"]["sender"], told["data"]["subject"]) == ("test", "李伟", "Subject")
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


@pytest.mark.parametrize(
    ("name", "config"),
    [
        ("wecom", {"url": "https://evil.example/cgi-bin/webhook/send?key=1"}),
        ("wecom", {"url": "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1"}),
        ("dingtalk", {"url": "https://oapi.dingtalk.com@evil.example/robot/send"}),
        ("feishu", {"url": "https://open.feishu.cn.evil.example/x"}),
        ("webhook", {"url": "http://hooks.example.org/", "secret": SECRET}),
        ("webhook", {"url": "https://hooks.example.org/", "secret": "short"}),
        ("webhook", {"url": "https://hooks.example.org/", "secret": ""}),
        ("webhook", {"url": "nowhere", "secret": SECRET}),
    ],
)
def test_settings_that_cannot_work_are_refused_beside_their_field(name: str, config: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        CHANNELS[name].checked(config)


def test_aliyuns_signature_is_that_of_its_documentation() -> None:
    query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai"
    headers = aliyun.signed(
        "YourAccessKeyId",
        "YourAccessKeySecret",
        "ecs.cn-shanghai.aliyuncs.com",
        query,
        x_acs_action="RunInstances",
        x_acs_version="2014-05-26",
        x_acs_date="2023-10-26T10:22:32Z",
        x_acs_signature_nonce="3156853299f313e23d1673dc12e1703d",
    )
    assert headers["Authorization"].endswith(
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_a_text_message_leaves_as_sendsms_wants_it(house: House) -> None:
    assert not CHANNELS["sms"].ready()
    config = {
        "provider": "aliyun",
        "key_id": "id",
        "key_secret": "s",
        "sign_name": "医院",
        "endpoint": f"http://{house.host}",
    }
    kept.keep_of_channel("sms", config | {"templates": "test=SMS_1"})
    assert CHANNELS["sms"].ready()
    house.answer = lambda: (200, {}, b'{"Code":"OK","Message":"OK","BizId":"9"}')
    CHANNELS["sms"].send(parcel(address="+86 138-0000-0000"))
    (asked,) = house.asked
    given = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
    assert (given["PhoneNumbers"], given["SignName"], given["TemplateCode"]) == (
        "13800000000",
        "医院",
        "SMS_1",
    )
    assert json.loads(given["TemplateParam"])["sender"] == "李伟"
    assert asked.headers["x-acs-action"] == "SendSms"
    fixed = {name.replace("-", "_"): asked.headers[name] for name in ("x-acs-date", "x-acs-signature-nonce")}
    again = aliyun.signed("id", "s", house.host, urlsplit(asked.path).query, **fixed)
    assert asked.headers["authorization"] == again["Authorization"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", NotNow),
        ("isv.MOBILE_NUMBER_ILLEGAL", Nobody),
        ("isv.SMS_SIGNATURE_ILLEGAL", Never),
    ],
)
def test_what_the_provider_answers_decides(house: House, code: str, expected: type[Exception]) -> None:
    kept.keep_of_channel(
        "sms",
        {"provider": "aliyun", "key_id": "i", "key_secret": "s", "sign_name": "x", "templates": "test=SMS_1",
         "endpoint": f"http://{house.host}"},
    )  # fmt: skip
    house.answer = lambda: (200, {}, json.dumps({"Code": code}).encode())
    with pytest.raises(expected):
        CHANNELS["sms"].send(parcel(address="13800000000"))


def test_the_log_says_that_a_text_message_would_have_left_but_not_what_or_to_whom(
    caplog: pytest.LogCaptureFixture,
) -> None:
    kept.keep_of_channel("sms", {"provider": "log"})
    with caplog.at_level("INFO"):
        CHANNELS["sms"].send(parcel(address="+8613800000000"))
    assert "test" in caplog.text
    assert "1380000" not in caplog.text and "First line" not in caplog.text
