"""The driver tree: a KPI computed from others, and its change split exactly among them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import comb, isinf
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Step = float | str | np.ufunc

LONGEST = 2_000
DEEPEST = 50
MOST_NAMES = 12
# A chain of n values is a tree n deep, and Python's parser has a depth that it can take.
MOST_VALUES = 200

TOKEN = re.compile(
    r"\s*(?:\[(?P<name>[^\]]*)\]|(?P<number>[0-9]*\.?[0-9]+)|(?P<sign>[-−–+*×·⋅/÷:()])|(?P<end>\Z))"
)
SIGNS = {"−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/", ":": "/"}
VALUES = {"name", "number"}

OPERATIONS: dict[type[ast.AST], np.ufunc] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.USub: np.negative,
}

NAMES_IN_BRACKETS = "put names in square brackets, as in [Lost] / [Customers]"
REMEDIES = {
    "[": "close the name with ]",
    "]": "open the name with [ before it",
    ",": "write decimals with a point and thousands without a sign",
    ".": "write digits after the point",
    "%": "write 5 % as 0.05",
    "^": "multiply as often as the power says",
}


class ExpressionError(ValueError):
    """An expression that cannot be read: where (characters from 1), what is wrong, what to do."""

    def __init__(self, position: int, problem: str, remedy: str) -> None:
        super().__init__(position, problem, remedy)
        self.position = position
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"character {self.position}: {self.problem}: {self.remedy}"


@dataclass(frozen=True, slots=True)
class Expression:
    """How a KPI is computed from its drivers.

    `names` are the drivers in the order of their first use, each once; `steps` is the
    arithmetic in postfix order: numbers, names, and operations on the results before them.
    """

    names: tuple[str, ...]
    steps: tuple[Step, ...]


class Token(NamedTuple):
    """A piece of an expression: a `name`, a `number`, the `end`, or a sign that is its kind."""

    kind: str
    text: str
    position: int


def parse(text: str) -> Expression:
    """Read an expression such as `100 × [Lost customers] ÷ [Customers]`.

    It may hold names in square brackets (any characters but `]`, blanks at the ends do not
    count), numbers with a decimal point, parentheses, a minus before a value, and the signs
    + - * / as people write them: − – for minus, × · ⋅ for times, ÷ : for divided by. As in
    school, × and ÷ bind before + and −, and equal ones from the left.

    Raises `ExpressionError`, with position and remedy, for anything else, and beyond 2,000
    characters, 200 values, 12 names, or 50 parentheses and signs inside one another.
    """
    if len(text) > LONGEST:
        problem = f"the expression has {len(text):,} characters, at most {LONGEST:,} are read"
        raise ExpressionError(LONGEST + 1, problem, "compute a part of it in a KPI of its own")
    tokens = list(_tokens(text))
    if len(tokens) == 1:
        raise ExpressionError(1, "the expression is empty", NAMES_IN_BRACKETS)
    _check_order(tokens)
    _check_size(tokens)
    names = dict.fromkeys(token.text for token in tokens if token.kind == "name")
    return Expression(tuple(names), _steps(tokens))


def evaluate(expression: Expression, values: Mapping[str, ArrayLike]) -> float | Numbers:
    """Return the expression's value from the values of its drivers, a float from floats.

    The values are floats, or arrays of shapes that broadcast, such as (periods,) or
    (kpis, periods). NaN where one is missing (NaN or infinite), and where any step divides
    by zero or leaves the range of numbers. KeyError where a driver has no value at all;
    values of other names do not matter.
    """
    results: list[Numbers] = []
    for step in expression.steps:
        if isinstance(step, np.ufunc):
            first = len(results) - step.nin
            results[first:] = [_applied(step, results[first:])]
        else:
            value = values[step] if isinstance(step, str) else step
            results.append(_finite(np.asarray(value, dtype=np.float64)))
    return results[0] if results[0].ndim else float(results[0])


@np.errstate(over="ignore", invalid="ignore")
def split(
    expression: Expression, before: Mapping[str, float], after: Mapping[str, float]
) -> dict[str, float]:
    """Return each driver's part in the change of the expression's value, by name.

    A driver's part is its Shapley value: the mean, over all orders in which the drivers
    could have changed from `before` to `after` one by one, of what its own change adds. The
    parts sum to the whole change (to the rounding of the values on the way), drivers that
    play the same role have equal parts, one that did not change or does not matter has 0,
    and the parts of a sum are the sums of the parts.

    All parts are NaN where one of those mixed states has no value: a driver is missing, a
    step divides by zero or leaves the range of numbers. Then no split is better founded
    than another. KeyError where a driver has no value at all.

    Exact, over the 2^n mixed states; n is at most 12. The alternative, log-mean Divisia
    (Ang 2005, The LMDI approach to decomposition analysis, Energy Policy 33(7):867–871), is
    cheaper but is for products of positive drivers only; ours have sums, zeros and signs.

    Shapley 1953, A value for n-person games, Contributions to the Theory of Games II,
    307–317; for changes of a computed value Albrecht, François & Schoors 2002, A Shapley
    decomposition of carbon emissions without residuals, Energy Policy 30(9):727–736.
    """
    names = expression.names
    old, new = (np.array([each[name] for name in names], dtype=float) for each in (before, after))
    changed = (np.arange(2 ** len(names)) >> np.arange(len(names))[:, None]) & 1 == 1
    states = np.where(changed, new[:, None], old[:, None])
    worth = evaluate(expression, dict(zip(names, states, strict=True)))
    parts = _shapley(np.broadcast_to(worth, changed.shape[1:]), len(names))
    if not np.isfinite(parts).all():
        parts = np.full(len(names), np.nan)
    return dict(zip(names, parts.tolist(), strict=True))


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while True:
        match = TOKEN.match(text, at)
        if match is None:
            raise _unknown(text, at)
        token = _token(match)
        yield token
        if token.kind == "end":
            return
        at = match.end()


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or "end"
    text = match[kind].strip()
    position = match.start(kind) + (kind != "name")
    if kind == "name" and not text:
        raise ExpressionError(position, "the brackets are empty", "write a name in them")
    if kind == "number" and isinf(float(text)):
        raise ExpressionError(position, "the number is too large", "write a smaller one")
    return Token(SIGNS.get(text, text) if kind == "sign" else kind, text, position)


def _unknown(text: str, at: int) -> ExpressionError:
    at += len(text[at:]) - len(text[at:].lstrip())
    sign = text[at]
    problem = "the name never ends" if sign == "[" else f"“{sign}” means nothing here"
    return ExpressionError(at + 1, problem, REMEDIES.get(sign, NAMES_IN_BRACKETS))


def _check_order(tokens: Iterable[Token]) -> None:
    """Refuse what is no arithmetic: values and operators out of turn, open parentheses."""
    open_here: list[Token] = []
    value_due = True
    for token in tokens:
        _check_turn(token, value_due)
        if token.kind == "(" or (token.kind == "-" and value_due):
            open_here.append(token)
        elif token.kind == ")":
            if not open_here:
                raise ExpressionError(token.position, "“)” closes nothing", "take it out")
            open_here.pop()
        if len(open_here) > DEEPEST:
            problem = f"more than {DEEPEST} parentheses and signs are inside one another"
            raise ExpressionError(token.position, problem, "take out those that do nothing")
        value_due = token.kind not in {*VALUES, ")"}
        while not value_due and open_here and open_here[-1].kind == "-":
            open_here.pop()
    if open_here:
        raise ExpressionError(open_here[-1].position, "“(” is never closed", "close it with )")


def _check_turn(token: Token, value_due: bool) -> None:
    starts_value = token.kind in {*VALUES, "("}
    if value_due and not starts_value and token.kind != "-":
        missing = "at the end" if token.kind == "end" else f"before “{token.text}”"
        remedy = "write a number, a [name] or something in parentheses"
        raise ExpressionError(token.position, f"a value is missing {missing}", remedy)
    if starts_value and not value_due:
        problem = "two values stand side by side"
        raise ExpressionError(token.position, problem, "write + − × or ÷ between them")


def _check_size(tokens: Iterable[Token]) -> None:
    values = [token for token in tokens if token.kind in VALUES]
    if len(values) > MOST_VALUES:
        problem = f"there are more than {MOST_VALUES} values"
        remedy = "compute a part of them in a KPI of its own"
        raise ExpressionError(values[MOST_VALUES].position, problem, remedy)
    firsts: dict[str, Token] = {}
    for token in values:
        if token.kind == "name":
            firsts.setdefault(token.text, token)
    if len(firsts) > MOST_NAMES:
        problem = f"there are {len(firsts)} drivers, at most {MOST_NAMES} can be told apart"
        remedy = "compute some of them in a KPI of its own"
        raise ExpressionError(list(firsts.values())[MOST_NAMES].position, problem, remedy)


def _steps(tokens: Iterable[Token]) -> tuple[Step, ...]:
    """Let Python's own parser say what binds first; it sees signs and placeholders only."""
    values: dict[str, float | str] = {}
    source = []
    for token in tokens:
        piece = "" if token.kind == "end" else token.kind
        if token.kind in VALUES:
            piece = f"v{len(values)}"
            values[piece] = token.text if token.kind == "name" else float(token.text)
        source.append(piece)
    return tuple(_postfix(ast.parse(" ".join(source).strip(), mode="eval").body, values))


def _postfix(tree: ast.expr, values: Mapping[str, float | str]) -> list[Step]:
    """Return the steps of the tree, found from the last to the first."""
    steps: list[Step] = []
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case ast.BinOp(left, operator, right):
                steps.append(OPERATIONS[type(operator)])
                waiting += [left, right]
            case ast.UnaryOp(operator, operand):
                steps.append(OPERATIONS[type(operator)])
                waiting.append(operand)
            case ast.Name(placeholder):
                steps.append(values[placeholder])
    return steps[::-1]


@np.errstate(all="ignore")
def _applied(operation: np.ufunc, operands: list[Numbers]) -> Numbers:
    # An infinity must not go on: 1 / (1 / 0) would come out as 0.
    return _finite(np.asarray(operation(*operands)))


def _finite(numbers: Numbers) -> Numbers:
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _shapley(worth: Numbers, players: int) -> Numbers:
    """Return the Shapley values, shape (players,), of a game of 2^players worths.

    The worth of a coalition stands at the number whose bit i tells whether player i is in.
    Every worth counts for every player, so that one NaN makes all values NaN.
    """
    player = np.arange(players)[:, None]
    # The coalitions of the others, and the same with a bit for the player put in between.
    others = np.arange(len(worth) // 2)
    without = ((others >> player) << (player + 1)) | (others & ((1 << player) - 1))
    sizes = np.bitwise_count(others)
    weights = np.array([1 / (players * comb(players - 1, size)) for size in range(players)])
    gains = worth[without | (1 << player)] - worth[without]
    return np.asarray((gains * weights[sizes]).sum(axis=-1))
