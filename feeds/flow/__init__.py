"""Order flow that looks like a market: a generator without clock and IO, from a seed. Begin with `flow.py`."""
