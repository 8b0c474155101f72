"""Work that outlives a request: bounded worker processes, and a queue kept in the journal."""
