"""The four real servers without containers, one small module a server, and `Stack`, which runs them together."""
