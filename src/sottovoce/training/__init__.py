"""The side wing that trains and judges emotion models; needs the extra ``train``.

Nothing outside this folder imports it. It begins at ``corpora`` (folders of recordings become one
:class:`~sottovoce.training.manifest.Manifest`), goes through ``leaks`` and ``folds`` (no voice is
heard in training and again in the test), and ends at ``metrics``, ``reliability`` and
``calibration`` (what a model's numbers are worth).
"""
