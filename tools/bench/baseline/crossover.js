// Our own hand-written limit: what plain typed-array loops need for workload W1, without objects or safety.
// Ratios of the bench are taken against this code. Do not slow it down: that would flatter us.

/** Simple moving average by a plain running sum. */
export function sma(x, n, out) {
  let s = 0;
  const len = x.length;
  for (let i = 0; i < len; i++) {
    s += x[i];
    if (i >= n) s -= x[i - n];
    out[i] = i >= n - 1 ? s / n : NaN;
  }
  return out;
}

/**
 * Always long or short one unit, signal on the close, fill at the next open, relative fee; records every trade and the
 * equity at every bar. `f` and `s` are ready moving averages; `w` holds reused outputs.
 */
function backtest(o, c, f, s, fee, cash, w) {
  const n = c.length,
    eq = w.eq,
    tp = w.pnl,
    te = w.entry,
    tx = w.exit,
    tr = w.ret;
  let pos = 0,
    want = 0,
    entry = 0,
    entryBar = 0,
    k = 0;
  eq[0] = cash;
  for (let i = 1; i < n; i++) {
    const op = o[i];
    if (want !== pos) {
      if (pos !== 0) {
        const g = pos * (op - entry) - fee * (op + entry);
        tp[k] = g;
        tr[k] = g / entry;
        te[k] = entryBar;
        tx[k] = i;
        k++;
        cash += pos * op - fee * op;
      }
      cash -= want * op + fee * op;
      pos = want;
      entry = op;
      entryBar = i;
    }
    eq[i] = cash + pos * c[i];
    const a = f[i - 1],
      b = s[i - 1],
      x = f[i],
      y = s[i];
    if (a <= b && x > y) want = 1;
    else if (a >= b && x < y) want = -1;
  }
  w.trades = k;
  w.open = pos !== 0 ? 1 : 0;
  return k;
}

/** About twenty-five figures in one pass over the equity and one over the trades. */
export function metrics(eq, w, perYear) {
  // Returns sit near zero, so plain power sums keep enough digits and have no division chain.
  const n = eq.length;
  let s1 = 0,
    s2 = 0,
    s3 = 0,
    s4 = 0,
    dn = 0,
    peak = eq[0],
    mdd = 0,
    ddAt = 0,
    maxLen = 0,
    dd2 = 0;
  let prev = eq[0],
    best = -Infinity,
    worst = Infinity;
  for (let i = 1; i < n; i++) {
    const e = eq[i],
      r = e / prev - 1,
      q = r * r;
    prev = e;
    s1 += r;
    s2 += q;
    s3 += q * r;
    s4 += q * q;
    if (r < 0) {
      dn += q;
      if (r < worst) worst = r;
    } else if (r > best) best = r;
    if (e > peak) {
      if (i - ddAt - 1 > maxLen) maxLen = i - ddAt - 1;
      peak = e;
      ddAt = i;
    } else {
      const dd = 1 - e / peak;
      if (dd > mdd) mdd = dd;
      dd2 += dd * dd;
    }
  }
  if (n - 1 - ddAt > maxLen) maxLen = n - 1 - ddAt;
  mdd = -mdd;
  const k = w.trades,
    tp = w.pnl,
    tr = w.ret,
    m = n - 1,
    mean = s1 / m,
    m2 = s2 - m * mean * mean,
    sd = Math.sqrt(m2 / m);
  let win = 0,
    gp = 0,
    gl = 0,
    bt = -Infinity,
    wt = Infinity,
    dur = 0,
    rs = 0,
    rq = 0,
    streak = 0,
    maxStreak = 0;
  for (let i = 0; i < k; i++) {
    const p = tp[i];
    if (p > 0) {
      win++;
      gp += p;
      streak = 0;
    } else {
      gl -= p;
      if (++streak > maxStreak) maxStreak = streak;
    }
    if (tr[i] > bt) bt = tr[i];
    if (tr[i] < wt) wt = tr[i];
    rs += tr[i];
    rq += tr[i] * tr[i];
    dur += w.exit[i] - w.entry[i];
  }
  const total = eq[m] / eq[0] - 1,
    cagr = Math.pow(eq[m] / eq[0], perYear / m) - 1,
    rm = rs / k,
    rv = rq / k - rm * rm;
  return {
    total,
    cagr,
    vol: sd * Math.sqrt(perYear),
    sharpe: (mean / sd) * Math.sqrt(perYear),
    sortino: (mean / Math.sqrt(dn / m)) * Math.sqrt(perYear),
    maxDrawdown: mdd,
    maxDrawdownBars: maxLen,
    calmar: cagr / -mdd,
    ulcer: Math.sqrt(dd2 / m),
    skew: (s3 / m - (3 * mean * s2) / m + 2 * mean ** 3) / sd ** 3,
    kurt: (s4 / m - (4 * mean * s3) / m + (6 * mean * mean * s2) / m - 3 * mean ** 4) / sd ** 4 - 3,
    best,
    worst,
    trades: k,
    winRate: win / k,
    profitFactor: gp / gl,
    expectancy: rm,
    sqn: (Math.sqrt(k) * rm) / Math.sqrt(rv),
    bestTrade: bt,
    worstTrade: wt,
    avgBars: dur / k,
    maxLosses: maxStreak,
    final: eq[m],
  };
}

/** Outputs that are made once and used again. */
export function workspace(n) {
  return {
    eq: new Float64Array(n),
    pnl: new Float64Array(n),
    ret: new Float64Array(n),
    entry: new Int32Array(n),
    exit: new Int32Array(n),
    f: new Float64Array(n),
    s: new Float64Array(n),
    trades: 0,
    open: 0,
  };
}

/** The whole of W1: two averages, the backtest, the figures. */
export function w1(o, c, fast, slow, w, perYear) {
  backtest(o, c, sma(c, fast, w.f), sma(c, slow, w.s), 0.001, 1e7, w);
  return metrics(w.eq, w, perYear);
}
