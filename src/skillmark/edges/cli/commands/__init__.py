"""One file a command: ABOUT, EXAMPLE, `build(parser)` and `run(args)`, which returns the exit code."""
