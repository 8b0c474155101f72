"""The living anchor: openSMILE's ComParE_2016 and a linear machine on the same folds."""

import numpy as np
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

from sottovoce.audio.decode import Decoder
from sottovoce.domain import FloatArray
from sottovoce.features.opensmile import LICENCE_NOTICE, compare
from sottovoce.training.manifest import Clip
from sottovoce.training.progress import watched
from sottovoce.training.recipe import RecipeFile, read_corpora
from sottovoce.training.run import recipe_folds

MAIN = "ravdess"
PENALTY = 0.001  # C, fixed beforehand
SEED = 0


def compare_recall(source: RecipeFile) -> float:
    """UA over the folds of RAVDESS, whole clips, 0..1."""
    print(LICENCE_NOTICE, flush=True)
    clips = [clip for clip in read_corpora(source).clips if clip.corpus == MAIN]
    vectors, truth = described(clips), np.array([clip.emotion for clip in clips])
    heard = truth.copy()
    for fold in recipe_folds(clips, source.recipe.folds, source.recipe.seed):
        machine = make_pipeline(
            StandardScaler(), LinearSVC(C=PENALTY, class_weight="balanced", random_state=SEED)
        ).fit(vectors[fold.train], truth[fold.train])
        heard[fold.test] = machine.predict(vectors[fold.test])
    return float(np.mean([(heard == truth)[truth == label].mean() for label in np.unique(truth)]))


def described(clips: list[Clip]) -> FloatArray:
    """ComParE functionals of each clip, float32 [n, 6373]."""
    with Decoder() as decoder:
        sounds = (decoder.decode(clip.path).samples for clip in watched(clips, "openSMILE"))
        return np.nan_to_num(np.array([compare(sound).values for sound in sounds]))
