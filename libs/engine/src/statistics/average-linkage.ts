/**
 * Hierarchical clustering by average linkage (Sokal and Michener 1958), cut at a height: clusters join while the mean
 * distance between their members is at most `cut`. Found by chains of nearest neighbours in O(n²) time (Murtagh,
 * Computational Statistics Quarterly 1, 1984), which for this linkage gives the same tree as the plain algorithm.
 *
 * @param distances n × n, row after row, symmetric; overwritten
 * @returns the cluster of each of the n items, numbered from 0 in the order of their first items
 */
export function averageLinkage(distances: Float64Array, n: number, cut: number): Int32Array {
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const size = new Float64Array(n).fill(1);
  const alive = new Uint8Array(n).fill(1);
  const chain: number[] = [];
  for (let left = n; left > 1; left--) {
    if (chain.length === 0) chain.push(alive.indexOf(1));
    for (;;) {
      const last = chain.at(-1)!;
      const before = chain.at(-2) ?? -1;
      const nearest = nearestTo(last, before, distances, n, alive);
      if (nearest === before) break;
      chain.push(nearest);
    }
    const a = chain.pop()!;
    const b = chain.pop()!;
    const keep = Math.min(a, b);
    const gone = Math.max(a, b);
    // The whole tree is built, and only joins below the cut are kept: they come before those above them in each branch.
    if (distances[a * n + b]! <= cut) parent[gone] = keep;
    const weight = size[keep]! + size[gone]!;
    for (let k = 0; k < n; k++) {
      if (!alive[k] || k === a || k === b) continue;
      const mean = (size[keep]! * distances[keep * n + k]! + size[gone]! * distances[gone * n + k]!) / weight;
      distances[keep * n + k] = distances[k * n + keep] = mean;
    }
    size[keep] = weight;
    alive[gone] = 0;
  }
  return numbered(parent);
}

/** The nearest of those alive; the one before in the chain where it is as near as any. */
function nearestTo(item: number, before: number, distances: Float64Array, n: number, alive: Uint8Array): number {
  let nearest = before;
  let least = before >= 0 ? distances[item * n + before]! : Infinity;
  for (let k = 0; k < n; k++) {
    if (!alive[k] || k === item) continue;
    const distance = distances[item * n + k]!;
    if (distance < least || nearest < 0) {
      least = distance;
      nearest = k;
    }
  }
  return nearest;
}

function numbered(parent: Int32Array): Int32Array {
  const numbers = new Int32Array(parent.length);
  let count = 0;
  // A parent's index is below that of its child, so its number is known by then.
  for (let i = 0; i < parent.length; i++) numbers[i] = parent[i] === i ? count++ : numbers[parent[i]!]!;
  return numbers;
}
