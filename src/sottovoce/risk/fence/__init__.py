"""The fence: no number about low mood without a model that was judged on clinical labels."""
