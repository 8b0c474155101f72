"""The side wing that asks whether a low mood can be heard; needs the extra ``risk`` to train.

It begins at ``corpora`` (folders of interviews become :class:`~sottovoce.risk.interviews.Corpus`),
goes through ``features`` and ``network`` to ``study`` (judged on people not heard in training), and
ends at ``fence``: without an evaluation on clinical labels no model says a number about anyone.
Nothing above imports it; ``analyze --risk`` finds it by entry point, and needs neither Keras nor
torch.
"""
