"""How good a model is, told in full: held-out voices, bad conditions, other corpora; a report.

``story`` judges a recipe by cross-validation, ``product`` a trained model on any labelled corpus;
both give the :class:`~sottovoce.training.evaluation.nouns.Evaluation` that ``report`` shows.
"""
