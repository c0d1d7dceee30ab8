import type { Routes, UrlMatchResult, UrlSegment } from '@angular/router';
import { signedIn } from './sign-in/signed-in';

export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'Sign in · Quarry',
    loadComponent: () => import('./sign-in/sign-in').then((m) => m.SignInPage),
  },
  {
    path: 'sign-up',
    title: 'Create an account · Quarry',
    loadComponent: () => import('./sign-in/sign-up').then((m) => m.SignUpPage),
  },
  {
    path: 'join',
    title: 'Join a team · Quarry',
    loadComponent: () => import('./sign-in/join').then((m) => m.JoinPage),
  },
  {
    path: 'reset-password',
    title: 'New password · Quarry',
    loadComponent: () => import('./sign-in/reset-password').then((m) => m.ResetPasswordPage),
  },
  {
    path: 'runs',
    title: 'Runs · Quarry',
    canActivate: [signedIn],
    loadComponent: () => import('./runs/runs').then((m) => m.RunsPage),
  },
  {
    path: 'runs/:id',
    title: 'Run · Quarry',
    canActivate: [signedIn],
    loadComponent: () => import('./runs/run').then((m) => m.RunPage),
  },
  {
    path: 'settings',
    title: 'Settings · Quarry',
    canActivate: [signedIn],
    loadComponent: () => import('./settings/settings').then((m) => m.SettingsPage),
    children: [
      { path: 'account', loadComponent: () => import('./settings/account').then((m) => m.AccountPage) },
      { path: 'team', loadComponent: () => import('./settings/team').then((m) => m.TeamPage) },
      { path: 'tokens', loadComponent: () => import('./settings/tokens').then((m) => m.TokensPage) },
      { path: 'limits', loadComponent: () => import('./settings/limits').then((m) => m.LimitsPage) },
      { path: 'retention', loadComponent: () => import('./settings/retention').then((m) => m.RetentionPage) },
      {
        path: 'provider-keys',
        loadComponent: () => import('./settings/provider-keys').then((m) => m.ProviderKeysPage),
      },
      { path: 'webhooks', loadComponent: () => import('./settings/webhooks').then((m) => m.WebhooksPage) },
      { path: 'audit', loadComponent: () => import('./settings/audit').then((m) => m.AuditPage) },
      { path: 'cluster', loadComponent: () => import('./settings/cluster').then((m) => m.ClusterPage) },
      { path: '**', redirectTo: 'account' },
    ],
  },
  {
    path: 'datasets',
    title: 'Datasets · Quarry',
    canActivate: [signedIn],
    loadComponent: () => import('./datasets/datasets').then((m) => m.DatasetsPage),
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
