"""A clip as the product hears it: its windows of speech."""

from typing import Any

from sottovoce.audio.decode import Decoder
from sottovoce.domain import SAMPLE_RATE_HZ, FloatArray
from sottovoce.speech import find_windows
from sottovoce.training.manifest import Clip

LONGEST_SAMPLES = 8 * SAMPLE_RATE_HZ


def windows_of(decoder: Decoder, clip: Clip) -> list[FloatArray]:
    """The windows of a clip, float32 [n] each; its first 8 s where no speech is found in it."""
    samples = decoder.decode(clip.path).samples
    return [window.samples for window in find_windows(samples)] or [samples[:LONGEST_SAMPLES]]


def tensor_of(extractor: Any, samples: FloatArray, device: str) -> Any:
    """One window as the model's input, float32 [1, n], on the device."""
    heard = extractor(samples, sampling_rate=SAMPLE_RATE_HZ, return_tensors="pt")
    return heard.input_values.to(device)
