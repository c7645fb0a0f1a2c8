"""Packed actions."""

from hypothesis import given
from hypothesis import strategies as st

from ascension.game import actions as A


@given(
    st.integers(0, len(A.VERB_NAMES) - 1),
    st.integers(0, 4095),
    st.integers(0, 4095),
)
def test_packing_an_action_keeps_its_parts(verb: int, first: int, second: int) -> None:
    action = A.make(verb, first, second)
    assert (A.verb_of(action), A.first_of(action), A.second_of(action)) == (verb, first, second)


def test_verbs_are_numbered_in_the_order_of_their_names() -> None:
    for number, name in enumerate(A.VERB_NAMES):
        assert getattr(A, name.upper()) == number
