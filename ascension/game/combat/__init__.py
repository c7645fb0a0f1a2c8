"""One fight: piles, queues, powers, cards, relics and monsters."""
