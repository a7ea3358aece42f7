"""The patterns of statements over the letters of `items`: (form, pattern), in the order in which they are tried."""

import re

# name, pattern over letters; groups: F feature, N number(s), O/A comparison, and so on
CHANGES = (
    ("by", r"(?P<d>[ud])[lwbrfGC]{0,4}(?P<F>[FL])[lwbrGCf]{0,6}y[lwf]{0,2}(?P<N>N)"),
    ("by", r"(?P<F>[FL])[bwltfsGC]{0,5}(?P<d>[ud])[lwf]{0,2}y?[lwf]{0,2}(?P<N>N)(?![lwf]{0,2}[AFL])"),
    ("by", r"(?P<d>u|d)l{0,2}(?P<N>N)m?(?:t|l|w|f)[lwf]{0,2}(?P<F>F)"),
    ("to", r"[uds][lwbrfGC]{0,4}(?P<F>[FL])[lwbrfGC]{0,4}t[lwf]{0,2}(?P<N>N)"),
    ("to", r"(?P<F>[FL])[lbwq]{0,4}[uds][lwb]{0,2}t[lwf]{0,2}(?P<N>N)"),
    ("by", r"(?P<d>d)[lwf]{0,2}(?P<N>N)[lwfb]{0,2}(?P<F>F)"),
    ("to", r"s[lwf]{0,3}(?P<F>F)[lwbrf]{0,1}(?P<N>N)"),
    ("by", r"(?P<F>F)[lbwr]{0,5}(?P<N>N)[lwf]{0,1}(?P<c>[me])"),
    ("by", r"(?P<N>N)(?P<c>[me])[lwf]{0,2}(?P<F>F)"),
    ("by", r"(?P<N>N)(?P<F>F)(?P<c>[me])(?![lwfO]{0,2}N)"),
    ("by", r"(?P<N>N)[lwf]{0,1}(?P<I>[me])"),
    ("by", r"(?P<I>[me])y(?P<N>N)"),
    ("times", r"(?P<T>T)[lwt]{0,4}(?P<F>F)"),
    ("times", r"(?P<F>F)[lbwqf]{0,4}(?P<T>T)"),
    ("times", r"[uds][lwf]{0,3}(?P<F>F)[lwf]{0,3}[yt]l{0,2}(?P<T>T)"),
    ("times", r"(?P<F>F)[lbwq]{0,3}[uds][lwf]{0,1}[yt]l{0,2}(?P<T>T)"),
)
COMPARISONS = (
    ("between", r"(?P<F>F)[lbwrxtf]{0,4}B[lw]{0,2}(?P<N>N)[KthO](?P<M>N)"),
    ("between", r"B[lw]{0,2}F?[lw]{0,2}(?P<N>N)[Kth](?P<M>N)[lw]{0,3}(?P<F>F)"),
    ("between", r"B[lw]{0,2}(?P<F>F)[lw]{0,2}(?P<N>N)[Kth](?P<M>N)"),
    ("between", r"(?P<I>I)?[lbwr]{0,2}B[lw]{0,2}(?P<N>N)[KthO](?P<M>N)"),
    ("between", r"(?P<F>F)[lbwrft]{0,3}(?P<N>N)[th,](?P<M>N)(?=w)"),
    ("between", r"(?P<F>F)[lbwr]{0,2}(?P<N>N)[th](?P<M>N)"),
    ("between", r"(?P<N>N)[th](?P<M>N)[lw]{0,2}(?P<F>F)"),
    ("either", r"(?P<N>N)R(?P<M>N)[lw]{0,2}(?P<F>F)"),
    ("compare", r"(?P<F>[FL])[lbwq]{0,4}(?P<x>x)[lb]{0,1}[dus][lb]{0,1}(?P<O>O)[lw]{0,1}(?P<N>N)"),
    ("compare", r"(?P<F>[FL])[lbwrxtqf]{0,5}?(?P<x>x)?[lb]{0,1}(?P<O>O)[lwt]{0,2}(?P<N>N)"),
    ("compare", r"(?P<O>O)[lw]{0,2}(?P<F>F)[lwb]{0,2}(?P<N>N)"),
    ("compare", r"(?:(?P<x>x)[lbs]{0,3})?(?P<O>O)[lw]{0,1}(?P<N>N)[lwtbf]{0,3}(?P<F>[FL])"),
    ("compare", r"(?P<F>F)[lbwrtqf]{0,4}(?P<N>N)[lw]{0,1}(?P<A>A)"),
    ("compare", r"(?P<N>N)[lw]{0,1}(?P<A>A)[lw]{0,2}(?P<F>[FL])"),
    ("compare", r"(?P<I>I)[lbw]{0,2}(?P<O>O)[lw]{0,1}(?P<N>N)"),
    ("compare", r"(?P<I>I)[lw]{0,2}(?P<N>N)[lw]{0,1}(?P<A>A)"),
    ("compare", r"(?P<x>x)[lbsd]{0,3}(?P<O>O)[lw]{0,2}(?P<N>N)"),
    ("compare", r"(?P<O>O)[lw]{0,2}(?P<N>N)"),
    ("compare", r"(?P<N>N)[lw]{0,1}(?P<A>A)"),
    ("compare", r"(?P<F>F)[lbt]{0,4}(?P<x>x)?[lb]{0,2}(?P<N>N)(?![lw]{0,1}F)"),
    ("compare", r"(?P<N>N)h?[lf]{0,2}(?P<F>[FL])"),
    ("compare", r"(?P<N>N)h?(?P<I>I)"),
    ("compare", r"(?P<I>I)[lbwf]{0,2}(?P<N>N)"),
    ("compare", r"(?P<U>N)"),
)
VALUES = (
    ("value", r"(?P<F>[FL])[lbrtwf]{0,3}(?P<x>x)?[lb]{0,2}(?P<V>V)"),
    ("value", r"(?P<x>x)?[lb]{0,2}h?(?P<V>V)[lw]{0,1}(?P<F>[FL])"),
    ("value", r"(?P<V>V)"),
)
# After the comparisons: a change around a condition, "reduce the amount for people over 60 by 100".
AROUND = re.compile(r"(?P<d>[ud])[lwbrfGC]{0,4}(?P<F>F)[lwbrGCf]{1,4}_{1,6}[,]?y[lwf]{0,2}(?P<N>N)")
# A second change said shortly: "... and the duration by 6", "... and the amount to 3,000".
ALSO_BY = re.compile(r"(?P<F>F)[lw]{0,2}(?P<w>[yt])[lwf]{0,2}(?P<N>N)")
COMPILED_CHANGES = [(form, re.compile(pattern)) for form, pattern in CHANGES]
COMPILED_COMPARISONS = [(form, re.compile(pattern)) for form, pattern in COMPARISONS + VALUES]
