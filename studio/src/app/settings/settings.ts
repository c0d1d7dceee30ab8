import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { SessionStore } from '../store/session-store';

/** The pages about people, one's account, the team, its tokens and its log, and about the cluster. What a role may not see is not offered. */
@Component({
  selector: 'q-settings',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <header>
      <a class="brand" routerLink="/"><img src="quarry.svg" alt="" width="20" height="20" />Quarry</a>
      <nav aria-label="Settings">
        @for (page of pages(); track page.path) {
          <a [routerLink]="page.path" routerLinkActive="current" ariaCurrentWhenActive="page">{{ page.name }}</a>
        }
      </nav>
      <span class="muted">{{ session()?.user?.email }}, {{ session()?.team?.name }}</span>
      <a class="back" routerLink="/">Back to work</a>
    </header>
    <main><router-outlet /></main>
  `,
  styleUrl: '../ui/page.scss',
})
export class SettingsPage {
  protected readonly session = inject(SessionStore).session;
  protected readonly pages = computed(() => {
    const { role, runsCluster } = this.session() ?? {};
    return [
      { path: 'account', name: 'Account', from: ['viewer', 'quant', 'admin'] },
      { path: 'team', name: 'Team', from: ['viewer', 'quant', 'admin'] },
      { path: 'tokens', name: 'API tokens', from: ['quant', 'admin'] },
      { path: 'limits', name: 'Limits', from: ['viewer', 'quant', 'admin'] },
      { path: 'retention', name: 'Retention', from: ['viewer', 'quant', 'admin'] },
      { path: 'provider-keys', name: 'Provider keys', from: ['quant', 'admin'] },
      { path: 'webhooks', name: 'Webhooks', from: ['admin'] },
      { path: 'audit', name: 'Audit log', from: ['admin'] },
      { path: 'cluster', name: 'Cluster', from: runsCluster ? ['admin'] : [] },
    ].filter(({ from }) => role && from.includes(role));
  });
}
