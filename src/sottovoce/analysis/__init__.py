"""From a recording to an analysis; `pipeline` tells the story."""
