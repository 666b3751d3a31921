"""`python -m tests.streams.worker NAME PARTITIONS INSTANCE LOAD_S`: a Faust worker of the chain role, to be killed."""

import logging
import sys

from faust.worker import Worker

from config.settings import settings
from streams.app import make_app
from tests.streams.chain import chain_role

SESSION_S = 3

if __name__ == "__main__":
    name, partitions, instance, load_s = sys.argv[1:]
    for noisy in ("faust", "mode", "aiokafka"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    config = settings().model_copy(update={"partitions": int(partitions), "session_timeout_ms": 1000 * SESSION_S})
    app = make_app(chain_role(name, float(load_s)), config, instance)
    Worker(app, loglevel="INFO", redirect_stdouts=False, quiet=True).execute_from_commandline()
