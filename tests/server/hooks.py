"""What the fuzzer sends where the API takes no JSON."""

import schemathesis
from hypothesis import strategies as st
from schemathesis.openapi import media_type

media_type("application/zip", st.binary(max_size=64))


@schemathesis.serializer("application/zip")
def as_it_is(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode()
