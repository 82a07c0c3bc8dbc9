"""Who is here: by a name that was picked, or by the address of a sign-in."""
