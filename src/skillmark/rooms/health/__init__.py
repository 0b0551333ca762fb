"""Health items, apart from everything else: a store, a key and a permission of their own, and no way out but a date."""
