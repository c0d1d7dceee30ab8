import { Component, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router } from '@angular/router';
import { sentence } from '../api/request';
import { SessionStore } from '../store/session-store';

@Component({
  selector: 'q-sign-in',
  imports: [MatButton, MatFormField, MatInput],
  templateUrl: './sign-in.html',
  styleUrl: './sign-in.scss',
})
export class SignInPage {
  /** Where to go afterwards; from the address. */
  readonly next = input<string>();
  private readonly store = inject(SessionStore);
  private readonly router = inject(Router);
  protected readonly busy = signal(false);
  protected readonly problem = signal('');

  protected async signIn(event: Event, email: string, password: string): Promise<void> {
    event.preventDefault();
    this.busy.set(true);
    this.problem.set('');
    try {
      await this.store.signIn({ email, password });
      await this.router.navigateByUrl(this.next() ?? '/');
    } catch (error) {
      this.problem.set(sentence(error));
    } finally {
      this.busy.set(false);
    }
  }
}
