"""What a model of risk hears: each segment described, its embedding, and markers of the whole."""
