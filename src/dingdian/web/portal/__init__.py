"""What an institution does on screen: its own data, applications, requests, letters."""
