"""Expressions of drivers, and the split of a change among them."""

import pickle
from collections.abc import Callable, Mapping
from itertools import permutations
from math import inf, isfinite, isnan, nan
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.drivers import ExpressionError, evaluate, parse, split

pytestmark = pytest.mark.filterwarnings("error")
relaxed = settings(deadline=None, database=None)

Values = Mapping[str, float]
Written = tuple[str, Callable[[Values], float]]

NAMES = ("Lost", "Sales / Region", "100 × n", "d")
MINUS, TIMES, DIVIDED = "-−–", "*×·⋅", "/÷:"

amounts = st.integers(-1000, 1000).map(lambda number: number / 8)
readings = st.fixed_dictionaries(dict.fromkeys(NAMES, amounts))
some_readings = st.fixed_dictionaries(dict.fromkeys(NAMES, st.one_of(amounts, st.floats())))


def _name(name: str) -> Written:
    return f"[{name}]", lambda values: values[name]


def _number(number: float) -> Written:
    return str(number), lambda values: number


def _arithmetic(sign: str, a: float, b: float) -> float:
    if sign == "+":
        return a + b
    if sign in MINUS:
        return a - b
    return a * b if sign in TIMES else a / b if b else nan


def _operation(left: Written, sign: str, right: Written) -> Written:
    text = f"({left[0]}){sign} ({right[0]})"
    return text, lambda values: _arithmetic(sign, left[1](values), right[1](values))


def _negative(sign: str, operand: Written) -> Written:
    return f"{sign}({operand[0]})", lambda values: -operand[1](values)


leaves = st.one_of(
    st.sampled_from(NAMES).map(_name), st.integers(0, 80).map(lambda n: _number(n / 8))
)


def _written(signs: str) -> st.SearchStrategy[Written]:
    """Give expressions as text and, beside it, as Python would compute them."""
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(_operation, inner, st.sampled_from(signs), inner),
            st.builds(_negative, st.sampled_from(MINUS), inner),
        ),
        max_leaves=12,
    )


written = _written("+" + MINUS + TIMES + DIVIDED)
without_division = _written("+" + MINUS + TIMES)


def _value(text: str, **values: float) -> Any:
    return evaluate(parse(text), values)


# Reading


def test_names_come_in_the_order_of_their_first_use_each_once() -> None:
    assert parse("[b] * [a] / [b] + [c] - 2").names == ("b", "a", "c")
    assert parse("12.5").names == ()


@pytest.mark.parametrize(
    "name", ["Lost customers", "Sales / Contract value", "1 + 1", "(", "a[b", "50 %", "×\n÷", "Ü"]
)
def test_names_hold_any_characters_but_a_closing_bracket(name: str) -> None:
    assert parse(f"2 * [{name}]").names == (name,)


def test_blanks_around_a_name_do_not_count() -> None:
    assert parse("[ Lost customers ] / [Lost customers]").names == ("Lost customers",)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("10 - 4 - 3", 3),
        ("100 / 10 / 5", 2),
        ("100 / 10 * 5", 50),
        ("-2 * 3", -6),
        ("2 * -3", -6),
        ("2 - -3", 5),
        ("--2", 2),
        ("-(2 + 3)", -5),
        ("\t2\n+\u00a03 ", 5),
        (".5 * 007", 3.5),
        ("12.50", 12.5),
        ("((((1))))", 1),
    ],
)
def test_signs_bind_as_in_school(text: str, value: float) -> None:
    assert _value(text) == value


@pytest.mark.parametrize(
    ("signs", "value"), [(MINUS, 4.0), (TIMES, 12.0), (DIVIDED, 3.0), ("+", 8.0)]
)
def test_each_sign_is_read_as_people_write_it(signs: str, value: float) -> None:
    assert [_value(f"[a]{sign}2", a=6.0) for sign in signs] == [value] * len(signs)
    assert len({parse(f"[a]{sign}2") for sign in signs}) == 1


def test_a_rate_and_a_product_are_read_as_people_write_them() -> None:
    rate = parse("100 * [Lost customers] / [Customers]")
    assert evaluate(rate, {"Lost customers": 3.0, "Customers": 150.0}) == 2.0
    sales = parse("[Sales / Contract value] × [Contracts] − 12.5")
    assert evaluate(sales, {"Sales / Contract value": 2.5, "Contracts": 9.0}) == 10.0


@pytest.mark.parametrize(
    ("text", "position", "problem", "remedy"),
    [
        ("", 1, "is empty", "square brackets"),
        (" \n ", 1, "is empty", "square brackets"),
        ("[A] +", 6, "missing at the end", "write a number"),
        ("[A] + ", 7, "missing at the end", "write a number"),
        ("()", 2, "missing before “)”", "write a number"),
        ("+5", 1, "missing before “+”", "write a number"),
        ("[A] ×÷ [B]", 6, "missing before “÷”", "write a number"),
        ("2 ** 3", 4, "missing before “*”", "write a number"),
        ("[A] [B]", 5, "side by side", "between them"),
        ("2([A])", 2, "side by side", "between them"),
        ("1 000", 3, "side by side", "between them"),
        ("1.2.3", 4, "side by side", "between them"),
        ("([A]", 1, "never closed", "close it"),
        ("([A] + ([B] * 2)", 1, "never closed", "close it"),
        ("[A])", 4, "closes nothing", "take it out"),
        ("2 * [A", 5, "never ends", "close the name with ]"),
        ("A]", 1, "“A”", "square brackets"),
        ("2 + ]", 5, "“]”", "open the name"),
        ("[]", 1, "empty", "write a name"),
        ("2 + [ ]", 5, "empty", "write a name"),
        ("Lost / Customers", 1, "“L”", "square brackets"),
        ("1,5", 2, "“,”", "thousands"),
        ("5.", 2, "“.”", "digits"),
        ("5 %", 3, "“%”", "0.05"),
        ("[A]^2", 4, "“^”", "multiply"),
        ("1e5", 2, "“e”", "square brackets"),
        ("2 ² 3", 3, "“²”", "square brackets"),
        ("٣ * 2", 1, "“٣”", "square brackets"),
        ("1 + " + "9" * 400, 5, "too large", "smaller"),
        ("__import__('os')", 1, "“_”", "square brackets"),
    ],
)
def test_anything_else_is_refused_with_place_and_remedy(
    text: str, position: int, problem: str, remedy: str
) -> None:
    with pytest.raises(ExpressionError) as refusal:
        parse(text)
    assert refusal.value.position == position
    assert problem in refusal.value.problem
    assert remedy in refusal.value.remedy
    error = refusal.value
    assert str(error) == f"character {error.position}: {error.problem}: {error.remedy}"


def test_a_refusal_is_a_value_error_that_can_be_handed_on() -> None:
    error = ExpressionError(3, "what", "do")
    assert isinstance(error, ValueError)
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "character 3: what: do"


@pytest.mark.parametrize(
    ("longest", "too_long", "position"),
    [
        ("1" + " " * 1999, "1" + " " * 2000, 2001),
        ("(" * 50 + "1" + ")" * 50, "(" * 51 + "1" + ")" * 51, 51),
        ("-" * 50 + "1", "-" * 51 + "1", 51),
        ("-(" * 25 + "1" + ")" * 25, "-(" * 25 + "-1" + ")" * 25, 51),
        ("1" + "+1" * 199, "1" + "+1" * 200, 401),
        (
            "+".join(f"[{n}]" for n in [*range(12), *range(12)]),
            "+".join(f"[{n}]" for n in [*range(12), 3, 12, 13]),
            55,
        ),
    ],
    ids=["characters", "parentheses", "signs", "signs and parentheses", "values", "names"],
)
def test_expressions_have_a_largest_size(longest: str, too_long: str, position: int) -> None:
    assert parse(longest)
    with pytest.raises(ExpressionError) as refusal:
        parse(too_long)
    assert refusal.value.position == position


def test_what_stands_side_by_side_is_not_deep() -> None:
    assert _value("1-(" * 50 + "1" + ")" * 50) == 1
    assert _value("+".join(["-(1)"] * 100)) == -100


@relaxed
@given(st.one_of(st.text(max_size=40), st.text("[]()+-*/×÷−:·.0129ab ,\n", max_size=40)))
def test_any_text_is_read_or_refused_at_one_of_its_characters(text: str) -> None:
    refusal = None
    try:
        expression = parse(text)
    except ExpressionError as error:
        refusal = error
    if refusal is None:
        assert isinstance(evaluate(expression, dict.fromkeys(expression.names, 1.0)), float)
    else:
        assert 1 <= refusal.position <= len(text) + 1
        assert refusal.problem
        assert refusal.remedy


# Computing


@relaxed
@given(written, readings)
def test_an_expression_is_worth_what_python_makes_of_it(
    expression: Written, values: Values
) -> None:
    text, computed = expression
    assert evaluate(parse(text), values) == pytest.approx(computed(values), nan_ok=True)


@relaxed
@given(st.lists(st.tuples(st.sampled_from("+-*/"), st.integers(1, 9)), max_size=12))
def test_without_parentheses_terms_are_summed_from_the_left(rest: list[tuple[str, int]]) -> None:
    terms = [2.0]
    for sign, number in rest:
        if sign in "+-":
            terms.append(_arithmetic(sign, 0.0, number))
        else:
            terms[-1] = _arithmetic(sign, terms[-1], number)
    text = "2" + "".join(f"{sign}{number}" for sign, number in rest)
    assert _value(text) == pytest.approx(sum(terms))


@relaxed
@given(written, st.lists(some_readings, max_size=6))
def test_periods_are_answered_as_one_by_one(expression: Written, rows: list[Values]) -> None:
    parsed = parse(expression[0])
    arrays = {name: np.array([row[name] for row in rows]) for name in NAMES}
    together = np.broadcast_to(evaluate(parsed, arrays), len(rows))
    np.testing.assert_array_equal(together, [evaluate(parsed, row) for row in rows])


def test_floats_give_a_float_and_arrays_an_array_of_their_shape() -> None:
    sum_of_two = parse("[a] + [b]")
    assert type(evaluate(sum_of_two, {"a": 1, "b": 2})) is float
    assert np.shape(evaluate(sum_of_two, {"a": np.ones((3, 5)), "b": np.ones(5)})) == (3, 5)
    assert np.shape(evaluate(sum_of_two, {"a": [], "b": 1.0})) == (0,)


@pytest.mark.parametrize("text", ["1 / [a]", "[a] / [a]", "1 / (1 / [a])", "0 * (1 / [a])"])
def test_a_division_by_nought_has_no_value(text: str) -> None:
    assert isnan(_value(text, a=0.0))
    np.testing.assert_array_equal(np.isnan(_value(text, a=np.array([0.0, 2.0]))), [True, False])


@pytest.mark.parametrize("missing", [nan, inf, -inf, None])
@pytest.mark.parametrize("text", ["[a]", "0 * [a]", "1 / [a]"])
def test_a_missing_driver_leaves_no_value(text: str, missing: Any) -> None:
    assert isnan(_value(text, a=missing))


def test_a_value_beyond_the_range_of_numbers_is_none() -> None:
    assert isnan(_value("1 / ([a] * [a])", a=1e200))


def test_every_driver_needs_a_value_and_no_other_does() -> None:
    assert _value("[a]", a=1.0, b=nan) == 1.0
    with pytest.raises(KeyError, match="a"):
        evaluate(parse("[a]"), {"b": 1.0})
    with pytest.raises(KeyError, match="a"):
        split(parse("[a]"), {"a": 1.0}, {})


# Splitting


def test_a_rate_s_change_is_split_by_hand() -> None:
    # 10 of 200 lost become 18 of 240: 5 % become 7.5 %. More lost customers add 4 if they
    # change first (18 / 200 = 9 %) and 3 1/3 if last (from 10 / 240 = 4 1/6 %), in the mean
    # 3 2/3; more customers take 5/6 first and 1 1/2 last, in the mean 1 1/6.
    rate = parse("100 * [Lost customers] / [Customers]")
    before = {"Lost customers": 10.0, "Customers": 200.0}
    after = {"Lost customers": 18.0, "Customers": 240.0}
    parts = split(rate, before, after)
    assert parts == {
        "Lost customers": pytest.approx(3 + 2 / 3),
        "Customers": pytest.approx(-1 - 1 / 6),
    }
    assert list(parts) == ["Lost customers", "Customers"]
    assert sum(parts.values()) == pytest.approx(2.5)


def test_three_factors_share_what_they_do_together() -> None:
    # From 1·1·1 to 2·3·4: with Δ = 1, 2, 3 a part is its Δ plus half of each pair it is in
    # plus a third of all three: 1 + (2 + 3)/2 + 6/3, 2 + (2 + 6)/2 + 2, 3 + (3 + 6)/2 + 2.
    parts = split(parse("[a] * [b] * [c]"), dict.fromkeys("abc", 1), {"a": 2, "b": 3, "c": 4})
    assert parts == pytest.approx({"a": 5.5, "b": 8.0, "c": 9.5})


def test_a_sum_s_parts_are_its_drivers_own_changes() -> None:
    parts = split(parse("[a] - 2 * [b]"), {"a": 5.0, "b": 1.0}, {"a": 4.0, "b": 4.0})
    assert parts == {"a": -1.0, "b": -6.0}


def _by_definition(text: str, before: Values, after: Values) -> dict[str, float]:
    """Change the drivers one by one in every order, and take the mean of what each adds."""
    expression = parse(text)
    orders = list(permutations(expression.names))
    parts = dict.fromkeys(expression.names, 0.0)
    for order in orders:
        state = dict(before)
        for name in order:
            held = evaluate(expression, state)
            state[name] = after[name]
            parts[name] += (float(evaluate(expression, state)) - float(held)) / len(orders)
    return parts


def _mixed_size(text: str, before: Values, after: Values) -> float:
    """Give the largest value of all mixed states, which rounding is relative to."""
    expression = parse(text)
    states = [dict(before)]
    for name in expression.names:
        states += [{**state, name: after[name]} for state in states]
    return max(1.0, *(abs(float(evaluate(expression, state))) for state in states))


@relaxed
@given(written, readings, readings)
def test_the_split_is_shapley_s_value_by_its_definition(
    expression: Written, before: Values, after: Values
) -> None:
    text, _ = expression
    parts, expected = split(parse(text), before, after), _by_definition(text, before, after)
    assume(all(map(isfinite, expected.values())))
    rounding = 1e-12 * _mixed_size(text, before, after)
    assert parts == pytest.approx(expected, rel=1e-9, abs=rounding)


@relaxed
@given(written, readings, readings)
def test_the_parts_sum_to_the_whole_or_there_are_none(
    expression: Written, before: Values, after: Values
) -> None:
    parsed = parse(expression[0])
    parts = split(parsed, before, after)
    assert tuple(parts) == parsed.names
    if all(map(isfinite, parts.values())):
        whole = float(evaluate(parsed, after)) - float(evaluate(parsed, before))
        rounding = 1e-12 * _mixed_size(expression[0], before, after)
        assert not parts or sum(parts.values()) == pytest.approx(whole, abs=rounding)
    else:
        assert all(map(isnan, parts.values()))


@relaxed
@given(without_division, readings, readings)
def test_the_parts_of_a_sum_are_the_sums_of_the_parts(
    expression: Written, before: Values, after: Values
) -> None:
    text = expression[0]
    other = "[Lost] * [d] - 3"
    together = split(parse(f"{text} + {other}"), before, after)
    apart = [split(parse(one), before, after) for one in (text, other)]
    expected = {name: sum(parts.get(name, 0.0) for parts in apart) for name in together}
    rounding = 1e-12 * (_mixed_size(text, before, after) + _mixed_size(other, before, after))
    assert together == pytest.approx(expected, abs=rounding)


@relaxed
@given(written, readings, readings)
def test_going_back_turns_the_parts(expression: Written, before: Values, after: Values) -> None:
    parsed = parse(expression[0])
    forth, back = split(parsed, before, after), split(parsed, after, before)
    rounding = 1e-12 * _mixed_size(expression[0], before, after)
    expected = {name: -part for name, part in back.items()}
    assert forth == pytest.approx(expected, abs=rounding, nan_ok=True)


@relaxed
@given(written, readings, readings, st.sampled_from(NAMES))
def test_a_driver_that_did_not_change_has_no_part(
    expression: Written, before: Values, after: Values, name: str
) -> None:
    parts = split(parse(expression[0]), before, {**after, name: before[name]})
    assert isnan(parts.get(name, 0.0)) or parts.get(name, 0.0) == 0.0


@relaxed
@given(readings, readings, amounts, amounts)
def test_a_driver_that_does_not_matter_has_no_part(
    before: Values, after: Values, old: float, new: float
) -> None:
    idle = parse("[Lost] * [d] + 0 * [idle]")
    parts = split(idle, {**before, "idle": old}, {**after, "idle": new})
    assert parts["idle"] == 0.0
    without = split(parse("[Lost] * [d]"), before, after)
    assert parts == pytest.approx({**without, "idle": 0.0})


@relaxed
@given(amounts, amounts, amounts, amounts)
def test_drivers_of_the_same_role_and_change_have_the_same_part(
    old: float, new: float, other_old: float, other_new: float
) -> None:
    parts = split(
        parse("([a] + 1) * ([b] + 1) - [c] * ([a] + [b])"),
        {"a": old, "b": old, "c": other_old},
        {"a": new, "b": new, "c": other_new},
    )
    assert parts["a"] == pytest.approx(parts["b"], abs=1e-6)


def test_where_a_mixed_state_divides_by_nought_nothing_is_split() -> None:
    # Before and after have values, but a with its old b or the new has none.
    margin = parse("[c] / ([a] - [b])")
    before, after = {"a": 3.0, "b": 2.0, "c": 1.0}, {"a": 5.0, "b": 3.0, "c": 1.0}
    assert evaluate(margin, after) == 0.5
    assert all(map(isnan, split(margin, before, after).values()))


@pytest.mark.parametrize("missing", [nan, inf, None])
def test_a_missing_driver_leaves_nothing_to_split(missing: Any) -> None:
    parts = split(parse("[a] + [b]"), {"a": 1.0, "b": 2.0}, {"a": missing, "b": 2.0})
    assert all(map(isnan, parts.values()))


def test_a_change_beyond_the_range_of_numbers_is_not_split() -> None:
    parts = split(parse("[a] + [b]"), {"a": -1e308, "b": 0.0}, {"a": 1e308, "b": 1.0})
    assert all(map(isnan, parts.values()))


def test_an_expression_without_drivers_has_no_parts() -> None:
    assert split(parse("12.5"), {}, {}) == {}
    assert split(parse("1 / 0"), {}, {}) == {}


def test_twelve_drivers_are_split_exactly() -> None:
    names = [str(number) for number in range(12)]
    product = parse("×".join(f"[{name}]" for name in names))
    parts = split(product, dict.fromkeys(names, 1.0), dict.fromkeys(names, 2.0))
    assert parts == pytest.approx(dict.fromkeys(names, (2**12 - 1) / 12))
