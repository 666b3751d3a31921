"""One module a command or group of commands; `stack.cli` lists them."""
