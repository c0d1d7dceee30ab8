import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { Attempt } from '../api/attempt';
import { PeopleApi } from '../api/people-api';
import { NewPassword } from './new-password';

/** What an admin's one-time link opens: a new password. */
@Component({
  selector: 'q-reset-password',
  imports: [MatButton, NewPassword, RouterLink],
  template: `
    <main>
      <form (submit)="reset($event, password.value)">
        <img src="quarry.svg" alt="" width="36" height="36" />
        <h1>Choose a new password</h1>
        <q-new-password #password label="New password" [disabled]="done()" />
        @if (attempt.problem()) {
          <p class="problem" role="alert">{{ attempt.problem() }}</p>
        }
        @if (done()) {
          <p role="status">The password is changed, and all sessions have ended.</p>
          <a matButton="filled" routerLink="/sign-in">Sign in</a>
        } @else {
          <button matButton="filled" type="submit" [disabled]="attempt.busy()">Change password</button>
        }
      </form>
    </main>
  `,
  styleUrl: './entry.scss',
})
export class ResetPasswordPage {
  private readonly api = inject(PeopleApi);
  private readonly token = inject(ActivatedRoute).snapshot.fragment ?? '';
  protected readonly attempt = new Attempt();
  protected readonly done = signal(false);

  protected async reset(event: Event, password: string): Promise<void> {
    event.preventDefault();
    this.done.set(await this.attempt.at(() => this.api.resetPassword({ token: this.token, password })));
  }
}
