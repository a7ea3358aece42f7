"""Small SVG drawings: elements, wrapped text and colours that follow the page (or the system, in a file of its own).

Coordinates are those of the view box, WIDTH units wide; on a phone a unit is a little less than a pixel.
"""
import re
from xml.sax.saxutils import escape, quoteattr

WIDTH = 340
SIZE = 14                        # of text
LINE = 18                        # from one line of text to the next
LETTER = 0.53                    # mean width of a letter in parts of the text's size, a little on the safe side
# Okabe and Ito (2008): told apart by colour-blind people too; a page may set others
BLUE, ORANGE = "var(--for, #0072B2)", "var(--against, #D55E00)"
STYLE = """
.because-figure { --figure-ink: #1a1a1a; --figure-soft: #565656; --figure-line: #8a8a8a }
@media (prefers-color-scheme: dark) {
  .because-figure { --figure-ink: #f2f0ec; --figure-soft: #bdbab4; --figure-line: #8f8c86 }
}
.because-figure text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
.because-figure text { fill: var(--ink, var(--figure-ink)) }
.because-figure .soft { fill: var(--muted, var(--figure-soft)) }
.because-figure .line { stroke: var(--muted, var(--figure-line)) }
.because-figure .tint { fill: var(--ink, var(--figure-ink)); fill-opacity: 0.1 }
.because-figure .dot { fill: var(--ink, var(--figure-ink)) }
.because-figure .strong { stroke: var(--ink, var(--figure-ink)) }
"""


def drawing(elements, height, title, alt, width=WIDTH):
    """The whole picture as text."""
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" class="because-figure" viewBox="0 0 {width} {number(height)}" '
        f'role="img" '
        f'aria-label={quoteattr(alt)} style="width:100%;max-width:{int(width * 1.3)}px;height:auto">',
        f"<title>{escape(title)}</title>", f"<desc>{escape(alt)}</desc>", f"<style>{STYLE}</style>", *elements,
        "</svg>"])


def number(value):
    """A coordinate, short."""
    return f"{float(value):.1f}".rstrip("0").rstrip(".")


def text(x, y, words, size=SIZE, anchor="start", bold=False, soft=False):
    weight = ' font-weight="600"' if bold else ""
    kind = ' class="soft"' if soft else ""
    return (f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" text-anchor="{anchor}"{weight}{kind}>'
            f"{escape(str(words))}</text>")


def rect(x, y, width, height, fill=None, kind=None, radius=2):
    paint = f' class="{kind}"' if kind else f' style="fill:{fill}"'
    return (f'<rect x="{number(x)}" y="{number(y)}" width="{number(max(width, 0))}" height="{number(height)}" '
            f'rx="{radius}"{paint}/>')


def line(x1, y1, x2, y2, dash=False, colour=None, thickness=1, kind="line"):
    paint = f' style="stroke:{colour}"' if colour else f' class="{kind}"'
    dashed = ' stroke-dasharray="4 3"' if dash else ""
    return (f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
            f'stroke-width="{thickness}"{paint}{dashed}/>')


def circle(x, y, radius, fill):
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" style="fill:{fill}"/>'


def ring(x, y, radius, colour):
    """A hollow circle: the same size as a full one, told apart from it without colour."""
    return (f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius - 1.5)}" '
            f'style="fill:none;stroke:{colour}" stroke-width="3"/>')


def beside(x, y, words, size=SIZE, bold=False):
    """Text over the place `x`: centred there, but within the picture near its edges."""
    half = width_of(words, size, bold) / 2
    if x < half:
        return text(0, y, words, size, bold=bold)
    if x > WIDTH - half:
        return text(WIDTH, y, words, size, anchor="end", bold=bold)
    return text(x, y, words, size, anchor="middle", bold=bold)


def width_of(words, size=SIZE, bold=False):
    """Estimated width of a line of text."""
    return len(str(words)) * size * LETTER * (1.07 if bold else 1)


def wrapped(words, width, size=SIZE, lines=2, bold=False):
    """The text in at most `lines` lines that fit `width`; what does not fit ends in an ellipsis."""
    most = max(4, int(width / (size * LETTER * (1.07 if bold else 1))))
    out = [""]
    for word in re.split(r"[ \n]+", str(words).strip()):         # not at a space that holds its words together
        joined = f"{out[-1]} {word}".strip()
        if len(joined) <= most or not out[-1]:
            out[-1] = joined
        else:
            out.append(word)
    if len(out) > lines:
        out = out[:lines]
        out[-1] = out[-1][:most - 1].rstrip(" ,.;") + "…"
    return [row if len(row) <= most else row[:most - 1] + "…" for row in out]


def block(x, y, words, width, size=SIZE, lines=2, bold=False, soft=False):
    """(elements, y below them) of wrapped text whose first line has its top at `y`."""
    rows = wrapped(words, width, size, lines, bold)
    step = size * 1.29
    return [text(x, y + size + step * i, row, size, bold=bold, soft=soft)
                 for i, row in enumerate(rows)], y + step * len(rows) + 4
