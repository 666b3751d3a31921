"""`python -m tests.api.impatient`: the API, which gives a silent client seconds instead of half a minute."""

from api import limits
from api.events import response

response.HEARTBEAT_S = 1
response.SEND_TIMEOUT_S = 2
limits.BODY_TIMEOUT_S = 1

if __name__ == "__main__":
    from api.__main__ import main

    main()
