"""Side wing: Hugging Face speech checkpoints, loaded rightly, converted, fine-tuned, exported.

The only room with transformers in it. What it makes is an ONNX file and a card, which
``sottovoce.models`` runs without torch.
"""
