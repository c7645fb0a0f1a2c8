"""What learning refuses or cannot do. No torch here: commands name these errors without it."""


class TrainingDiverged(ArithmeticError):
    """A loss or a gradient is no number any more; the last checkpoint is the last good state."""


class DeviceError(RuntimeError):
    """The device that should compute is not there, was lost, or has too little memory."""


class OneSidedExamples(ValueError):
    """Demonstrations that always choose the same position: there is nothing to tell apart."""
