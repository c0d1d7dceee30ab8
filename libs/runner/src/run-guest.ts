import { barsDone } from '@quarry/engine/host';
import type { Workshop } from './backtest.js';
import { LogReader, readGuest, type GuestReading } from './check/read-guest.js';
import type { Script } from './compile/bundle.js';
import type { FollowedRun } from './replay/replayer.js';
import type { RunHooks } from './runner.js';
import type { GuestListener } from './sandbox/answer-reader.js';
import type { GuestRequest } from './sandbox/protocol.js';
import type { GuestInput } from './sandbox/sandbox.js';

/** What a guest is asked to run, and over what. */
export interface GuestJob {
  readonly input: GuestInput;
  readonly script: Script;
  readonly request: GuestRequest & { readonly kind: 'backtest'; readonly settings: object };
}

/** A guest that has ended, and the replay that followed it: to be settled or dropped. */
export interface FollowedGuest {
  readonly reading: GuestReading;
  readonly run: FollowedRun;
  readonly log: LogReader;
  readonly tape: Uint8Array;
}

/** Runs a strategy in the sandbox; its replay follows it in a thread of its own, block by block. Rejects as the sandbox. */
export async function runGuest(workshop: Workshop, job: GuestJob, hooks: RunHooks): Promise<FollowedGuest> {
  const { sandbox, replayer, limits } = workshop;
  const { input, request, script } = job;
  const bars = input.series.reduce((most, { length }) => Math.max(most, length), 0);
  let attempt: Attempt | null = null;
  const listen = (): Attempt => {
    attempt?.run.drop();
    attempt = new Attempt(replayer.follow(input.series, request.settings), new LogReader(script, hooks.onLog), (done) =>
      hooks.onProgress?.('run', Math.min(1, done / bars)),
    );
    return attempt;
  };
  try {
    const end = await sandbox.run(input, request, listen, hooks.signal);
    const { run, reader, blocks } = attempt! as Attempt;
    return { reading: readGuest(end, script, limits), run, log: reader, tape: joined(blocks) };
  } catch (error) {
    (attempt as Attempt | null)?.run.drop();
    throw error;
  }
}

/** One child's run as it comes. */
class Attempt implements GuestListener {
  readonly run: FollowedRun;
  readonly reader: LogReader;
  readonly blocks: Uint8Array[] = [];
  readonly #progressed: (done: number) => void;

  constructor(run: FollowedRun, reader: LogReader, progressed: (done: number) => void) {
    this.run = run;
    this.reader = reader;
    this.#progressed = progressed;
  }

  tape(block: Uint8Array): void {
    this.blocks.push(block);
    this.run.take(block);
    this.#progressed(barsDone(block));
  }

  log(piece: Uint8Array): void {
    this.reader.take(piece);
  }
}

function joined(blocks: readonly Uint8Array[]): Uint8Array {
  const tape = Buffer.concat(blocks);
  return new Uint8Array(tape.buffer, tape.byteOffset, tape.length);
}
