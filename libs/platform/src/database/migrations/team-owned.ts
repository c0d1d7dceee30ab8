type ServingRole = 'quarry_app' | 'quarry_worker';

/** What each role may do to a table, as GRANT says it; null is nothing. Rows are narrowed further by its policy. */
export type Grants = Record<ServingRole, string | null>;

const roles: readonly ServingRole[] = ['quarry_app', 'quarry_worker'];

/** Makes a table with a `team_id` its teams': security is forced, and each role sees the rows of the current team only. */
export function teamOwned(table: string, grants: Grants): string[] {
  return [
    ...underRowSecurity(table),
    ...roles
      .filter((role) => grants[role] !== null)
      .flatMap((role) => [
        `GRANT ${grants[role]} ON ${table} TO ${role}`,
        `CREATE POLICY ${table}_of_team_${role} ON ${table} TO ${role}
           USING (team_id = current_team()) WITH CHECK (team_id = current_team())`,
      ]),
  ];
}

/** From here on the table shows nothing but what a policy names, to its owner neither. */
export function underRowSecurity(table: string): string[] {
  return [`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`, `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`];
}
