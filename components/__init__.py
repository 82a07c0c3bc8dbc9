"""What a page is made of: gauges, key results, cards, editors, all shown from frozen views."""
