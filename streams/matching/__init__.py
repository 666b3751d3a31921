"""Matching: order books by price-time priority. Pure but for `agent.py`."""
