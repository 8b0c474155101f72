"""What the fuzzer sends where the API takes no JSON."""

import schemathesis


@schemathesis.serializer("application/zip")
def as_it_is(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode()
