"""The whole core in one process, without time: an in-memory log, the real folds and the real runner logic, and a
scheduler that crashes, duplicates, reorders and revives whatever it likes. A seed reproduces a run exactly."""
