import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { Attempt } from '../api/attempt';
import { PeopleApi } from '../api/people-api';
import { SessionStore } from '../store/session-store';
import { NewPassword } from './new-password';

/** An account with a team of one's own, where anybody may sign up. */
@Component({
  selector: 'q-sign-up',
  imports: [MatButton, MatFormField, MatInput, NewPassword, RouterLink],
  template: `
    <main>
      <form (submit)="signUp($event, email.value.trim(), name.value.trim(), password.value, team.value.trim())">
        <img src="quarry.svg" alt="" width="36" height="36" />
        <h1>Create an account</h1>
        <div class="field">
          <label for="name">Name</label>
          <mat-form-field
            ><input matInput #name id="name" autocomplete="name" required maxlength="100"
          /></mat-form-field>
        </div>
        <div class="field">
          <label for="email">Email</label>
          <mat-form-field>
            <input matInput #email id="email" type="email" autocomplete="username" required />
          </mat-form-field>
        </div>
        <q-new-password #password />
        <div class="field">
          <label for="team">Your team</label>
          <mat-form-field><input matInput #team id="team" required maxlength="100" /></mat-form-field>
        </div>
        @if (attempt.problem()) {
          <p class="problem" role="alert">{{ attempt.problem() }}</p>
        }
        <button matButton="filled" type="submit" [disabled]="attempt.busy()">Create account</button>
        <p class="aside">Have one already? <a routerLink="/sign-in">Sign in</a></p>
      </form>
    </main>
  `,
  styleUrl: './entry.scss',
})
export class SignUpPage {
  private readonly api = inject(PeopleApi);
  private readonly store = inject(SessionStore);
  private readonly router = inject(Router);
  protected readonly attempt = new Attempt();

  protected async signUp(event: Event, email: string, name: string, password: string, team: string): Promise<void> {
    event.preventDefault();
    const done = await this.attempt.at(async () =>
      this.store.adopt(await this.api.signUp({ email, name, password, team })),
    );
    if (done) await this.router.navigateByUrl('/');
  }
}
