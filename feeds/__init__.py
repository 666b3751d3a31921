"""What comes in from outside the order path: the clock, the list of instruments, recorded and simulated order flow."""
