"""A decision tree drawn from the top, each branch indented under the one it comes from; the case's own way is drawn bold."""
from dialogue.phrasing.conditions import condition_words
from dialogue.phrasing.figures.boundary import colours
from dialogue.phrasing.figures.svg import BLUE, ORANGE, SIZE, WIDTH, block, circle, drawing, line, ring
from dialogue.types import Figure

INDENT = 18
TOP = 4


def tree_figure(evidence, words):
    """None where the tree has a single node."""
    nodes = list(evidence.result.tree)
    if len(nodes) < 2:
        return None
    phrase = words.phrase("figures.tree")
    title = phrase["own" if evidence.result.exact else "stand_in"]
    rows = [(node, _branch(node, words), _answer(node, words), _share(node, words)) for node in nodes[1:]]
    here = [branch for node, branch, _, _ in rows if node.here]
    told = "; ".join(f"{phrase['level'].format(level=words.figure(node.depth))} {branch}: {answer}" for node, branch, answer, _ in rows)
    alt = phrase["alt"].format(title=title, rows=told)
    if here:
        alt = f"{alt} {phrase['here'].format(way='; '.join(here))}"
    cells = [[words.figure(node.depth), branch, answer, share, phrase["yes"] if node.here else ""]
             for node, branch, answer, share in rows]
    columns = [phrase["depth"], phrase["branch"], phrase["answer"], phrase["rows"], phrase["way"]]
    keep = len(columns) if here else len(columns) - 1
    table = {"columns": columns[:keep], "rows": [row[:keep] for row in cells]}
    return Figure("tree", title, alt, table, _drawn(rows, bool(here), title, alt, words))


def _branch(node, words):
    return words.grammar.capitalised(condition_words(node.condition, words))


def _answer(node, words):
    """What is said at a leaf; of a branch that goes on, that it does."""
    phrase = words.phrase("figures.tree")
    if words.domain.regression:
        said = words.amount_text(node.value)
    else:
        said = words.outcome_text(node.outcome)
    return said if node.leaf else phrase["goes_on"].format(answer=said)


def _share(node, words):
    said = words.phrase("figures.tree")["of"].format(count=words.figure(node.rows), of=words.figure(getattr(node, "of")))
    return said.replace(" ", "\u00a0")


def _drawn(rows, has_way, title, alt, words):
    elements, y, phrase = [], TOP, words.phrase("figures.tree")
    paint = {} if words.domain.regression else colours(words)
    if has_way:
        found, y = block(0, y, phrase["bold"], WIDTH, SIZE - 1, soft=True)
        elements += found
        y += 4
    tops = {0: y}                                   # depth -> where the line down from the last node of that depth begins
    for place, (node, branch, answer, share) in enumerate(rows):
        depth, bold = int(node.depth), bool(node.here)
        left = (depth - 1) * INDENT + 6
        elements.append(line(left, tops.get(depth - 1, y), left, y + 14, thickness=1))
        elements.append(line(left, y + 14, left + 10, y + 14, thickness=2.5 if bold else 1, kind="strong" if bold else "line"))
        found, y = block(left + 14, y, branch, WIDTH - left - 14, SIZE, lines=3, bold=bold)
        elements += found
        following = rows[place + 1][0] if place + 1 < len(rows) else None
        if node.leaf or following is None or int(following.depth) <= depth:
            colour = BLUE if words.domain.regression else paint[str(node.outcome)]
            elements.append((ring if colour == ORANGE else circle)(left + 20, y + 9, 5.5, colour))
            found, y = block(left + 30, y - 2, f"{answer} ({share})", WIDTH - left - 30, SIZE - 1, lines=2, bold=bold)
            elements += found
        tops[depth] = y - 2
        tops[depth - 1] = tops.get(depth - 1, y)
        y += 3
    return drawing(elements, y + 6, title, alt)
