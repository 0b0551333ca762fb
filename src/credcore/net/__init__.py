"""The only sockets of the library. `guarded` goes out, `offline` does not, `cached` remembers, `addresses` judges."""
