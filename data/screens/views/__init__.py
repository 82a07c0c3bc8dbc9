"""The frozen shapes of the screens that span subjects."""
