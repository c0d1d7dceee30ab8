import type { LimitName } from '@quarry/contracts';

/** What whoever runs Quarry allows any team: it holds where the team's admins set no lower limit. */
export type Allowance = Readonly<Record<LimitName, number>>;

type Own = Readonly<Partial<Record<LimitName, number | null>>>;

/** The limits that hold for a team: its own, but never more than is allowed. */
export function limitsWithin(allowance: Allowance, own: Own): Allowance {
  const names = Object.keys(allowance) as LimitName[];
  return Object.fromEntries(
    names.map((name) => [name, Math.min(allowance[name], own[name] ?? Infinity)]),
  ) as unknown as Allowance;
}
