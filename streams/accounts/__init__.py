"""Accounts: pre-trade checks, holds, the ledger and the life of orders. Pure but for `agent.py`."""
