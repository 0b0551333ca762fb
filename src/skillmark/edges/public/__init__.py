"""Pages and documents for anyone, without a sign-in: check, keep, my page, hosted proofs, keys and status lists."""
