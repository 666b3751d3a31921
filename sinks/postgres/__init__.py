"""Postgres: schema `projection`, what clients ask for; schema `identity` is migrated here and owned by the API."""

from compiled import search_path

__path__ = search_path(__name__, __path__)
