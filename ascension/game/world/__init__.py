"""Everything between the fights: map, rooms, rewards, shops, events."""
