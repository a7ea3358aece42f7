"""The search behind "what would change it": which values may be tried, what they cost, which changed rows are offered.

    target       what is to be reached, and how far a prediction is from it
    constraints  what the domain and the person allow
    levers       the things that can be changed with the values they may take; candidates as rows of positions
    cost         what a change costs
    engine       the candidates that reach the target, cheapest first
    options      few, different, plausible and robust ones among them
"""
