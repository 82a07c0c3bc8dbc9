"""What a page is made of: gauges, lanes, cards, editors, all shown from frozen views."""
