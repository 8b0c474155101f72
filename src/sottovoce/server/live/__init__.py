"""The live socket: a thin driver of :class:`sottovoce.analysis.live.LiveSession`.

``line`` is one connection, ``talk`` one session that outlives it, ``room`` all sessions of the
service, ``turns`` what each message does, ``route`` the way in.
"""
