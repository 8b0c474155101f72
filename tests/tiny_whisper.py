"""A whisper of a few numbers, in the real format: it hears three times the word "good" in anything.

The weights are set by hand: all layers add nothing, so what is said next hangs on its place alone.
"""

import json
from pathlib import Path

import torch
from ctranslate2.converters.transformers import WhisperLoader
from tokenizers import Tokenizer, decoders
from tokenizers.models import WordLevel
from transformers import WhisperConfig, WhisperForConditionalGeneration

WORD, END = " good", "<|endoftext|>"
TOKENS = [
    "[UNK]", WORD, END, "<|startoftranscript|>", "<|translate|>", "<|transcribe|>",
    "<|startoflm|>", "<|startofprev|>", "<|nocaptions|>", "<|notimestamps|>",
    *(f"<|{place * 0.02:.2f}|>" for place in range(1501)),
]  # fmt: skip
WIDTH = 16
SAID = 3
PROMPT = 2  # the start, and the time of the first word


def write_whisper(folder: Path) -> Path:
    """Write the model as faster-whisper reads it."""
    config = WhisperConfig(
        vocab_size=len(TOKENS), d_model=WIDTH, num_mel_bins=80, encoder_layers=1, decoder_layers=1,
        encoder_attention_heads=1, decoder_attention_heads=1, encoder_ffn_dim=WIDTH,
        decoder_ffn_dim=WIDTH, pad_token_id=2, bos_token_id=2, eos_token_id=2,
        decoder_start_token_id=3, suppress_tokens=[], begin_suppress_tokens=[],
    )  # fmt: skip
    model = WhisperForConditionalGeneration(config).eval()
    say_by_place(model)
    loader = WhisperLoader()
    spec = loader.get_model_spec(model)
    spec.register_vocabulary(TOKENS)
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.config.alignment_heads, spec.config.lang_ids = [(0, 0)], []
    spec.validate()
    folder.mkdir()
    spec.save(str(folder))
    write_tokenizer(folder)
    return folder


@torch.no_grad()
def say_by_place(model: WhisperForConditionalGeneration) -> None:
    """The word at the first places, the end after them."""
    decoder = model.model.decoder
    for layer in decoder.layers:
        for out in (layer.self_attn.out_proj, layer.encoder_attn.out_proj, layer.fc2):
            out.weight.zero_()
            out.bias.zero_()
    decoder.embed_tokens.weight.zero_()
    decoder.embed_tokens.weight[TOKENS.index(WORD), 0] = 4.0
    decoder.embed_tokens.weight[TOKENS.index(END), 1] = 4.0
    decoder.embed_positions.weight.zero_()
    decoder.embed_positions.weight[: PROMPT + SAID - 1, 0] = 10.0
    decoder.embed_positions.weight[PROMPT + SAID - 1 :, 1] = 10.0


def write_tokenizer(folder: Path) -> None:
    vocabulary = {token: place for place, token in enumerate(TOKENS)}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.decoder = decoders.Fuse()
    tokenizer.save(str(folder / "tokenizer.json"))
    assert json.loads((folder / "tokenizer.json").read_text())["model"]["vocab"][WORD] == 1
