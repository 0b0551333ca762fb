"""What happens by itself: a sweeper looks at the journal every second and puts jobs into the queue; a worker does them.

Only `queue.py` and `work.py` know the engine (django-q2). Every job is safe to run twice.
"""
