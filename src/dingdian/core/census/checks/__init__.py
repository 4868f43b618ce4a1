"""What is wrong with a census as a whole: one file a topic, each yields faults, none decides."""
