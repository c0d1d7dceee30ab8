// Our own hand-written limit: what plain typed-array loops need for workload W6, without objects or safety.
// Ratios of the bench are taken against this code. Do not slow it down: that would flatter us.

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
