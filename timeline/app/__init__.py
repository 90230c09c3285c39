"""What is seen: page, card, callbacks and server. The only rooms that know Dash."""
