"""YAML with positions and comments: read fast where it is plain, with care where something is wrong."""
