"""How the voice sounded, in numbers: descriptors, functionals and biomarkers."""
