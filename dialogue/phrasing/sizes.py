"""Size words: which number earns which word. The thresholds are fixed and documented in docs/answers.md.

Sizes of contributions are counted in points: hundredths of the probability told. A regression's are turned into
points of the target's spread (100 = one standard deviation of the target in the data), log-odds at 25 points each
(the steepest that a probability can follow them).
"""
SIZES = ((1, "hardly"), (5, "little"), (15, "clearly"), (float("inf"), "lot"))
LOG_ODDS_POINTS = 25


def size(points):
    """Key of the size word for a contribution of so many points, whatever its sign."""
    return next(word for limit, word in SIZES if abs(points) < limit)


def points_of(contribution, output, spread=None):
    """Points for a contribution in the output's unit; `spread` is the target's standard deviation."""
    if output == "probability":
        return 100 * float(contribution)
    if output == "log_odds":
        return LOG_ODDS_POINTS * float(contribution)
    return 100 * float(contribution) / spread if spread else 0.0


def counts(points):
    """Does a contribution count at all, as far as an answer mentions it?"""
    return abs(points) >= SIZES[0][0]
