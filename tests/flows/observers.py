"""An observer that writes down what it is told."""

from dataclasses import dataclass, field


@dataclass
class Notes:
    """Everything the loop said, in order."""

    stages: list[str] = field(default_factory=list)
    updates: list[int] = field(default_factory=list)
    evaluations: list[str] = field(default_factory=list)
    teacher_games: list[tuple[int, int]] = field(default_factory=list)
    epochs: int = 0
    played: int = 0

    def stage(self, name):
        self.stages.append(name)

    def teacher_game(self, done, wanted):
        self.teacher_games.append((done, wanted))

    def epoch(self, epoch):
        self.epochs += 1

    def games(self, group):
        self.played += len(group)

    def collected(self, report):
        pass

    def update(self, update):
        self.updates.append(update.total_updates)

    def evaluated(self, policy, games):
        self.evaluations.append(policy)

    def waiting(self, games, waiting):
        self.played = games
