"""The command line. `main` finds the command; everything heavy is imported by the command that needs it."""
