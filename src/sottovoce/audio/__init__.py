"""Sound in: decoding in a child process, and what the recording is worth."""
