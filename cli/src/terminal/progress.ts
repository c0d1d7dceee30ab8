import process from 'node:process';
import { Presets, SingleBar } from 'cli-progress';

/** Work that ends sooner than this shows no bar. */
const patience = 400;

/** A progress bar on stderr, where a person sees it; nothing where stderr is a file or a pipe. */
export class Progress {
  private readonly begun = performance.now();
  private bar: SingleBar | null = null;

  /** @param done From 0 to 1. */
  show(phase: string, done: number): void {
    if (!process.stderr.isTTY || performance.now() - this.begun < patience) return;
    if (this.bar === null) {
      this.bar = new SingleBar(
        {
          format: '{bar} {percentage} %  {phase}, {eta_formatted} left',
          stream: process.stderr,
          clearOnComplete: true,
          hideCursor: true,
          barsize: 30,
        },
        Presets.shades_classic,
      );
      this.bar.start(100, 0, { phase });
    }
    this.bar.update(Math.round(done * 100), { phase });
  }

  end(): void {
    this.bar?.stop();
    this.bar = null;
  }
}
