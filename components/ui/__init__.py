"""What all pages share: the top line, words for numbers and days, the theme, what the URL says."""
