"""Makes the rows of the two domains here: `python -m tests.understanding.crowd.make_rows`.

Nobody real is in them: plausible values drawn with a fixed seed, the outcome from a plain rule with noise.
"""
from pathlib import Path

import numpy as np

from tests.understanding.made_rows import write

HERE = Path(__file__).resolve().parent
SEED = 11


def diabetes(generator, rows=400):
    """Check-ups of women, all columns squeezed into one lower-case word."""
    for number in range(rows):
        age = int(np.clip(generator.gamma(3, 8) + 18, 21, 81))
        bmi = round(float(np.clip(generator.normal(32, 7), 0, 60)), 1)
        glucose = int(np.clip(generator.normal(120, 30), 0, 199))
        pedigree = round(float(np.clip(generator.gamma(2, 0.23), 0.08, 2.4)), 3)
        score = 0.045 * (glucose - 125) + 0.09 * (bmi - 32) + 0.03 * (age - 35)
        yield {"id": number, "pregnancies": int(np.clip(generator.poisson(age / 12), 0, 17)), "glucose": glucose,
               "bloodpressure": int(np.clip(generator.normal(69, 19), 0, 122)),
               "skinthickness": int(np.clip(generator.normal(20, 15), 0, 99)),
               "insulin": int(max(0, generator.normal(80, 110))), "bmi": bmi,
               "diabetespedigreefunction": pedigree, "age": age,
               "y": int(generator.random() < 1 / (1 + np.exp(0.5 - score)))}


def recidivism(generator, rows=400):
    """Defendants: counts, length of stay in months, and flags of one-hot families."""
    for number in range(rows):
        age, priors = int(generator.integers(18, 75)), int(generator.poisson(3))
        race = generator.choice(["AfricanAmerican", "Caucasian", "Hispanic", "Asian", "Other"], p=[0.4, 0.3, 0.15, 0.05, 0.1])
        sex, degree = generator.choice(["Female", "Male"]), generator.choice(["Felony", "Misdemeanor"])
        score = 0.3 * (priors - 3) - 0.05 * (age - 35)
        yield {"id": number, "Age": age, "PriorsCount": priors, "LengthOfStay": int(generator.poisson(4)),
               "JuvenileFelonyCount": int(generator.poisson(0.3)), "JuvenileOtherCount": int(generator.poisson(0.4)),
               **{f"race{name}": int(race == name) for name in ("AfricanAmerican", "Asian", "Caucasian", "Hispanic", "Other")},
               **{f"sex{name}": int(sex == name) for name in ("Female", "Male")},
               **{f"ChargeDegree{name}": int(degree == name) for name in ("Felony", "Misdemeanor")},
               "TwoYearRecid": int(generator.random() < 1 / (1 + np.exp(-score)))}


if __name__ == "__main__":
    write(HERE / "diabetes", diabetes(np.random.default_rng(SEED)))
    write(HERE / "recidivism", recidivism(np.random.default_rng(SEED)))
