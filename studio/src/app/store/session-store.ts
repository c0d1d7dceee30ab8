import { Injectable, inject, signal } from '@angular/core';
import type { Session, SignIn } from '@quarry/contracts';
import { PeopleApi } from '../api/people-api';
import { renewSession } from '../api/renew-session';
import { RequestRefused } from '../api/request';

/** Well before an access token ends, so that downloads and charts never meet one that has. */
const renewalMs = 20 * 60_000;

/** Who is signed in. Null until known, or when nobody is. */
@Injectable({ providedIn: 'root' })
export class SessionStore {
  private readonly api = inject(PeopleApi);
  private readonly belongings: (() => void)[] = [];
  private readonly current = signal<Session | null>(null);
  readonly session = this.current.asReadonly();

  constructor() {
    setInterval(() => {
      if (this.current()) void renewSession();
    }, renewalMs);
  }

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

  /** A session that began otherwise, as in another team: what was on the desk is not its. */
  adopt(session: Session): void {
    this.forget();
    this.current.set(session);
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
