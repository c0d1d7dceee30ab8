import { childFlags, childMemory } from '../../../libs/runner/dist/v8-flags.js';
import { Child } from './ask.mjs';

/** A process for guests, as the runner starts its children. */
export function guestChild() {
  return new Child('guest.mjs', childFlags, childMemory);
}
