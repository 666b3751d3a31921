"""Where the broker is and who asks it is decided by settings, in one function, for every client of Kafka."""

import ast

from tests.rooms.source import ROOMS, modules

CLIENTS = {"AIOKafkaConsumer", "AIOKafkaProducer", "AIOKafkaAdminClient"}


def test_every_client_is_told_by_one_function():
    found, otherwise = 0, []
    for path, tree in modules(*ROOMS):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CLIENTS:
                found += 1
                told = [ast.unparse(keyword.value) for keyword in node.keywords if keyword.arg is None]
                if not any(each.startswith("kafka_connection(") for each in told):
                    otherwise.append(f"{path}:{node.lineno}")
    assert found > 10
    assert otherwise == []
