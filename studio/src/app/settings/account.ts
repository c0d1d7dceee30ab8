import { Component, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router } from '@angular/router';
import type { Session, TwoStepSecret } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { PeopleApi } from '../api/people-api';
import { SessionStore } from '../store/session-store';

/** One's own account: password, two-step sign-in, and the teams one is in. */
@Component({
  selector: 'q-account',
  imports: [MatButton, MatFormField, MatInput],
  templateUrl: './account.html',
  styleUrl: './section.scss',
})
export class AccountPage {
  private readonly api = inject(PeopleApi);
  private readonly store = inject(SessionStore);
  private readonly router = inject(Router);
  protected readonly session = this.store.session;
  protected readonly account = resource({ loader: () => this.api.account() });

  protected readonly passwordChange = new Attempt();
  protected readonly passwordChanged = signal(false);
  protected readonly twoStep = new Attempt();
  protected readonly secret = signal<TwoStepSecret | null>(null);
  protected readonly codes = signal<readonly string[]>([]);
  protected readonly teamChange = new Attempt();

  protected async changePassword(event: Event, password: string, next: string): Promise<void> {
    event.preventDefault();
    this.passwordChanged.set(await this.passwordChange.at(() => this.api.changePassword({ password, next })));
    if (this.passwordChanged()) (event.target as HTMLFormElement).reset();
  }

  protected async begin(event: Event, password: string): Promise<void> {
    event.preventDefault();
    await this.twoStep.at(async () => this.secret.set(await this.api.beginTwoStep(password)));
  }

  protected async confirm(event: Event, code: string): Promise<void> {
    event.preventDefault();
    const done = await this.twoStep.at(async () => this.codes.set((await this.api.confirmTwoStep(code)).codes));
    if (!done) return;
    this.secret.set(null);
    this.account.reload();
  }

  protected async end(event: Event, password: string): Promise<void> {
    event.preventDefault();
    if (!(await this.twoStep.at(() => this.api.endTwoStep(password)))) return;
    this.codes.set([]);
    this.account.reload();
  }

  protected enter(teamId: string): Promise<void> {
    return this.goOnIn(() => this.api.enterTeam(teamId));
  }

  protected make(event: Event, name: string): Promise<void> {
    event.preventDefault();
    return this.goOnIn(() => this.api.makeTeam(name));
  }

  private async goOnIn(change: () => Promise<Session>): Promise<void> {
    if (await this.teamChange.at(async () => this.store.adopt(await change()))) await this.router.navigateByUrl('/');
  }
}
