"""How good a model is on people it has not heard, and whether it learned a shortcut."""
