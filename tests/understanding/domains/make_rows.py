"""Makes the rows of the two small evaluation domains: `python -m tests.understanding.domains.make_rows`.

Nobody real is in them: plausible values drawn with a fixed seed, the outcome from a plain rule with noise.
"""
from pathlib import Path

import numpy as np

from tests.understanding.made_rows import write

HERE = Path(__file__).resolve().parent
SEED = 7


def diabetes(generator, rows=120):
    """Women at a check-up: measurements, and whether diabetes showed within five years (0 or 1)."""
    for _ in range(rows):
        age = int(np.clip(generator.gamma(3, 8) + 18, 21, 79))
        bmi = round(float(np.clip(generator.normal(32, 6), 18.5, 54)), 1)
        glucose = int(np.clip(generator.normal(120, 28), 60, 198))
        pedigree = round(float(np.clip(generator.gamma(2, 0.23), 0.08, 2.2)), 3)
        score = 0.045 * (glucose - 125) + 0.09 * (bmi - 32) + 0.03 * (age - 35) + 1.2 * (pedigree - 0.5)
        yield {"pregnancies": int(np.clip(generator.poisson(age / 12), 0, 15)), "glucose": glucose,
               "BloodPressure": int(np.clip(generator.normal(72, 11), 44, 110)),
               "SkinThickness": int(np.clip(generator.normal(bmi - 4, 7), 8, 60)),
               "Insulin": int(np.clip(generator.gamma(2.2, 60), 15, 600)), "BMI": bmi,
               "DiabetesPedigreeFunction": pedigree, "age": age,
               "outcome": int(generator.random() < 1 / (1 + np.exp(-score + 0.5)))}


def churn(generator, rows=100):
    """Customers of a phone and internet company, and whether they left within the quarter (0 or 1)."""
    for _ in range(rows):
        tenure = int(generator.integers(1, 73))
        contract = generator.choice(["Monthly", "OneYear", "TwoYear"], p=[0.55, 0.25, 0.2])
        payment = generator.choice(["Card", "BankTransfer", "Check"])
        charges = round(float(generator.uniform(19, 118)), 2)
        complaints = int(generator.poisson(0.8))
        support = generator.random() < 0.4
        score = (1.3 * (contract == "Monthly") + 0.02 * (charges - 65) + 0.6 * complaints
                 - 0.03 * (tenure - 25) - 0.7 * support - 1.4)
        yield {"customerAge": int(generator.integers(19, 85)), "tenureMonths": tenure, "MonthlyCharges": charges,
               "DataUsageGb": round(float(generator.gamma(2, 11)), 1), "num_complaints": complaints,
               "contractMonthly": int(contract == "Monthly"), "contractOneYear": int(contract == "OneYear"),
               "contractTwoYear": int(contract == "TwoYear"), "payMethodCard": int(payment == "Card"),
               "payMethodBankTransfer": int(payment == "BankTransfer"), "payMethodCheck": int(payment == "Check"),
               "paperless_billing": "yes" if generator.random() < 0.6 else "no",
               "tech_support": "yes" if support else "no",
               "has_dependents": "yes" if generator.random() < 0.3 else "no",
               "churned": int(generator.random() < 1 / (1 + np.exp(-score)))}


if __name__ == "__main__":
    write(HERE / "diabetes", diabetes(np.random.default_rng(SEED)))
    write(HERE / "churn", churn(np.random.default_rng(SEED)))
