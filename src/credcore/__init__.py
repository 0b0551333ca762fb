"""Read, check, explain and make proofs of skill. A pure library: no web framework, no sockets outside `credcore.net`."""
