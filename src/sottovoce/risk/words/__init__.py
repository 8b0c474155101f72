"""What was said, where a person gives it: a transcript beside the voice, never asked for.

It is typed, imported, or made here by a model on disk; nothing is downloaded and nothing sent.
"""
