"""What every request passes before it reaches a route: pure ASGI, the outermost first.

``watch`` gives it an id, measures it and catches what nobody caught; ``headers`` closes the
browser's doors; ``doors`` checks Host and Origin; ``bodies`` bounds what is read.
"""
