// Our own hand-written limit: what plain typed-array loops need for workloads W1, W3 and W6, without modules, objects or safety.
// Every ratio of the bench is taken against this code. Do not slow it down: that would flatter us.

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

// xoshiro128**, drawn in blocks so the state stays in registers (a closure per draw costs three times as much).
function rngState(seed) {
  const s = Int32Array.of(seed, 0x9e3779b9, 0x243f6a88, 0xb7e15162);
  fill(s, new Int32Array(16), 16);
  return s;
}
function fill(st, out, n) {
  let a = st[0],
    b = st[1],
    c = st[2],
    d = st[3];
  for (let i = 0; i < n; i++) {
    const m = Math.imul(b, 5),
      t = b << 9;
    out[i] = Math.imul((m << 7) | (m >>> 25), 9);
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
  }
  st[0] = a;
  st[1] = b;
  st[2] = c;
  st[3] = d;
}
const one = new Int32Array(1);
function uni(st) {
  fill(st, one, 1);
  return ((one[0] >>> 0) + 0.5) / 4294967296;
}

// Ziggurat tables (128 layers, Marsaglia and Tsang)
const ZK = new Int32Array(128),
  ZW = new Float64Array(128),
  ZF = new Float64Array(128);
{
  let dn = 3.442619855899,
    tn = dn;
  const vn = 9.91256303526217e-3,
    m1 = 2147483648,
    q = vn / Math.exp(-0.5 * dn * dn);
  ZK[0] = (dn / q) * m1;
  ZK[1] = 0;
  ZW[0] = q / m1;
  ZW[127] = dn / m1;
  ZF[0] = 1;
  ZF[127] = Math.exp(-0.5 * dn * dn);
  for (let i = 126; i >= 1; i--) {
    dn = Math.sqrt(-2 * Math.log(vn / dn + Math.exp(-0.5 * dn * dn)));
    ZK[i + 1] = (dn / tn) * m1;
    tn = dn;
    ZF[i] = Math.exp(-0.5 * dn * dn);
    ZW[i] = dn / m1;
  }
}
function normalSlow(h, st) {
  for (;;) {
    const i = h & 127,
      x = h * ZW[i];
    if (Math.abs(h) < ZK[i]) return x;
    if (i === 0) {
      let u, y;
      do {
        u = -Math.log(uni(st)) / 3.442619855899;
        y = -Math.log(uni(st));
      } while (y + y < u * u);
      return h > 0 ? 3.442619855899 + u : -3.442619855899 - u;
    }
    if (ZF[i] + uni(st) * (ZF[i - 1] - ZF[i]) < Math.exp(-0.5 * x * x)) return x;
    fill(st, one, 1);
    h = one[0];
  }
}
function normals(st, raw, out, n) {
  fill(st, raw, n);
  for (let i = 0; i < n; i++) {
    const h = raw[i],
      j = h & 127;
    out[i] = Math.abs(h) < ZK[j] ? h * ZW[j] : normalSlow(h, st);
  }
}

/** Hoare quickselect in place. */
function select(a, lo, hi, k) {
  while (lo < hi) {
    const p = a[(lo + hi) >> 1];
    let i = lo,
      j = hi;
    while (i <= j) {
      while (a[i] < p) i++;
      while (a[j] > p) j--;
      if (i <= j) {
        const t = a[i];
        a[i] = a[j];
        a[j] = t;
        i++;
        j--;
      }
    }
    if (k <= j) hi = j;
    else if (k >= i) lo = i;
    else return a[k];
  }
  return a[k];
}

/** W3a: GBM paths, per-step bands (5, 25, 50, 75, 95 %), terminal mean, deviation, 5 % VaR and CVaR. */
export function w3a(paths, steps, seed) {
  const st = rngState(seed),
    raw = new Int32Array(paths),
    z = new Float64Array(paths),
    mu = 0.08,
    sig = 0.2,
    dt = 1 / 252,
    a = (mu - (sig * sig) / 2) * dt,
    b = sig * Math.sqrt(dt);
  const cur = new Float64Array(paths),
    tmp = new Float64Array(paths),
    bands = new Float64Array(steps * 5),
    q = [0.05, 0.25, 0.5, 0.75, 0.95];
  // Logs: order is kept, so bands need one exp each.
  for (let t = 0; t < steps; t++) {
    normals(st, raw, z, paths);
    for (let p = 0; p < paths; p++) cur[p] += a + b * z[p];
    tmp.set(cur);
    let lo = 0;
    for (let j = 0; j < 5; j++) {
      const k = Math.floor(q[j] * (paths - 1));
      bands[t * 5 + j] = 100 * Math.exp(select(tmp, lo, paths - 1, k));
      lo = k;
    }
  }
  let s = 0,
    s2 = 0,
    tail = 0;
  const kk = Math.floor(0.05 * (paths - 1));
  for (let p = 0; p < paths; p++) {
    const v = 100 * Math.exp(cur[p]);
    s += v;
    s2 += v * v;
  }
  for (let p = 0; p <= kk; p++) tail += 100 * Math.exp(tmp[p]);
  const m = s / paths;
  return { mean: m, sd: Math.sqrt(s2 / paths - m * m), var5: bands[(steps - 1) * 5], cvar5: tail / (kk + 1), bands };
}

/** W3b: bootstrap of trade returns: terminal value and max drawdown of every resample, with their quantiles. */
export function w3b(ret, resamples, seed) {
  const st = rngState(seed),
    n = ret.length,
    raw = new Int32Array(n),
    g = ret.map((x) => 1 + x),
    dd = new Float64Array(resamples),
    end = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    let e = 1,
      peak = 1,
      m = 1;
    fill(st, raw, n);
    // Sixteen random bits an index: right for up to 65,536 trades.
    for (let i = 0; i < n; i++) {
      e *= g[Math.imul(raw[i] >>> 16, n) >>> 16];
      if (e > peak) peak = e;
      else if (e < m * peak) m = e / peak;
    }
    dd[r] = 1 - m;
    end[r] = e;
  }
  dd.sort();
  end.sort();
  return {
    dd50: dd[resamples >> 1],
    dd95: dd[(resamples * 0.95) | 0],
    end5: end[(resamples * 0.05) | 0],
    end50: end[resamples >> 1],
  };
}

// W6.

export function ema(x, n, out) {
  const k = 2 / (n + 1);
  let e = 0;
  let s = 0;
  for (let i = 0; i < x.length; i++) {
    if (i < n) {
      s += x[i];
      e = s / n;
      out[i] = i === n - 1 ? e : NaN;
    } else out[i] = e += k * (x[i] - e);
  }
  return out;
}

export function rsi(x, n, out) {
  let g = 0;
  let l = 0;
  for (let i = 1; i < x.length; i++) {
    const d = x[i] - x[i - 1];
    const u = d > 0 ? d : 0;
    const v = d < 0 ? -d : 0;
    if (i <= n) {
      g += u / n;
      l += v / n;
    } else {
      g += (u - g) / n;
      l += (v - l) / n;
    }
    out[i] = i >= n ? (100 * g) / (g + l) : NaN;
  }
  return out;
}

export function macd(x, a, b, sg, m, s, h) {
  const ka = 2 / (a + 1);
  const kb = 2 / (b + 1);
  const ks = 2 / (sg + 1);
  let ea = 0;
  let eb = 0;
  let es = 0;
  let sa = 0;
  let sb = 0;
  let ss = 0;
  for (let i = 0; i < x.length; i++) {
    const v = x[i];
    if (i < a) {
      sa += v;
      ea = sa / a;
    } else ea += ka * (v - ea);
    if (i < b) {
      sb += v;
      eb = sb / b;
    } else eb += kb * (v - eb);
    if (i < b - 1) {
      m[i] = s[i] = h[i] = NaN;
      continue;
    }
    const d = (m[i] = ea - eb);
    const j = i - b + 1;
    if (j < sg) {
      ss += d;
      es = ss / sg;
    } else es += ks * (d - es);
    s[i] = es;
    h[i] = d - es;
  }
}

export function bbands(x, n, k, u, m, l) {
  let s = 0;
  let q = 0;
  for (let i = 0; i < x.length; i++) {
    const v = x[i];
    s += v;
    q += v * v;
    if (i >= n) {
      const z = x[i - n];
      s -= z;
      q -= z * z;
    }
    if (i < n - 1) {
      u[i] = m[i] = l[i] = NaN;
      continue;
    }
    const a = s / n;
    const d = k * Math.sqrt(Math.max(0, q / n - a * a));
    m[i] = a;
    u[i] = a + d;
    l[i] = a - d;
  }
}

export function atr(h, l, c, n, out) {
  let a = 0;
  for (let i = 1; i < c.length; i++) {
    const p = c[i - 1];
    const t = Math.max(h[i], p) - Math.min(l[i], p);
    if (i <= n) a += t / n;
    else a += (t - a) / n;
    out[i] = i >= n ? a : NaN;
  }
  return out;
}
