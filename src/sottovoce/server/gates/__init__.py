"""What every request passes before it reaches a route: pure ASGI, the outermost first.

``watch`` (``sockets``, where it opens one) gives it an id, measures it and catches what nobody
caught; ``headers`` closes the browser's doors; ``doors`` checks Host and Origin; ``bodies`` bounds
what is read.
"""
