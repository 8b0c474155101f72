"""Emotion models and their cards."""
