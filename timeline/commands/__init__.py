"""One thin command each: what was typed is handed to the rooms below, what they say is printed."""
