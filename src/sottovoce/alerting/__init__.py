"""Where choices about alerts are kept, and how alerts leave the machine when asked to."""
