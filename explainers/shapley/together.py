"""One row against all background rows at once, in machine code: which leaves any coalition leads to, and sums of them.

A walk down a tree follows x and a set of background rows (interventional TreeSHAP, Lundberg et al. 2020). Where a split
tells some of them from x, its player is taken from x on one branch and from these rows on the other, and stays so below; the
rows that go as x does walk on without it. So each leaf is met once for each way that background rows come to it, not once
for each row. A leaf asks for the players P taken from x and avoids the players N taken from z.
"""
import numpy as np

from explainers.shapley.compiled import compiled


@compiled
def walk(left, right, player, roots, room, x_left, z_left, everyone, kept, value, for_p, for_n, result):
    """Adds to `result` (n_players) the Shapley values of the sum of leaf values, summed over the background rows; or, where
    `kept`, returns the leaves instead.

    left, right, player: n_nodes (left is -1 at a leaf); room: more than twice the depth of the deepest tree; x_left: n_nodes
    booleans; z_left: n_nodes x n_words, the bits of background rows; everyone: n_words
    -> leaf (n_met), begin (n_met + 1), entries: 2 * player, + 1 where it is of P; rows (n_met x n_words)
    """
    n_words = z_left.shape[1]
    leaf, begin, entries = np.empty(1 << 12, np.int32), np.empty(1 << 12, np.int64), np.empty(1 << 14, np.int32)
    rows = np.empty((1 << 12, n_words), np.uint64)
    side, path = np.zeros(len(result), np.int8), np.empty(len(result) + 1, np.int32)
    stack, rows_of = np.empty((room, 3), np.int32), np.empty((room, n_words), np.uint64)
    here, apart = np.empty(n_words, np.uint64), np.empty(n_words, np.uint64)
    count, used, depth = 0, 0, 0
    for root in roots:
        top = _push(0, root, 0, -1, everyone, stack, rows_of)
        while top:
            top -= 1
            node, wanted, entry = stack[top]
            here[:] = rows_of[top]
            depth = _undo(wanted, side, path, depth)
            if entry >= 0:
                depth = _decide(entry, side, path, depth)
            while left[node] >= 0:
                own, by_x = player[node], x_left[node]
                toward, away = (left[node], right[node]) if by_x else (right[node], left[node])
                some = 0 if side[own] == 2 else _divide(here, apart, z_left[node], by_x)
                if not some:
                    node = toward
                    continue
                free = side[own] == 0
                if free:
                    top = _push(top, toward, depth, 2 * own + 1, apart, stack, rows_of)
                if some == 2:
                    top = _push(top, toward, depth, -1, here, stack, rows_of)
                if free:
                    depth = _decide(2 * own, side, path, depth)
                node = away
                here[:] = apart
            if kept:
                leaf, begin, rows, entries = _roomy(leaf, begin, rows, entries, count, used + depth)
                leaf[count], begin[count], rows[count] = node, used, here
                entries[used:used + depth] = path[:depth]
                count, used = count + 1, used + depth
            else:
                _add(path, depth, here, value[node], for_p, for_n, result)
        depth = _undo(0, side, path, depth)
    return leaf[:count].copy(), np.append(begin[:count], used), entries[:used].copy(), rows[:count].copy()


@compiled
def _push(top, node, depth, entry, words, stack, rows_of):
    stack[top, 0], stack[top, 1], stack[top, 2] = node, depth, entry
    for word in range(len(words)):
        rows_of[top, word] = words[word]
    return top + 1


@compiled
def _decide(entry, side, path, depth):
    side[entry >> 1] = 1 + (entry & 1)
    path[depth] = entry
    return depth + 1


@compiled
def _undo(wanted, side, path, depth):
    while depth > wanted:
        depth -= 1
        side[path[depth] >> 1] = 0
    return depth


@compiled
def _divide(here, apart, left, by_x):
    """Moves the rows that go another way than x from `here` to `apart`; 0 if there are none, 1 if all do, 2 if some."""
    some = rest = np.uint64(0)
    for word in range(len(here)):
        apart[word] = here[word] & (~left[word] if by_x else left[word])
        some |= apart[word]
    if some:
        for word in range(len(here)):
            here[word] &= ~apart[word]
            rest |= here[word]
    return 0 if not some else 2 if rest else 1


@compiled
def _roomy(leaf, begin, rows, entries, count, used):
    if count == len(leaf):
        leaf, begin = np.concatenate((leaf, np.empty_like(leaf))), np.concatenate((begin, np.empty_like(begin)))
        rows = np.concatenate((rows, np.empty_like(rows)))
    if used > len(entries):
        entries = np.concatenate((entries, np.empty_like(entries)))
    return leaf, begin, rows, entries


@compiled
def _add(path, depth, here, value, for_p, for_n, result):
    a, count = 0, 0
    for at in range(depth):
        a += path[at] & 1
    for word in range(len(here)):
        count += ones(here[word])
    gain, loss = count * value * for_p[a, depth - a], count * value * for_n[a, depth - a]
    for at in range(depth):
        result[path[at] >> 1] += gain if path[at] & 1 else loss


@compiled
def ones(word):
    """How many bits of a uint64 are set."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def spread(leaf, begin, entries, rows, n_rows):
    """The leaves of `walk`, listed for each background row.
    -> row_start (n_rows + 1), leaf (n_pairs), begin (n_pairs + 1), entries"""
    count, used = np.zeros(n_rows + 1, np.int64), np.zeros(n_rows + 1, np.int64)
    for met in range(len(leaf)):
        for word in range(rows.shape[1]):
            left = rows[met, word]
            while left:
                z = 64 * word + ones((left & (~left + np.uint64(1))) - np.uint64(1))
                left &= left - np.uint64(1)
                count[z + 1] += 1
                used[z + 1] += begin[met + 1] - begin[met]
    count, used = np.cumsum(count), np.cumsum(used)
    at, place = count.copy(), used.copy()
    own_leaf, own_begin, own_entries = np.empty(count[-1], np.int32), np.empty(count[-1] + 1, np.int64), np.empty(used[-1], np.int32)
    own_begin[-1] = used[-1]
    for met in range(len(leaf)):
        for word in range(rows.shape[1]):
            left = rows[met, word]
            while left:
                z = 64 * word + ones((left & (~left + np.uint64(1))) - np.uint64(1))
                left &= left - np.uint64(1)
                own_leaf[at[z]], own_begin[at[z]] = leaf[met], place[z]
                at[z] += 1
                for i in range(begin[met], begin[met + 1]):
                    own_entries[place[z]] = entries[i]
                    place[z] += 1
    return count, own_leaf, own_begin, own_entries


@compiled
def margins(left, right, roots, directions, values, start, result):
    """Fills result (n_rows x n_outputs): start + the sum of the leaves that each row comes to; directions: n_rows x n_nodes."""
    for row in range(len(directions)):
        for k in range(len(values)):
            result[row, k] = start[k]
        for root in roots:
            node = root
            while left[node] >= 0:
                node = left[node] if directions[row, node] else right[node]
            for k in range(len(values)):
                result[row, k] += values[k, node]


@compiled
def shuffled_leaves(left, right, player, roots, directions, values, orders, result):
    """Adds to result (n_players x n_orders x n_rows x n_outputs) how the sum of leaves moves where one player's values come from
    the rows `orders` (n_players x n_orders x n_rows) instead. Only players on a row's way through a tree can move it there."""
    on_way = np.empty(len(result), np.int64)
    for root in roots:
        for row in range(len(directions)):
            node, count = root, 0
            while left[node] >= 0:
                at = 0
                while at < count and on_way[at] != player[node]:
                    at += 1
                if at == count:
                    on_way[count] = player[node]
                    count += 1
                node = left[node] if directions[row, node] else right[node]
            for at in range(count):
                moved = on_way[at]
                for number in range(orders.shape[1]):
                    other, leaf = orders[moved, number, row], root
                    while left[leaf] >= 0:
                        leaf = left[leaf] if directions[other if player[leaf] == moved else row, leaf] else right[leaf]
                    if leaf != node:
                        for k in range(len(values)):
                            result[moved, number, row, k] += values[k, leaf] - values[k, node]
