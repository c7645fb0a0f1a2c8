"""What Prefect's parameter forms show, read as the deployment reads it."""

import pytest
from prefect.exceptions import ParameterTypeError
from prefect.utilities.callables import parameter_schema

from flows.clone import clone
from flows.collect import collect
from flows.evaluate import evaluate
from flows.report import report
from flows.train import train

FLOWS = [clone, collect, train, evaluate, report]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_every_parameter_has_a_default_and_a_description(flow):
    # Prefect shows what the docstring says; a description in the annotation gets lost.
    for name, shown in parameter_schema(flow.fn).properties.items():
        assert shown.get("description"), name
        assert "default" in shown


@pytest.mark.parametrize(
    ("flow", "parameters"),
    [
        (train, {"run": "../outside"}),
        (train, {"linger_seconds": -1}),
        (collect, {"minutes": 0}),
        (collect, {"minutes": 100_000}),
        (evaluate, {"reason": "x" * 300}),
        (evaluate, {"linger_seconds": "soon"}),
        (report, {"run": ""}),
    ],
)
def test_values_that_make_no_sense_are_refused_before_anything_runs(flow, parameters):
    with pytest.raises(ParameterTypeError):
        flow.validate_parameters(parameters)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_every_flow_has_a_timeout_a_speaking_name_and_a_description(flow):
    assert flow.timeout_seconds
    assert callable(flow.flow_run_name)
    assert flow.description
