import { Injectable, inject, signal } from '@angular/core';
import type { Session, SignIn } from '@quarry/contracts';
import { QuarryApi } from '../api/quarry-api';
import { RequestRefused } from '../api/request';

/** Who is signed in. Null until known, or when nobody is. */
@Injectable({ providedIn: 'root' })
export class SessionStore {
  private readonly api = inject(QuarryApi);
  private readonly belongings: (() => void)[] = [];
  private readonly current = signal<Session | null>(null);
  readonly session = this.current.asReadonly();

  /** Asks the server; null where nobody is signed in. */
  async load(): Promise<Session | null> {
    try {
      this.current.set(await this.api.session());
    } catch (error) {
      if (!(error instanceof RequestRefused)) throw error;
      this.forget();
    }
    return this.current();
  }

  async signIn(credentials: SignIn): Promise<void> {
    this.current.set(await this.api.signIn(credentials));
  }

  async signOut(): Promise<void> {
    await this.api.signOut();
    this.forget();
  }

  /** Nobody is signed in any more: what was on the desk belongs to the one who was. */
  forget(): void {
    this.current.set(null);
    for (const clear of this.belongings) clear();
  }

  /** What a store that holds a user's things does when that user is gone. */
  whenForgotten(clear: () => void): void {
    this.belongings.push(clear);
  }
}
