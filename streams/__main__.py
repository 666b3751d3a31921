"""`python -m streams single` runs accounts and matching in one process, `single-market-data` consolidation in another:
the one-machine default. `python -m streams accounts`, `matching` and `market-data` run one Faust worker of a role, as
many times as there are partitions."""

from __future__ import annotations

import argparse
import logging

import uvloop

from config.collector import collect_seldom
from config.settings import settings
from streams.roles import ROLES, SINGLES


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m streams", description=__doc__)
    parser.add_argument("role", choices=[*SINGLES, *ROLES])
    parser.add_argument("--instance", default="0", help="which of the workers of its role it is (default 0)")
    arguments = parser.parse_args()
    config = settings()
    logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name in ("faust", "mode", "aiokafka"):  # their debug formatting alone costs a tenth of a worker
        logging.getLogger(name).setLevel(logging.WARNING)
    collect_seldom()
    uvloop.install()
    if arguments.role in SINGLES:
        from streams.single import main as run_single

        run_single(config, SINGLES[arguments.role])
    else:
        from faust.worker import Worker

        from streams.app import make_app

        app = make_app(ROLES[arguments.role], config, arguments.instance)
        Worker(app, loglevel=config.log_level, redirect_stdouts=False, quiet=True).execute_from_commandline()


if __name__ == "__main__":
    main()
