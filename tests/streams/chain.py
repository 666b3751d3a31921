"""A fold whose every effect shows: each output carries a hash chain over all commands of its key so far."""

import hashlib
import time

from streams.fold import Output, Refused, Step
from streams.roles import Role
from topics.messages import CancelOrder


class ChainFold:
    VERSION = "chain-1"

    def __init__(self, out, load_s):
        self.out, self.load_s, self.links = out, load_s, {}

    def load(self, entries):
        time.sleep(self.load_s)
        self.links = {name: entry.order_id for name, entry in entries}

    def apply(self, key, message):
        if message.order_id == "refuse me":
            raise Refused("asked to")
        link = hashlib.blake2b((self.links.get(key, "") + message.order_id).encode(), digest_size=8).hexdigest()
        self.links[key] = link
        output = CancelOrder(key, link, message.transact_time_us)
        return Step([Output(self.out, key, output)], {key: None})

    def entry(self, name):
        return CancelOrder(name, self.links[name], 0) if name in self.links else None


def chain_role(name, load_s=0.0):
    """A role of its own, on topics of its own, that no other worker writes, and that takes so long to load."""
    out = f"{name}-out"
    return Role(
        name, f"{name}-in", f"{name}-state-changelog", lambda: ChainFold(out, load_s), ("CancelOrder",), (), {}, ()
    )
