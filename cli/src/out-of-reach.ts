/** A service that does not answer, or answers that it cannot: nothing the person at the keyboard did wrong. */
export class OutOfReach extends Error {}
