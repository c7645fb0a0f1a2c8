"""Learning from decisions: network, cloning, PPO. The only package that imports torch."""
