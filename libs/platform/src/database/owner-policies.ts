import type { DataSource } from 'typeorm';

/**
 * Row level security is forced, so that it binds the owner too. Backups read every row and restoring writes them: each
 * table says that its owner may do that much, and neither change nor delete.
 */
export async function ensureOwnerPolicies(owner: DataSource): Promise<void> {
  const tables = await owner.query<{ name: string }[]>(
    `SELECT oid::regclass::text AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relforcerowsecurity
       AND NOT EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'backed_up')`,
  );
  for (const { name } of tables) {
    await owner.query(`CREATE POLICY backed_up ON ${name} FOR SELECT TO CURRENT_USER USING (true)`);
    await owner.query(`CREATE POLICY restored ON ${name} FOR INSERT TO CURRENT_USER WITH CHECK (true)`);
  }
}
