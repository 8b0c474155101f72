"""Each corpus on a tiny tree with the names its makers use."""

from pathlib import Path

import pytest

from sottovoce.training.corpora import CORPORA, detect, read_corpus
from sottovoce.training.manifest import Clip

Said = tuple[str, str, str | None, str, str | None, str | None]

# Official file name: speaker, emotion, sex, language, sentence, intensity.
NAMES: dict[str, dict[str, Said]] = {
    "ravdess": {
        "Actor_01/03-01-01-01-02-01-01.wav": ("ravdess_01", "neutral", "m", "en", "02", "normal"),
        "Actor_12/03-01-06-02-01-02-12.wav": ("ravdess_12", "fearful", "f", "en", "01", "strong"),
    },
    "emodb": {
        "wav/03a01Fa.wav": ("emodb_03", "happy", "m", "de", "a01", None),
        "wav/16b10Wb.wav": ("emodb_16", "angry", "f", "de", "b10", None),
        "wav/09a07Ta.wav": ("emodb_09", "sad", "f", "de", "a07", None),
        "wav/10b02Aa.wav": ("emodb_10", "fearful", "m", "de", "b02", None),
        "wav/13b01Ec.wav": ("emodb_13", "disgust", "f", "de", "b01", None),
    },
    "tess": {
        "OAF_angry/OAF_back_angry.wav": ("tess_OAF", "angry", "f", "en", "back", None),
        "OAF_Pleasant_surprise/OAF_back_ps.wav": ("tess_OAF", "surprised", "f", "en", "back", None),
        "YAF_fear/YAF_youth_fear.wav": ("tess_YAF", "fearful", "f", "en", "youth", None),
        "OAF_neutral/OA_bite_neutral.wav": ("tess_OAF", "neutral", "f", "en", "bite", None),
    },
    "crema-d": {
        "AudioWAV/1001_DFA_ANG_XX.wav": ("crema-d_1001", "angry", None, "en", "DFA", None),
        "AudioWAV/1002_IEO_SAD_HI.wav": ("crema-d_1002", "sad", None, "en", "IEO", "high"),
        "AudioWAV/1040_ITH_SAD_X.wav": ("crema-d_1040", "sad", None, "en", "ITH", None),
    },
    "savee": {
        "AudioData/DC/a01.wav": ("savee_DC", "angry", "m", "en", "a01", None),
        "AudioData/KL/su15.wav": ("savee_KL", "surprised", "m", "en", "su15", None),
        "AudioData/JE/n30.wav": ("savee_JE", "neutral", "m", "en", "n30", None),
        "ALL/JK_sa02.wav": ("savee_JK", "sad", "m", "en", "sa02", None),
    },
    "emovo": {
        "f1/dis-f1-b1.wav": ("emovo_f1", "disgust", "f", "it", "b1", None),
        "m3/gio-m3-n5.wav": ("emovo_m3", "happy", "m", "it", "n5", None),
    },
    "nemo": {
        "samples/SK0_happy_12.wav": ("nemo_SK0", "happy", None, "pl", "12", None),
        "samples/WR0_surprised_70.wav": ("nemo_WR0", "surprised", None, "pl", "70", None),
    },
    "jl": {
        "JL(wav+txt)/male1_angry_10a_1.wav": ("jl_male1", "angry", "m", "en", "10a", None),
        "JL(wav+txt)/female2_excited_3b_2.wav": ("jl_female2", "happy", "f", "en", "3b", None),
    },
    "shemo": {
        "female/F01A01.wav": ("shemo_F01", "angry", "f", "fa", None, None),
        "male/M40W02.wav": ("shemo_M40", "surprised", "m", "fa", None, None),
        "female/F21F01.wav": ("shemo_F21", "fearful", "f", "fa", None, None),
    },
    "urdu": {
        "Angry/SM1_F10_A010.wav": ("urdu_SM1", "angry", "m", "ur", None, None),
        "Sad/SF12_F3_S03.wav": ("urdu_SF12", "sad", "f", "ur", None, None),
    },
}


def said(clip: Clip) -> Said:
    return (
        clip.speaker, clip.emotion, clip.sex or None, clip.language or "", clip.sentence,
        clip.intensity,
    )  # fmt: skip


@pytest.mark.parametrize("corpus", NAMES)
def test_the_official_layout(make_tree, corpus: str) -> None:
    folder = make_tree(*NAMES[corpus])
    manifest = read_corpus(folder)
    found = {str(clip.path.relative_to(folder)): said(clip) for clip in manifest.clips}
    assert found == NAMES[corpus]
    assert {clip.corpus for clip in manifest.clips} == {corpus}
    assert manifest.notes == ()


@pytest.mark.parametrize("corpus", NAMES)
def test_the_folder_says_which_corpus_it_is(make_tree, corpus: str) -> None:
    assert detect(make_tree(*NAMES[corpus])).name == corpus


@pytest.mark.parametrize("corpus", NAMES)
def test_no_corpus_takes_the_names_of_another(corpus: str) -> None:
    others = [other for other in NAMES if other != corpus]
    for name in NAMES[corpus]:
        assert not any(CORPORA[other].parse(Path(name)) for other in others)  # type: ignore[attr-defined]


@pytest.mark.parametrize("corpus", [name for name in CORPORA if name in NAMES])
def test_the_example_is_of_the_corpus(corpus: str) -> None:
    adapter = CORPORA[corpus]
    assert adapter.parse(Path(adapter.example)) is not None  # type: ignore[attr-defined]
