"""AscensionAI: an agent that learns Slay the Spire and shows whether it got better."""
