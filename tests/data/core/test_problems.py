"""Problems are told as far as people read them."""

from data.core.problems import MOST_PROBLEMS, Problem, Problems


def test_of_each_file_the_first_problems_are_told_and_the_others_counted() -> None:
    problems = Problems()
    for line in range(2, 1_048_577):
        if problems.note("a.csv"):
            problems.append(Problem("a.csv", line, "is wrong", "correct it"))
    if problems.note("b.csv"):
        problems.append(Problem("b.csv", 2, "is wrong", "correct it"))
    told = problems.told()
    assert len(told) == MOST_PROBLEMS + 2
    assert [str(each) for each in told[-2:]] == [
        "b.csv:2: is wrong: correct it",
        "a.csv:101: and 1,048,475 more: correct these first",
    ]


def test_all_of_a_few_are_told() -> None:
    problems = Problems()
    assert problems.told() == []
