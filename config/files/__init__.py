"""Read configuration files: YAML with line numbers, all faults of a file at once, bounded expressions."""
