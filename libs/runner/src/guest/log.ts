import type { GuestClock } from '@quarry/engine/host';
import { formatLine } from './format.js';
import { positionInStrategy } from './thrown.js';

/** Index into `levels`, text, bar, its time (µs, UTC), and the place in the strategy's script that wrote it. */
export type LogEntry = readonly [
  level: number,
  text: string,
  bar: number,
  time: number | null,
  line: number,
  column: number,
];

/** A run's log holds no more than this; what comes later is dropped, and the log says that it was cut. */
const maxLines = 10_000;
const maxCharacters = 1_000_000;
const maxLineCharacters = 10_000;

const levels = ['debug', 'log', 'info', 'warn', 'error'] as const;

/** The run's log: what the strategy writes through `console`. */
export class Log {
  #entries: LogEntry[] = [];
  #lines = 0;
  #characters = 0;
  #cut = false;

  /** The lines that were written since they were taken last. */
  take(): readonly LogEntry[] {
    const entries = this.#entries;
    this.#entries = [];
    return entries;
  }

  /** Forgets all lines, and that there were any. */
  clear(): void {
    this.#entries = [];
    this.#lines = 0;
    this.#characters = 0;
    this.#cut = false;
  }

  /** True where lines were left out or shortened. */
  get cut(): boolean {
    return this.#cut;
  }

  /** Gives the strategy its `console`: debug, log, info, warn, error, and assert, each a line of the log. */
  install(clock: GuestClock): void {
    const console: Record<string, (...values: unknown[]) => void> = {};
    levels.forEach((level, index) => {
      console[level] = (...values) => {
        this.#write(index, values, clock);
      };
    });
    console['assert'] = (holds, ...values) => {
      if (!holds) this.#write(levels.indexOf('error'), ['Assertion failed:', ...values], clock);
    };
    Object.defineProperty(globalThis, 'console', { value: Object.freeze(console), writable: true, configurable: true });
  }

  #write(level: number, values: readonly unknown[], { bar, time }: GuestClock): void {
    if (this.#lines >= maxLines || this.#characters >= maxCharacters) {
      this.#cut = true;
      return;
    }
    const room = Math.min(maxLineCharacters, maxCharacters - this.#characters);
    const text = formatLine(values, room);
    if (text.length > room) this.#cut = true;
    const { line, column } = positionInStrategy(new Error());
    this.#lines++;
    this.#entries.push([level, text.slice(0, room), bar, time, line, column]);
    this.#characters += Math.min(text.length, room) + 1;
  }
}
