"""What people call things: finding them by it, and what follows when it changes."""
