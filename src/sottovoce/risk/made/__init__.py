"""Made interviews: real speech with a planted effect, to see whether the machinery finds it.

What is found in them says nothing about depression. Every sound bears the mark of
``sottovoce.risk.marks``, and no model that heard one passes the fence.
"""
