import { runLoop } from './loop.js';

// Taken before a strategy can change what they are.
const { Function: FunctionOf } = globalThis;
const text = runLoop.toString();

/**
 * The loop as a function of its own. V8 compiles a function for all that it has met, and a loop that has met several
 * strategies calls each as a stranger, bar by bar, which takes as long as all the rest of a bar. `runLoop` names nothing
 * but its parameters, so its text is all of it.
 */
export function newLoop(): typeof runLoop {
  return FunctionOf(`return ${text}`)() as typeof runLoop;
}
