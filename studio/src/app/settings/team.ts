import { Component, computed, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { Router } from '@angular/router';
import { Role } from '@quarry/contracts';
import type { OneTimeLink, TeamMember } from '@quarry/contracts';
import { Attempt } from '../api/attempt';
import { PeopleApi } from '../api/people-api';
import { SessionStore } from '../store/session-store';
import { ShownOnce } from '../ui/shown-once';

/** The team: who is in it with what role, who is invited, and for its admins what changes that. */
@Component({
  selector: 'q-team',
  imports: [MatButton, MatFormField, MatInput, MatOption, MatSelect, ShownOnce],
  templateUrl: './team.html',
  styleUrl: './section.scss',
})
export class TeamPage {
  private readonly api = inject(PeopleApi);
  private readonly store = inject(SessionStore);
  private readonly router = inject(Router);
  protected readonly roles = Role.options;
  protected readonly session = this.store.session;
  protected readonly isAdmin = computed(() => this.session()?.role === 'admin');
  protected readonly team = resource({ loader: () => this.api.team() });
  protected readonly invitations = resource({
    params: () => this.isAdmin() || undefined,
    loader: () => this.api.invitations(),
  });
  protected readonly change = new Attempt();
  protected readonly invitedAs = signal<Role>('quant');
  /** The link that was made last, and for whom. */
  protected readonly link = signal<{ readonly label: string; readonly address: string } | null>(null);

  protected async invite(event: Event, email: string): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    await this.try(async () => {
      this.show(`Invitation for ${email}`, await this.api.invite({ email, role: this.invitedAs() }));
      form.reset();
    });
  }

  protected withdraw(id: string): Promise<void> {
    return this.try(() => this.api.withdrawInvitation(id));
  }

  protected changeRole({ id }: TeamMember, role: Role): Promise<void> {
    return this.try(() => this.api.changeRole(id, role));
  }

  protected remove({ id }: TeamMember): Promise<void> {
    return this.try(() => this.api.removeMember(id));
  }

  protected resetPassword({ id, email }: TeamMember): Promise<void> {
    return this.try(async () => this.show(`New password for ${email}`, await this.api.passwordLink(id)));
  }

  protected rename(event: Event, name: string): Promise<void> {
    event.preventDefault();
    return this.try(async () => {
      await this.api.renameTeam(name);
      await this.store.load();
    });
  }

  protected async delete(event: Event, name: string): Promise<void> {
    event.preventDefault();
    const done = await this.change.at(() => this.api.deleteTeam(name));
    if (!done) return;
    this.store.forget();
    await this.router.navigateByUrl('/sign-in');
  }

  private show(label: string, { path }: OneTimeLink): void {
    this.link.set({ label, address: location.origin + path });
  }

  /** Whatever came of it, what is shown afterwards is as the server has it. */
  private async try(action: () => Promise<unknown>): Promise<void> {
    await this.change.at(action);
    this.team.reload();
    this.invitations.reload();
  }
}
