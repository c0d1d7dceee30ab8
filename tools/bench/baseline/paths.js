// Our own hand-written limit: what plain typed-array loops need for workloads W3a and W3b, without objects or safety.
// Ratios of the bench are taken against this code. Do not slow it down: that would flatter us.

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
