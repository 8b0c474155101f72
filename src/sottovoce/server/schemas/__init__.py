"""What the wire carries: pydantic lives here and nowhere else."""
