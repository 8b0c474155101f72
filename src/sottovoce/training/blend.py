"""A blend: the linear model over functionals and the small network, one score.

They err differently: alone each reaches about two thirds on new voices, together more. The network
has two heads, one for the embedding of a window as it is, one for how it differs from the centre of
its voice. The score is ``log softmax(2 linear) + (1 - s) / 4 log softmax(net) + (1 + s) / 4 log
softmax(net against the centre)``, where s grows with the number of recordings that are known of the
voice as in the linear model, and the centre of the voice is shrunk towards that of all voices as if
they had been heard in ``CENTRE_MEMOS`` recordings. The weights were set on runs over the same folds
(``docs/log.md``).
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.special import log_softmax

from sottovoce.domain import FloatArray
from sottovoce.training.blend_graph import BlendParts, blend_graph
from sottovoce.training.calibration import Scaling
from sottovoce.training.examples import Examples
from sottovoce.training.images import Images
from sottovoce.training.linear import SHARE_MEMOS, LinearOptions
from sottovoce.training.linear_family import FittedLinear, LinearFamily
from sottovoce.training.net.examples import net_examples
from sottovoce.training.net.fit import FittedNet
from sottovoce.training.net.options import NetOptions
from sottovoce.training.net.store import kept_net
from sottovoce.training.predictions import Float64Array, IntArray
from sottovoce.training.store import FitStore
from sottovoce.training.voice import Sensed, Voice

LINEAR_SHARPNESS = 2.0
NET_SHARE = 0.25
CENTRE_MEMOS = 6.0
EVERY_NTH = 8  # window of the training part makes the mean voice


@dataclass(frozen=True, slots=True)
class BlendOptions:
    """``linear`` are the options of the linear model, ``net`` those of the network."""

    linear: LinearOptions = field(default_factory=LinearOptions)
    net: NetOptions = field(default_factory=NetOptions)


@dataclass(frozen=True, slots=True, eq=False)
class FittedBlend:
    """Both models fitted; ``centre`` is the mean embedding of the voices heard in training."""

    linear: FittedLinear
    net: FittedNet
    centre: FloatArray

    def sense(self, examples: Examples, windows: IntArray) -> Sensed:
        """The windows' functionals and embeddings."""
        embeddings = self.net.embeddings(examples.images.only(windows))
        return Sensed(examples.vectors[windows], embeddings)

    def judge(self, sensed: Sensed, voice: Voice | None = None) -> Float64Array:
        """Score of each label, float64 [windows, labels]."""
        net = log_softmax(self.net.logits(sensed.embeddings), axis=1)
        own = log_softmax(self.net.own_logits(sensed.embeddings, self._centre(voice)), axis=1)
        sharp = log_softmax(LINEAR_SHARPNESS * self.linear.judge(sensed, voice), axis=1)
        share = voice.memos / (voice.memos + SHARE_MEMOS) if voice else 0.0
        blended: Float64Array = sharp + NET_SHARE * ((1 - share) * net + (1 + share) * own)
        return blended

    def distances(self, sensed: Sensed) -> Float64Array:
        """Those of the linear model."""
        return self.linear.distances(sensed)

    def scores(self, examples: Examples, windows: IntArray) -> Float64Array:
        """Absolute score of each label, float64 [windows, labels]."""
        return self.judge(self.sense(examples, windows))

    def graph(self, scaling: Scaling) -> bytes:
        """``functionals``, ``mel`` and ``acf`` in, ``probabilities`` of both views out."""
        parts = BlendParts(
            linear=self.linear.model,
            net=self.net,
            centre=self.centre,
            sharpness=LINEAR_SHARPNESS,
            net_share=NET_SHARE,
            centre_memos=CENTRE_MEMOS,
        )
        return blend_graph(parts, scaling)

    def _centre(self, voice: Voice | None) -> FloatArray:
        if voice is None:
            return self.centre
        trust = np.float32(voice.memos / (voice.memos + CENTRE_MEMOS))
        return self.centre + trust * (voice.embedding - self.centre)


@dataclass(frozen=True, slots=True, eq=False)
class BlendFamily:
    """Blends; fitted models are kept in ``store``, ``noise`` are images of disturbing sounds."""

    options: BlendOptions
    inner: int
    seed: int
    noise: Images | None
    store: FitStore

    def fit(self, examples: Examples, clips: IntArray) -> FittedBlend:
        """Fit both models on some clips."""
        windows = examples.windows_of(clips)
        learnt = net_examples(examples.images, examples.clips, examples.clip_of, examples.labels)
        net = kept_net(self.store, learnt.only(windows), self.options.net, self.seed, self.noise)
        voices = net.embeddings(examples.images.only(windows[::EVERY_NTH]))
        linear = LinearFamily(self.options.linear, self.inner, self.seed, self.store)
        return FittedBlend(linear.fit(examples, clips), net, voices.mean(axis=0))
