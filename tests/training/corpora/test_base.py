"""What all corpora with speaking file names do alike."""

import pytest

from sottovoce.training.corpora import read_corpus
from sottovoce.training.errors import CorpusError


def test_song_and_films_of_ravdess_are_left_out_and_counted(make_tree) -> None:
    folder = make_tree(
        "Actor_01/03-01-05-01-01-01-01.wav",
        "Actor_01/03-02-05-01-01-01-01.wav",
        "Video_Speech_Actor_01/Actor_01/01-01-05-01-01-01-01.mp4",
        "Video_Speech_Actor_01/Actor_01/02-01-05-01-01-01-01.mp4",
    )
    manifest = read_corpus(folder)
    assert [clip.emotion for clip in manifest.clips] == ["angry"]
    assert manifest.notes[0].startswith("ravdess: 3 files not named like")


def test_a_nested_second_copy_is_left_out(make_tree) -> None:
    folder = make_tree(
        "Actor_02/03-01-05-01-01-01-02.wav",
        "audio_speech_actors_01-24/Actor_02/03-01-05-01-01-01-02.wav",
    )
    manifest = read_corpus(folder)
    assert [clip.path for clip in manifest.clips] == [folder / "Actor_02/03-01-05-01-01-01-02.wav"]
    assert manifest.notes == ("ravdess: 1 second copies of a clip are left out",)


def test_wav_is_taken_before_mp3(make_tree) -> None:
    folder = make_tree("AudioMP3/1001_DFA_ANG_XX.mp3", "AudioWAV/1001_DFA_ANG_XX.wav")
    assert [clip.path.suffix for clip in read_corpus(folder).clips] == [".wav"]


def test_sentences_of_two_speakers_with_one_name_are_both_kept(make_tree) -> None:
    folder = make_tree("AudioData/DC/a01.wav", "AudioData/JE/a01.wav")
    assert [clip.speaker for clip in read_corpus(folder).clips] == ["savee_DC", "savee_JE"]


def test_hidden_files_and_other_suffixes_are_passed_over(make_tree) -> None:
    folder = make_tree("wav/03a01Fa.wav", "wav/._03a01Fa.wav", "lablaut/03a01Fa.lablaut")
    manifest = read_corpus(folder)
    assert (len(manifest.clips), manifest.notes) == (1, ())


def test_flac_is_read_as_wav_is(make_tree) -> None:
    assert len(read_corpus(make_tree("wav/03a01Fa.flac", "wav/03a02Fa.WAV")).clips) == 2


def test_boredom_is_ignored_and_counted(make_tree) -> None:
    manifest = read_corpus(make_tree("wav/03a01Fa.wav", "wav/03a01La.wav"))
    assert manifest.emotions == ("happy",)
    assert manifest.notes == ("emodb: 1 clips labelled 'L' are left out",)


def test_a_recipe_may_use_what_a_corpus_ignores(make_tree) -> None:
    folder = make_tree("wav/03a01Fa.wav", "wav/03a01La.wav")
    assert read_corpus(folder, labels={"L": "sad"}).emotions == ("happy", "sad")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("wav/03a01Xa.wav", "X"),
        ("AudioWAV/1001_DFA_BOR_XX.wav", "BOR"),
        ("OAF_bored/OAF_back_bored.wav", "bored"),
        ("f1/noi-f1-b1.wav", "noi"),
        ("AudioData/DC/z01.wav", "z"),
        ("JL(wav+txt)/male1_bored_10a_1.wav", "bored"),
        ("female/F01B01.wav", "B"),
        ("Bored/SM1_F10_B010.wav", "B"),
        ("samples/SK0_bored_12.wav", "bored"),
        ("Actor_01/03-01-09-01-01-01-01.wav", "09"),
    ],
)
def test_an_unknown_label_names_file_and_label(make_tree, name: str, word: str) -> None:
    with pytest.raises(CorpusError, match=rf"{name.split('/')[-1]}' is labelled '{word}'"):
        read_corpus(make_tree(name))


def test_secondary_emotions_of_jl_are_ignored(make_tree) -> None:
    folder = make_tree("JL/male1_sad_1a_1.wav", "JL/male1_anxious_1a_1.wav")
    assert read_corpus(folder).emotions == ("sad",)


def test_the_silent_clip_of_crema_d_is_left_out(make_tree) -> None:
    folder = make_tree("AudioWAV/1076_MTI_SAD_XX.wav", "AudioWAV/1076_MTI_ANG_XX.wav")
    assert read_corpus(folder).emotions == ("angry",)


def test_an_empty_file_is_named(make_tree) -> None:
    folder = make_tree("wav/03a01Fa.wav")
    (folder / "wav/08a01Wa.wav").touch()
    with pytest.raises(CorpusError, match=r"08a01Wa\.wav' is empty"):
        read_corpus(folder)
