"""OpenID4VCI 1.0 and OpenID4VP 1.0 as functions of messages: read, check, make. No I/O of its own: callers fetch and post."""
