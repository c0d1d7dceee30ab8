import { keepsOrderLaws } from './testing/keeps-order-laws.js';

// One half of 10,000 streams, for one core; the other is in laws-more.slow.spec.ts.
keepsOrderLaws(5_000, 20_261_125);
