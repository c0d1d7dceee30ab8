import { Component, ElementRef, computed, inject, resource, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import type { Session } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { PeopleApi } from '../api/people-api';
import { sentence } from '../api/request';
import { SessionStore } from '../store/session-store';
import { NewPassword } from './new-password';

/** What a link of an invitation opens: a new account, or a team more for the one that is there. */
@Component({
  selector: 'q-join',
  imports: [MatButton, MatFormField, MatInput, NewPassword, RouterLink],
  template: `
    <main>
      @if (opened.hasValue() && opened.value(); as invitation) {
        <form (submit)="join($event)">
          <img src="quarry.svg" alt="" width="36" height="36" />
          <h1>Join {{ invitation.team }}</h1>
          <p class="muted">{{ invitation.email }} is invited as {{ invitation.role }}.</p>
          @if (!invitation.known) {
            <div class="field">
              <label for="name">Name</label>
              <mat-form-field>
                <input matInput #name id="name" autocomplete="name" required maxlength="100" />
              </mat-form-field>
            </div>
            <q-new-password #password />
          }
          @if (attempt.problem()) {
            <p class="problem" role="alert">{{ attempt.problem() }}</p>
          }
          @if (invitation.known && !isInvited()) {
            <p>There is an account with this address. Sign in with it to join.</p>
            <a matButton="filled" routerLink="/sign-in" [queryParams]="{ next: '/join#' + token }">Sign in to join</a>
          } @else {
            <button matButton="filled" type="submit" [disabled]="attempt.busy()">Join</button>
          }
        </form>
      } @else if (opened.error(); as error) {
        <form>
          <img src="quarry.svg" alt="" width="36" height="36" />
          <h1>No invitation</h1>
          <p class="problem" role="alert">{{ words(error) }}</p>
          <a matButton routerLink="/">To Quarry</a>
        </form>
      }
    </main>
  `,
  styleUrl: './entry.scss',
})
export class JoinPage {
  private readonly api = inject(PeopleApi);
  private readonly store = inject(SessionStore);
  private readonly router = inject(Router);
  protected readonly token = inject(ActivatedRoute).snapshot.fragment ?? '';
  protected readonly attempt = new Attempt();
  protected readonly words = sentence;
  private readonly name = viewChild<ElementRef<HTMLInputElement>>('name');
  private readonly password = viewChild<NewPassword>('password');
  protected readonly opened = resource({
    loader: async () => {
      const [invitation] = await Promise.all([this.api.openInvitation(this.token), this.store.load()]);
      return invitation;
    },
  });
  protected readonly isInvited = computed(() => {
    const email = this.store.session()?.user.email.toLowerCase();
    return this.opened.hasValue() && email === this.opened.value().email.toLowerCase();
  });

  protected async join(event: Event): Promise<void> {
    event.preventDefault();
    const done = await this.attempt.at(async () => this.store.adopt(await this.joined()));
    if (done) await this.router.navigateByUrl('/');
  }

  private joined(): Promise<Session> {
    const { token } = this;
    const [name, password] = [this.name()?.nativeElement.value.trim(), this.password()?.value];
    if (name === undefined || password === undefined) return this.api.acceptInvitation(token);
    return this.api.join({ token, name, password });
  }
}
