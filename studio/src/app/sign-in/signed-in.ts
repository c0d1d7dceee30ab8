import { inject } from '@angular/core';
import { Router } from '@angular/router';
import type { CanActivateFn } from '@angular/router';
import { SessionStore } from '../store/session-store';

/** Lets only signed-in people pass; others are asked to sign in, and come back to where they wanted to go. */
export const signedIn: CanActivateFn = async (_route, { url }) => {
  const router = inject(Router);
  const store = inject(SessionStore);
  if (store.session() ?? (await store.load())) return true;
  return router.createUrlTree(['/sign-in'], { queryParams: url === '/' ? {} : { next: url } });
};
