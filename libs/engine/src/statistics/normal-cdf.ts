const centre = [2.2352520354606839287, 161.02823106855587881, 1067.6894854603709582, 18154.981253343561249];
const centreBelow = [47.20258190468824187, 976.09855173777669322, 10260.932208618978205, 45507.789335026729956];
const flank = [
  0.39894151208813466764, 8.8831497943883759412, 93.506656132177855979, 597.27027639480026226, 2494.5375852903726711,
  6848.1904505362823326, 11602.651437647350124, 9842.7148383839780218,
];
const flankBelow = [
  22.266688044328115691, 235.38790178262499861, 1519.377599407554805, 6485.558298266760755, 18615.571640885098091,
  34900.952721145977266, 38912.003286093271411, 19685.429676859990727,
];
const tail = [
  0.21589853405795699, 0.1274011611602473639, 0.022235277870649807, 0.001421619193227893466, 2.9112874951168792e-5,
];
const tailBelow = [
  1.28426009614491121, 0.468238212480865118, 0.0659881378689285515, 0.00378239633202758244, 7.29751555083966205e-5,
];
const perRootTwoPi = 0.39894228040143267794;

/**
 * Probability that a standard normal lies at or below x, with about 16 digits of relative precision in both tails: the
 * rational Chebyshev approximations of Cody, Mathematics of Computation 23 (1969), in the form of his ANORM
 * (ACM Transactions on Mathematical Software 19, 1993).
 */
export function normalCdf(x: number): number {
  const far = Math.abs(x);
  if (Number.isNaN(x)) return NaN;
  if (far <= 0.67448975) return 0.5 + x * ratio(x * x, 0.065682337918207449113, centre, centreBelow);
  const beyond = far < Math.sqrt(32) ? flankTail(far) : outerTail(far);
  return x > 0 ? 1 - beyond : beyond;
}

function flankTail(far: number): number {
  return bell(far) * ratio(far, 1.0765576773720192317e-8, flank, flankBelow);
}

function outerTail(far: number): number {
  if (far > 40) return 0;
  const small = 1 / (far * far);
  return (bell(far) * (perRootTwoPi - small * ratio(small, 0.02307344176494017303, tail, tailBelow))) / far;
}

/** exp(-x² / 2), its exponent split so that squaring loses no digit. */
function bell(x: number): number {
  const coarse = Math.trunc(x * 16) / 16;
  return Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * (x - coarse) * (x + coarse));
}

/** A quotient of two polynomials of equal degree, the lower one monic. */
function ratio(x: number, leading: number, above: readonly number[], below: readonly number[]): number {
  let numerator = leading;
  let denominator = 1;
  for (let i = 0; i < above.length; i++) {
    numerator = numerator * x + above[i]!;
    denominator = denominator * x + below[i]!;
  }
  return numerator / denominator;
}
