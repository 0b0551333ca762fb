"""The cellar: append-only entries, audit trail and outbox in one."""
