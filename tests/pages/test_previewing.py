"""What was read stays read for a preview at a later version of the data, as far as it may."""

import pytest

from data.core.problems import Code, Problem
from data.exchange.importing.preview import Prepared
from data.exchange.tables import Tables
from data.exchange.views import ImportView
from pages.import_data.job import Job
from pages.import_data.previewing import Previewed, _opened_before


@pytest.mark.parametrize(("code", "stays"), [(Code.OTHER, True), (Code.READ_NO_FURTHER, False)])
def test_a_file_is_read_again_that_was_not_read_to_its_end(code: Code, stays: bool) -> None:
    problem = Problem("readings.csv", 2, "is wrong", "correct it", code)
    opened = Prepared(Tables(), (problem,), (), "{}.csv".format)
    previewed = Previewed(opened, Tables(), ImportView((), (), ()))
    job = Job(("a file", 1), lambda _tell: previewed)
    assert job.is_over(within=5)
    assert _opened_before(job, "a file") is (opened if stays else None)
    assert _opened_before(job, "another") is None
