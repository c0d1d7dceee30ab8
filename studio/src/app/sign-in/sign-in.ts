import { Component, ElementRef, effect, inject, input, resource, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { Attempt } from '../api/attempt';
import { PeopleApi } from '../api/people-api';
import { RequestRefused } from '../api/request';
import { SessionStore } from '../store/session-store';

/** Address and password; the code of an authenticator once the server asks for it. */
@Component({
  selector: 'q-sign-in',
  imports: [MatButton, MatFormField, MatInput, RouterLink],
  templateUrl: './sign-in.html',
  styleUrl: './entry.scss',
})
export class SignInPage {
  /** Where to go afterwards; from the address. */
  readonly next = input<string>();
  private readonly api = inject(PeopleApi);
  private readonly store = inject(SessionStore);
  private readonly router = inject(Router);
  protected readonly attempt = new Attempt();
  protected readonly codeNeeded = signal(false);
  protected readonly code = viewChild<ElementRef<HTMLInputElement>>('code');
  protected readonly policy = resource({ loader: () => this.api.signUpPolicy() });

  constructor() {
    effect(() => this.code()?.nativeElement.focus());
  }

  protected async signIn(event: Event, email: string, password: string, code: string | undefined): Promise<void> {
    event.preventDefault();
    const done = await this.attempt.at(async () => {
      try {
        await this.store.signIn({ email, password, ...(code === undefined ? {} : { code: code.trim() }) });
      } catch (error) {
        if (error instanceof RequestRefused && error.code === 'code-needed') this.codeNeeded.set(true);
        throw error;
      }
    });
    if (done) await this.router.navigateByUrl(this.next() ?? '/');
  }
}
