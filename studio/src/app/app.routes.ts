import type { Routes, UrlMatchResult, UrlSegment } from '@angular/router';
import { signedIn } from './sign-in/signed-in';

export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'Sign in · Quarry',
    loadComponent: () => import('./sign-in/sign-in').then((m) => m.SignInPage),
  },
  {
    matcher: workbenchAddress,
    canActivate: [signedIn],
    loadComponent: () => import('./workbench/workbench').then((m) => m.Workbench),
  },
  { path: '**', redirectTo: '' },
];

/** `/` and `/strategies/:id` are one page: going from one to the other keeps it. */
function workbenchAddress(segments: readonly UrlSegment[]): UrlMatchResult | null {
  const [first, id] = segments;
  if (!first) return { consumed: [] };
  if (first.path !== 'strategies' || !id || segments.length > 2) return null;
  return { consumed: [first, id], posParams: { id } };
}
