"""The command that a report prints leads to the settings it reports."""

import pytest

from ascension.settings import NetworkSettings
from flows.project import varied
from flows.steps.reproducing import command_of


def options_of(command):
    """`--name value` words of a command."""
    words = command.split()
    return {
        word: after for word, after in zip(words, [*words[1:], ""], strict=True) if "--" in word
    }


@pytest.mark.parametrize("preset", ["default", "long", "original"])
def test_a_preset_is_found_by_its_settings(preset):
    found = options_of(command_of(varied(preset, "some"), 7))
    assert (found["--preset"], found["--run"], found["--updates"]) == (preset, "some", "7")
    assert set(found) == {"--run", "--preset", "--updates", "--minutes"}


def test_what_was_varied_is_in_the_command():
    settings = varied(
        "original", "control", head="slots", seeds=200, ascension=3, from_scratch=True
    )
    found = options_of(command_of(settings, 1))
    assert (found["--head"], found["--seeds"], found["--ascension"]) == ("slots", "200", "3")
    assert "--scratch" in found


def test_settings_that_no_option_leads_to_have_no_command():
    settings = varied("default")
    network = NetworkSettings(state_size=3)
    train = settings.train.model_copy(update={"network": network, "gamma": 0.5})
    assert command_of(settings.model_copy(update={"train": train}), 1) == ""
