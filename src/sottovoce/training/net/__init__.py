"""A small network over the two images of a window, trained to hear emotion in voices it never met.

Its input is :func:`sottovoce.features.net_input.net_input`, in training as in the product.
"""
