"""Messages to people of the system: what happened that they wait for, also by e-mail."""
