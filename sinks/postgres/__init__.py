"""Postgres: schema `projection`, what clients ask for; schema `identity` is migrated here and owned by the API."""
