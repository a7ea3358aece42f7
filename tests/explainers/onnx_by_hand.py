"""The few messages of ONNX's protobuf format that a linear model needs, written byte by byte: no ONNX library is needed."""
import struct

FLOAT = 1


def varint(number):
    out = b""
    while True:
        out += bytes([(number & 127) | (128 if number > 127 else 0)])
        number >>= 7
        if not number:
            return out


def field(number, value):
    """A protobuf field: an int, or bytes/text/message with its length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def node(kind, inputs, outputs, **attributes):
    body = b"".join(field(1, name) for name in inputs) + b"".join(field(2, name) for name in outputs) + field(4, kind)
    for name, value in attributes.items():
        body += field(5, field(1, name) + field(3, value) + field(20, 2))
    return field(1, body)


def tensor(name, values, shape):
    return field(5, b"".join(field(1, size) for size in shape) + field(2, FLOAT) + field(8, name)
                 + field(9, struct.pack(f"<{len(values)}f", *values)))


def value(number, name, width):
    dims = field(1, field(2, "n")) + field(1, field(1, width))
    return field(number, field(1, name) + field(2, field(1, field(1, FLOAT) + field(2, dims))))


def model(*parts):
    graph = b"".join(parts) + field(2, "g")
    return field(1, 8) + field(7, graph) + field(8, field(1, "") + field(2, 13))


def linear(weights, bias, end=None, inputs=None):
    """softmax or sigmoid (`end`) of x W + b; weights: rows of n_features x n_outputs; inputs: column names for one input each."""
    width, outputs = len(weights), len(weights[0])
    flat = [number for row in weights for number in row]
    parts = [node("Concat", inputs, ["x"], axis=1)] if inputs else []
    parts += [node("MatMul", ["x", "W"], ["m"]), node("Add", ["m", "b"], ["margin"])]
    parts += [node(end, ["margin"], ["out"])] if end else [node("Identity", ["margin"], ["out"])]
    parts += [tensor("W", flat, (width, outputs)), tensor("b", bias, (outputs,))]
    parts += [value(11, name, 1) for name in inputs] if inputs else [value(11, "x", width)]
    return model(*parts, value(12, "out", outputs))
