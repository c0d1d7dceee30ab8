import type { DataSource } from 'typeorm';

export interface RolePasswords {
  /** Of `quarry_app`, which the API signs in with. */
  readonly app: string;
  /** Of `quarry_worker`, which the workers sign in with. */
  readonly worker: string;
}

/**
 * Makes the roles where they are missing and sets their passwords. None of them owns anything or passes row level
 * security. `quarry_relay` cannot sign in: the others take it on, by name and for one transaction.
 */
export async function ensureRoles(owner: DataSource, passwords: RolePasswords): Promise<void> {
  for (const role of ['quarry_app', 'quarry_worker', 'quarry_relay']) {
    await owner.query(`DO $$ BEGIN
      CREATE ROLE ${role} NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOLOGIN;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$`);
  }
  await setPassword(owner, 'quarry_app', passwords.app);
  await setPassword(owner, 'quarry_worker', passwords.worker);
  await owner.query('GRANT quarry_relay TO quarry_app, quarry_worker WITH INHERIT FALSE, SET TRUE');
}

async function setPassword(owner: DataSource, role: string, password: string): Promise<void> {
  const [row] = await owner.query<{ statement: string }[]>(
    `SELECT format('ALTER ROLE %I LOGIN PASSWORD %L', $1::text, $2::text) AS statement`,
    [role, password],
  );
  if (row) await owner.query(row.statement);
}

/** The URL under which another role signs in to the same database. */
export function roleUrl(ownerUrl: string, role: 'quarry_app' | 'quarry_worker', password: string): string {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  return url.href;
}
