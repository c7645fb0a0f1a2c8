"""AscensionAI: an agent that learns Slay the Spire and shows whether it got better."""

from ascension import engine_build

engine_build.prepare()
