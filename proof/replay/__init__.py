"""Replays of recorded order flow through the core, and through the whole pipeline, graded by the recording itself."""
