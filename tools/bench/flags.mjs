import { v8Flags } from '../../libs/runner/dist/v8-flags.js';

/** How the runner starts its children, in wall.ts. */
export const guestFlags = ['--max-semi-space-size=1', ...v8Flags];
