import { signal } from '@angular/core';
import { sentence } from './request';

/** What a form asks of the server: whether it is under way, and why it was refused. */
export class Attempt {
  private readonly isBusy = signal(false);
  private readonly words = signal('');
  readonly busy = this.isBusy.asReadonly();
  readonly problem = this.words.asReadonly();

  /** Answers whether it went well. While one is under way, another is not begun. */
  async at(action: () => Promise<unknown>): Promise<boolean> {
    if (this.isBusy()) return false;
    this.isBusy.set(true);
    this.words.set('');
    try {
      await action();
      return true;
    } catch (error) {
      this.words.set(sentence(error));
      return false;
    } finally {
      this.isBusy.set(false);
    }
  }
}
