import type { Routes } from '@angular/router';
import { signedIn } from './sign-in/signed-in';

export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'Sign in · Quarry',
    loadComponent: () => import('./sign-in/sign-in').then((m) => m.SignInPage),
  },
  {
    path: '',
    canActivate: [signedIn],
    loadComponent: () => import('./workbench/workbench').then((m) => m.Workbench),
  },
  {
    path: 'strategies/:id',
    canActivate: [signedIn],
    loadComponent: () => import('./workbench/workbench').then((m) => m.Workbench),
  },
  { path: '**', redirectTo: '' },
];
