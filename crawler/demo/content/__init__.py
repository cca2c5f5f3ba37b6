"""What the demo campaign publishes: one YAML file a channel, written for this project."""
