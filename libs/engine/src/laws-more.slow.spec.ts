import { keepsOrderLaws } from './testing/keeps-order-laws.js';

// The other half of what laws.slow.spec.ts begins.
keepsOrderLaws(5_000, 20_261_126);
