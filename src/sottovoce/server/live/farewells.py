"""Why a line is closed, and what is told of a fault: error events and close codes.

>>> close_code(Problem("unauthenticated")), close_code(Problem("busy")), close_code(Problem("idle"))
(4401, 1013, 4408)
"""

import json

from sottovoce.analysis.turns import TurnError
from sottovoce.errors import SottovoceError
from sottovoce.server.problems import Problem, body_of
from sottovoce.server.troubles import problem_for

DONE = 1000
APPLICATION = 4000
"""Where RFC 6455 has no code, one is made of this and the status of the problem."""

CODES = {"busy": 1013, "shutdown": 1012, "too_many_faults": 1008, "too_long": 1008}


def close_code(problem: Problem) -> int:
    """The code with which a line is closed over a problem."""
    return CODES.get(problem.kind, APPLICATION + problem.status_code)


def error_event(problem: Problem, request_id: str) -> str:
    """The event that tells a problem: about this line, so it has no number and is not told again.

    >>> error_event(Problem("idle"), "f00d")[:58]
    '{"type": "error", "problem": {"type": "urn:sottovoce:probl'
    """
    body = body_of(problem.kind, request_id, problem.more)
    return json.dumps({"type": "error", "problem": body})


def problem_of_turn(error: SottovoceError) -> Problem:
    """The problem of a message that could not be taken; of a wrong turn, the states with it."""
    if isinstance(error, TurnError):
        return Problem("wrong_turn", more={"expected": list(error.expected), "found": error.found})
    return problem_for(error)
