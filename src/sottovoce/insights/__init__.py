"""What a journal can tell: pure functions over entries, each with its doubt and its count.

No database, no clock: what is to be looked at, and the day it is, are arguments. Read
:mod:`~sottovoce.insights.readings` first, then :mod:`~sottovoce.insights.usual`.
"""
