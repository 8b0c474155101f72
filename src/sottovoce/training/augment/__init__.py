"""Sound as other rooms, microphones and telephones would give it.

Pure functions of samples (float32 [n], 16 kHz, in [-1, 1)) and, where there is chance, of a random
generator: the same generator gives the same sound. Used to train, and to report how well a model
stands noise, codecs and distance.
"""
