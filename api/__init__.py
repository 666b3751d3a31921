"""The HTTP edge: checks who is asking, appends a command, reads projections. Holds no state that a restart loses."""
