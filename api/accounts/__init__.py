"""Accounts, their balances and positions, and how they are opened."""
