import process from 'node:process';
import { platform } from 'node:os';
import type { Wall } from '@quarry/contracts';
import { childFlags } from '../v8-flags.js';
import type { GuestBundle } from './guest-bundle.js';

/** One way to start a child, and what it keeps from it. */
export interface LaunchPlan {
  readonly wall: Wall;
  readonly detail: string;
  /** Whether the child is another user, who can read only what everybody may. */
  readonly otherUser: boolean;
  /** @param dataBytes most writable memory of its own that the child may map, whether it uses it or not; null: any amount */
  command(bundle: GuestBundle, dataBytes: number | null): readonly string[];
}

const nodeFlags = ['--no-node-snapshot', '--no-warnings', ...childFlags];

const permission = (bundle: GuestBundle): string[] => [
  '--permission',
  '--allow-addons',
  ...bundle.files.map((file) => `--allow-fs-read=${file}`),
];

// systemd's range for users that exist only while a service runs: nobody else's, and mapped in most containers.
const firstUser = 61184;
const users = 65519 - firstUser;
let nextUser = process.pid % users;

/** A user of its own for each child, or one child could read what another has in /proc. */
function freshUser(): number {
  nextUser = (nextUser + 1) % users;
  return firstUser + nextUser;
}

function limits(dataBytes: number | null, ...others: string[]): string[] {
  return ['prlimit', '--core=0', '--fsize=0', ...others, ...(dataBytes === null ? [] : [`--data=${dataBytes}`]), '--'];
}
const noPrivileges = ['--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '--pdeathsig', 'KILL', '--'];

const asRoot: LaunchPlan = {
  wall: 'full',
  detail: 'own network namespace, own user without privileges, permission model',
  otherUser: true,
  command: (bundle, dataBytes) => {
    const user = freshUser();
    return [
      ...['unshare', '--net', '--ipc', '--uts', '--', ...limits(dataBytes, '--nproc=64')],
      ...['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', ...noPrivileges],
      ...[bundle.node, ...nodeFlags, ...permission(bundle), bundle.child],
    ];
  },
};

const inUserNamespace: LaunchPlan = {
  wall: 'full',
  detail: 'own network and user namespace without privileges, permission model; the user is the same as the worker',
  otherUser: false,
  command: (bundle, dataBytes) => [
    ...['unshare', '--user', '--map-root-user', '--net', '--ipc', '--uts', '--'],
    ...limits(dataBytes, '--nproc=64'),
    ...['setpriv', ...noPrivileges, bundle.node, ...nodeFlags, ...permission(bundle), bundle.child],
  ],
};

const permissionOnly: LaunchPlan = {
  wall: 'permission',
  detail: 'permission model only: no network namespace could be made, which takes root or user namespaces',
  otherUser: false,
  command: (bundle, dataBytes) => [
    ...limits(dataBytes),
    ...['setpriv', '--no-new-privs', '--pdeathsig', 'KILL', '--'],
    ...[bundle.node, ...nodeFlags, ...permission(bundle), bundle.child],
  ],
};

const permissionPlain: LaunchPlan = {
  ...permissionOnly,
  detail: `permission model only: ${platform()} has no namespaces that could be used`,
  command: (bundle) => [bundle.node, ...nodeFlags, ...permission(bundle), bundle.child],
};

const nothing: LaunchPlan = {
  wall: 'none',
  detail: 'none: this Node has no permission model that lets the isolate be loaded',
  otherUser: false,
  command: (bundle) => [bundle.node, ...nodeFlags, bundle.child],
};

const plans: readonly LaunchPlan[] = [
  ...(process.getuid?.() === 0 ? [asRoot] : []),
  ...(platform() === 'linux' ? [inUserNamespace, permissionOnly] : []),
  permissionPlain,
  nothing,
];

/** The ways to start a child, strongest first, none stronger than `most`. */
export function launchPlans(most: Wall): readonly LaunchPlan[] {
  return plans.filter(({ wall }) => isAtLeast(most, wall));
}

/** Whether `wall` keeps at least as much from a child as `least`. */
export function isAtLeast(wall: Wall, least: Wall): boolean {
  const strength = { none: 0, permission: 1, full: 2 } satisfies Record<Wall, number>;
  return strength[wall] >= strength[least];
}
