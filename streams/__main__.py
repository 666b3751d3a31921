"""`python -m streams single` runs every role in one process (the one-machine default); `python -m streams accounts` and
`python -m streams matching` run one Faust worker of a role, as many times as there are partitions."""

from __future__ import annotations

import argparse
import logging

import uvloop

from config.settings import settings
from streams.roles import ROLES


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m streams", description=__doc__)
    parser.add_argument("role", choices=["single", *ROLES])
    parser.add_argument("--instance", default="0", help="which of the workers of its role it is (default 0)")
    arguments = parser.parse_args()
    config = settings()
    logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("faust", "mode", "aiokafka"):  # their debug formatting alone costs a tenth of a worker
        logging.getLogger(name).setLevel(logging.WARNING)
    uvloop.install()
    if arguments.role == "single":
        from streams.single import main as run_single

        run_single(config)
    else:
        from faust.worker import Worker

        from streams.app import make_app

        app = make_app(ROLES[arguments.role], config, arguments.instance)
        Worker(app, loglevel=config.log_level, redirect_stdouts=False, quiet=True).execute_from_commandline()


if __name__ == "__main__":
    main()
