"""The words that models have for emotions, aligned onto ours.

Words are compared without case, accents or punctuation. A word that is not known is kept as it is:
it is shown, and weighs nothing in the stress index.

>>> align_labels(["ang", "Happiness", "tristesse", "LABEL_7"])
('angry', 'happy', 'sad', 'LABEL_7')
"""

import unicodedata
from collections.abc import Mapping, Sequence

DIMENSIONS = ("arousal", "dominance", "valence")

# English and its abbreviations; then German, Spanish, French, Italian, Portuguese, Polish, Russian,
# Turkish, Persian and Urdu in Latin letters, Greek, Chinese, Japanese, Korean.
WORDS: Mapping[str, str] = {
    "angry": """a ang angry anger annoyed annoyance mad rage
        wut aerger arger wutend enojo enojado ira colere rabbia raiva gniew zlosc zly gnev
        zlost злость гнев ofke kizgin khashm ghussa θυμος 愤怒 生气 怒り 怒 분노 화남""",
    "calm": """cal calm calmness relaxed ruhig ruhe gelassen calma calme sereno spokoj spokojny
        спокойствие sakin aram 平静 冷静 穏やか 평온""",
    "disgust": """d dis disgust disgusted ekel asco degout disgusto nojo aversao wstret
        odraza отвращение igrenme tiksinti αηδια 厌恶 恶心 嫌悪 혐오""",
    "fearful": """f fea fear fearful anxious anxiety scared afraid angst furcht miedo peur paura
        medo strach lek страх korku tars khauf φοβος 恐惧 害怕 恐れ 공포 두려움""",
    "happy": """h hap happy happiness joy joyful joyfully exc excited excitement amused amusement
        freude glucklich alegria feliz felicidad joie heureux gioia felicita felice radosc
        szczescie радость счастье mutluluk mutlu shadi khushi χαρα 快乐 高兴
        喜び 嬉しい 행복 기쁨""",
    "neutral": """n neu neutral neutrality neutre neutro neutrale
        neutralny neutralnosc нейтрально нейтральный notr khonsa ουδετερο
        中性 中立 平 중립""",
    "sad": """s sad sadness unhappy sorrow traurig trauer traurigkeit triste tristeza tristesse
        tristezza smutek smutny грусть печаль uzgun uzuntu gham λυπη 悲伤 伤心 悲しみ
        悲しい 슬픔""",
    "surprised": """sur surp surprise surprised ps pleasant_surprise pleasant_surprised
        uberraschung uberrascht sorpresa surpris sorpreso surpreso zaskoczenie zdziwienie
        удивление saskin saskinlik taajob εκπληξη 惊讶 吃惊 驚き 놀람""",
}


def plain(word: str) -> str:
    """Lower case, no accents, one underscore where words are joined.

    >>> plain("Überraschung"), plain("pleasant-surprise "), plain("Ärger")
    ('uberraschung', 'pleasant_surprise', 'arger')
    """
    apart = unicodedata.normalize("NFKD", word.strip().casefold().replace("ł", "l"))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    whole = unicodedata.normalize("NFKC", bare)
    return "_".join(whole.replace("-", " ").replace("_", " ").split())


SYNONYMS: Mapping[str, str] = {
    plain(word): label for label, words in WORDS.items() for word in words.split()
}


def align_labels(words: Sequence[str]) -> tuple[str, ...]:
    """Our label for each word, in order; the word itself where there is none."""
    return tuple(SYNONYMS.get(plain(word), word) for word in words)


def names_dimensions(words: Sequence[str]) -> bool:
    """Whether the words are arousal, dominance and valence, in any order.

    >>> names_dimensions(["Arousal", "dominance", "valence"]), names_dimensions(["calm"])
    (True, False)
    """
    return sorted(map(plain, words)) == sorted(DIMENSIONS)
