"""What can be wrong with what came in.

    Problem                 something a person can mend; never a fault of the program
      DomainProblem         the domain folder (has a line where one is known)
      ModelProblem          the model file, or what it needs
      InputProblem          a question, case, value or condition

A problem is a code with its facts. The sentence that people read about it stands in
`dialogue/languages/<code>/problems.yaml`, one for each code; a test holds the two together.
"""


class Problem(Exception):
    """`Problem("unknown_case", case="77", first="0", last="999")`."""

    def __init__(self, code, **facts):
        super().__init__(f"{code} {facts}")
        self.code = code
        self.facts = facts


class DomainProblem(Problem):
    """The domain folder cannot be used as it is."""


class ModelProblem(Problem):
    """The model cannot be loaded or run."""


class InputProblem(Problem):
    """Something in a question, a case or a row is not possible."""
