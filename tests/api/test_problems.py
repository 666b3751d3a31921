"""Bad input is a problem document that names field and rule, never a 500 and never an order."""

from __future__ import annotations

import asyncio
import json
import re
from urllib.parse import urlsplit

import httpx
import pytest

from api.limits import BODY_BYTES_MAX

GOOD = {"symbol": "AAPL", "side": "buy", "qty": "1", "type": "limit", "time_in_force": "day", "limit_price": "100"}

# what is changed in a good order (null: left out)               field named        rule named
CASES = """
{"qty": "0"}                                                   | qty              | greater_than
{"qty": "-1"}                                                  | qty              | greater_than
{"qty": "NaN"}                                                 | qty              | plain_decimal
{"qty": "Infinity"}                                            | qty              | plain_decimal
{"qty": "1_0"}                                                 | qty              | plain_decimal
{"qty": " 1"}                                                  | qty              | plain_decimal
{"qty": "1\\n"}                                                | qty              | plain_decimal
{"qty": "+1"}                                                  | qty              | plain_decimal
{"qty": "1."}                                                  | qty              | plain_decimal
{"qty": "1e2"}                                                 | qty              | plain_decimal
{"qty": "1,000"}                                               | qty              | plain_decimal
{"qty": "\u0661"}                                              | qty              | plain_decimal
{"qty": "\uff11"}                                              | qty              | plain_decimal
{"limit_price": "1_0"}                                         | limit_price      | plain_decimal
{"qty": NaN}                                                   | qty              | finite_number
{"qty": 1e400}                                                 | qty              | less_than_equal
{"qty": 1.00000000000000000001}                                | qty              | decimal_max_places
{"qty": "1.0000001"}                                           | qty              | decimal_max_places
{"qty": "100000001"}                                           | qty              | less_than_equal
{"qty": 1e-999999}                                             | qty              | decimal_max_places
{"qty": "ten"}                                                 | qty              | plain_decimal
{"qty": ""}                                                    | qty              | plain_decimal
{"qty": true}                                                  | qty              | value_error
{"qty": []}                                                    | qty              | decimal_type
{"qty": null}                                                  | qty              | required
{"limit_price": "0"}                                           | limit_price      | greater_than
{"limit_price": "-1"}                                          | limit_price      | greater_than
{"limit_price": "1.00001"}                                     | limit_price      | decimal_max_places
{"limit_price": "1000000"}                                     | limit_price      | less_than
{"limit_price": "NaN"}                                         | limit_price      | plain_decimal
{"limit_price": null}                                          | limit_price      | required
{"stop_price": "90"}                                           | stop_price       | not_applicable
{"type": "market"}                                             | limit_price      | not_applicable
{"type": "stop", "limit_price": null}                          | stop_price       | required
{"type": "stop_limit"}                                         | stop_price       | required
{"type": "pegged"}                                             | type             | literal_error
{"type": "trailing_stop"}                                      | limit_price      | not_applicable
{"type": "trailing_stop", "limit_price": null}                 | trail_price      | required
{"type": "trailing_stop", "trail_price": "1", "trail_percent": "1"} | trail_percent | not_applicable
{"type": "trailing_stop", "trail_price": "1", "stop_price": "9"} | stop_price    | not_applicable
{"type": "trailing_stop", "trail_price": "0"}                  | trail_price      | greater_than
{"type": "trailing_stop", "trail_percent": "100"}              | trail_percent    | less_than
{"type": "trailing_stop", "trail_percent": "1.00001"}          | trail_percent    | decimal_max_places
{"trail_price": "1"}                                           | trail_price      | not_applicable
{"trail_percent": "1"}                                         | trail_percent    | not_applicable
{"trigger": "best_quote"}                                      | trigger          | trigger_stop
{"trigger": "midpoint"}                                        | trigger          | literal_error
{"display_qty": "-1"}                                          | display_qty      | greater_than_equal
{"display_qty": "1", "time_in_force": "ioc"}                   | display_qty      | display_qty_rests
{"display_qty": "0", "type": "market", "limit_price": null}    | display_qty      | display_qty_rests
{"min_qty": "0"}                                               | min_qty          | greater_than
{"min_qty": "1", "post_only": true}                            | min_qty          | min_qty_takes
{"post_only_action": "reprice"}                                | post_only        | reprice_post_only
{"post_only_action": "maybe", "post_only": true}               | post_only_action | literal_error
{"reduce_only": true}                                          | reduce_only      | reduce_only_sell
{"self_match_scope": "everybody"}                              | self_match_scope | literal_error
{"side": "short"}                                              | side             | literal_error
{"time_in_force": "gtx"}                                       | time_in_force    | literal_error
{"time_in_force": "gtd"}                                       | expire_time      | required
{"expire_time": "2099-01-01T00:00:00Z"}                        | expire_time      | not_applicable
{"time_in_force": "gtd", "expire_time": "2020-01-01T00:00:00Z"}| expire_time      | expiry_in_future
{"time_in_force": "gtd", "expire_time": "2099-01-01T00:00:00"} | expire_time      | timezone_aware
{"time_in_force": "gtd", "expire_time": "9999-12-31T23:59:59-23:00"} | expire_time | value_error
{"time_in_force": "ioc", "post_only": true}                    | post_only        | post_only_rests
{"extended_hours": true, "time_in_force": "ioc"}               | extended_hours   | extended_hours_limit
{"time_in_force": "opg", "type": "stop", "limit_price": null, "stop_price": "1"} | time_in_force | auction_type
{"order_class": "mleg"}                                        | order_class      | literal_error
{"client_order_id": ""}                                        | client_order_id  | string_too_short
{"client_order_id": "1234567890123456789012345678901234567890123456789"} | client_order_id | string_too_long
{"client_order_id": "a\\u0000b"}                               | client_order_id  | string_pattern_mismatch
{"client_order_id": "\\ud800"}                                 | client_order_id  | string_unicode
{"client_order_id": 7}                                         | client_order_id  | string_type
{"symbol": "AAPL; DROP TABLE"}                                 | symbol           | string_pattern_mismatch
{"symbol": ""}                                                 | symbol           | string_pattern_mismatch
{"symbol": null}                                               | symbol           | missing
{"self_match_prevention": "maybe"}                             | self_match_prevention | literal_error
{"notional": "100"}                                            | notional         | not_applicable
{"notional": "100", "qty": null}                               | notional         | cash_qty_market
{"notional": "100", "qty": null, "type": "market", "time_in_force": "gtc"} | notional | cash_qty_market
{"notional": "100", "qty": null, "min_qty": "1"}               | notional         | cash_qty_alone
{"notional": "100", "self_match_prevention": "decrement_and_cancel"} | self_match_prevention | cash_qty_prevention
{"notional": "0", "qty": null}                                 | notional         | greater_than
{"notional": "1.00001", "qty": null}                           | notional         | decimal_max_places
{"notional": "100000000000001", "qty": null}                   | notional         | less_than_equal
{"limit_prise": "100"}                                         | limit_prise      | extra_forbidden
"""
CHANGES = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]


@pytest.fixture(scope="module")
async def client(url, desk_and_pool):
    from decimal import Decimal

    from tests.api.client import Client

    opened = await desk_and_pool[0].open_account(Decimal(1000), {})
    async with Client(url, opened.account_id, opened.key) as found:
        yield found


def body_of(changes: str) -> bytes:
    """A good order with changes; written so that NaN and 1e400 reach the wire as they stand here."""
    fields = {name: json.dumps(value) for name, value in GOOD.items()}
    for name, value in re.findall(r'"(\w+)": ("(?:[^"\\]|\\.)*"|[^,}]+)', changes):
        fields[name] = value
    kept = ", ".join(f'"{name}": {value}' for name, value in fields.items() if value != "null")
    return f"{{{kept}}}".encode()


@pytest.mark.parametrize(("changes", "field", "rule"), CHANGES, ids=[case[0] for case in CHANGES])
async def test_a_field_that_breaks_a_rule_is_named(client, changes, field, rule):
    answer = await client.post("/v2/orders", content=body_of(changes), headers={"content-type": "application/json"})
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["type"], problem["code"]) == ("/problems/invalid-request", 42210000)
    assert (field, rule) in {(error["field"], error["rule"]) for error in problem["errors"]}, answer.text
    assert field in problem["detail"]


# what is to change                                             field named        rule named
CHANGED = """
{"trail": "0"}                                                 | trail            | greater_than
{"trail": "1", "stop_price": "90"}                             | stop_price       | not_applicable
{"trail": "1", "limit_price": "90"}                            | limit_price      | not_applicable
{"trail_price": "1"}                                           | trail_price      | extra_forbidden
{"notional": "1"}                                              | notional         | extra_forbidden
"""


@pytest.mark.parametrize("line", CHANGED.strip().splitlines())
async def test_a_change_that_no_order_could_take_is_named(client, line):
    changes, field, rule = (part.strip() for part in line.split("|"))
    answer = await client.patch("/v2/orders/00000000-0000-0000-0000-000000000001", json=json.loads(changes))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request"), answer.text
    assert (field, rule) in {(error["field"], error["rule"]) for error in answer.json()["errors"]}, answer.text


async def test_every_fault_is_named_at_once(client):
    answer = await client.post("/v2/orders", json={**GOOD, "qty": "-1", "side": "up", "limit_price": "1.23456"})
    assert {error["field"] for error in answer.json()["errors"]} == {"qty", "side", "limit_price"}


# method path                                              body            status  type
ROUTES = """
POST    /v2/orders                                         {"qty":         400     bad-request
POST    /v2/orders                                         \\xff\\xfe      400     bad-request
POST    /v2/orders                                         [               400     bad-request
POST    /v2/orders                                         []              422     invalid-request
POST    /v2/orders                                         null            422     invalid-request
POST    /v2/orders                                         {"qty":1e9999999999999999999}  400  bad-request
POST    /v2/orders                                         {"\\\\ud800":1}   422     invalid-request
GET     /v2/nothing                                        -               404     not-found
GET     /v2/orders/                                        -               404     not-found
PUT     /v2/orders                                         -               405     method-not-allowed
GET     /v2/orders/%00                                     -               404     not-found
GET     /v2/orders/..%2f                                   -               404     not-found
DELETE  /v2/orders/%F0%9F%92%A9                            -               404     not-found
GET     /v2/positions/%00                                  -               404     not-found
GET     /v2/orders?limit=501                               -               422     invalid-request
GET     /v2/orders?limit=0                                 -               422     invalid-request
GET     /v2/orders?limit=1_0                               -               422     invalid-request
GET     /v2/orders?limit=%201                              -               422     invalid-request
GET     /v2/orders?limit=%D9%A1                            -               422     invalid-request
GET     /v2/orders?limit=1e1                               -               422     invalid-request
GET     /v2/orders?limit=1.0                               -               422     invalid-request
GET     /v2/orders?status=lost                             -               422     invalid-request
GET     /v2/orders?after=yesterday                         -               422     invalid-request
GET     /v2/orders?after=0001-01-01T00:00:00%2B23:00       -               422     invalid-request
GET     /v2/orders?symbols=%00                             -               422     invalid-request
GET     /v2/orders?after_order_id=1                        -               422     invalid-request
GET     /v2/orders?before_order_id=00000000-0000-0000-0000-000000000001 -  422     invalid-request
GET     /v2/orders?unknown=1                               -               422     invalid-request
GET     /v2/orders:by_client_order_id                      -               422     invalid-request
GET     /v2/orders:by_client_order_id?client_order_id=%00  -               422     invalid-request
GET     /v2/orders:by_client_order_id?client_order_id=%FF  -               422     invalid-request
GET     /v2/events/trades?since_id=x                       -               422     invalid-request
GET     /v2/events/trades?since_id=0-9999999999999999999   -               422     invalid-request
GET     /v2/events/trades?since_id=63-1                    -               422     invalid-request
GET     /v2/events/trades?since_id=%D9%A0-1                -               422     invalid-request
GET     /v2/events/trades?since_id=0-1&until=2026-01-01T00:00:00Z  -       422     invalid-request
GET     /problems/none                                     -               404     not-found
"""


@pytest.mark.parametrize("line", ROUTES.strip().splitlines())
async def test_every_error_is_a_problem_document(client, line):
    method, path, body, status, kind = line.split()
    content = None if body == "-" else body.encode().decode("unicode_escape").encode("latin-1")
    answer = await client.request(method, path, content=content, headers={"content-type": "application/json"})
    assert answer.status_code == int(status), answer.text
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["status"], problem["type"]) == (int(status), f"/problems/{kind}")
    assert problem["title"]
    assert problem["detail"]


# body                                             the name that is given twice
TWICE = """
{"qty": "1", "side": "buy", "qty": "2"}            | qty
{"symbol": "A", "qty": "1", "symbol": "A"}         | symbol
{"x": {"deep": 1, "deep": 2}}                      | deep
{"\\ud800": 1, "\\ud800": 2}                       | \\ud800
"""


@pytest.mark.parametrize("line", TWICE.strip().splitlines())
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/v2/orders"), ("POST", "/orders"), ("PATCH", "/v2/orders/x"), ("PUT", "/orders/x")]
)
async def test_a_name_that_is_given_twice_is_named(client, method, path, line):
    body, name = (part.strip() for part in line.split("|"))
    answer = await client.request(method, path, content=body.encode(), headers={"content-type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert [(error["field"], error["rule"]) for error in answer.json()["errors"]] == [(name, "duplicate_key")]
    assert name in answer.json()["detail"]


async def test_a_deeply_nested_body_is_a_bad_request(client):
    answer = await client.post("/v2/orders", content=b"[" * 30_000, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/bad-request")


async def test_a_number_of_thousands_of_digits_harms_nobody(client):
    body = b'{"qty": ' + b"9" * 10_000 + b"}"
    answer = await client.post("/v2/orders", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422), answer.text


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_that_is_too_large_is_413(client, announced):
    async def chunks():
        for _ in range(BODY_BYTES_MAX // 1024 + 2):
            yield b" " * 1024

    content = b" " * (BODY_BYTES_MAX + 1) if announced else chunks()
    answer = await client.post("/v2/orders", content=content, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/body-too-large")


async def test_a_problem_type_says_what_it_means(client):
    for kind in ("order-refused", "insufficient-funds", "outcome-unknown"):
        described = (await client.get(f"/problems/{kind}")).json()
        assert described["meaning"]


async def test_the_document_of_the_api_lists_its_problems(client):
    post = (await client.get("/openapi.json")).json()["paths"]["/v2/orders"]["post"]["responses"]
    assert {"200", "400", "401", "403", "413", "422", "429", "503", "504"} <= set(post)
    assert all("application/problem+json" in post[status]["content"] for status in post if status != "200")


async def test_without_a_key_there_is_nothing(url, client):
    wrong = [
        {},
        {"APCA-API-KEY-ID": client.key.key_id},
        {"APCA-API-KEY-ID": client.key.key_id, "APCA-API-SECRET-KEY": "x" * 43},
        {"APCA-API-KEY-ID": "TK" + "0" * 18, "APCA-API-SECRET-KEY": client.key.secret},
        {"APCA-API-KEY-ID": "' OR 1=1 --", "APCA-API-SECRET-KEY": client.key.secret},
        {"APCA-API-KEY-ID": client.key.key_id, "APCA-API-SECRET-KEY": b"\xff\xfe"},
    ]
    paths = ["/v2/orders", "/v2/account", "/v2/positions", "/orders", "/v2/events/trades"]
    async with httpx.AsyncClient(base_url=url, trust_env=False) as stranger:
        answers = [await stranger.get(path, headers=headers) for headers in wrong for path in paths]
        answers += [await stranger.post("/v2/orders", json=GOOD, headers=headers) for headers in wrong]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1, "the answer must not tell what was wrong"


async def test_a_body_that_does_not_come_is_408_and_its_connection_is_closed(client, processes, free_port):
    """Each that is half sent takes the place of a request."""
    at = urlsplit(processes.start_api("api-impatient", free_port, "tests.api.impatient"))
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    writer.write(b"POST /v2/orders HTTP/1.1\r\nHost: tapeline\r\nContent-Length: 100\r\n\r\n" + b'{"symbol": ')
    answer = await reader.read()  # to the end of the connection
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert json.loads(answer.split(b"\r\n\r\n", 1)[1])["type"] == "/problems/request-timeout"
    assert processes.stop("api-impatient")


@pytest.mark.parametrize("path", ["/v2/orders", "/v2/assets", "/marketdata/stream"])
async def test_a_parameter_that_is_given_twice_is_422(client, path):
    answer = await client.get(f"{path}?limit=1&limit=2")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "limit"), answer.text
    assert answer.json()["errors"][0]["rule"] == "once"
