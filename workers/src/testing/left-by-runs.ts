import type { TestCluster } from './test-worker.js';

/** How each run failed and what its events tell, as JSON. */
export async function toldOf(cluster: TestCluster, runIds: readonly string[]): Promise<string[]> {
  const rows = await cluster.database.inTeam(cluster.team, (scope) =>
    scope.rows<{ told: string }>(
      `SELECT json_build_array(failure, (SELECT json_agg(body) FROM run_event WHERE run_id = run.id))::text AS told
       FROM run WHERE id = ANY($1)`,
      [runIds],
    ),
  );
  return rows.map(({ told }) => told);
}

/** Keys of the artifacts, of all runs, that hold this text. */
export async function artifactsWith(cluster: TestCluster, text: string): Promise<string[]> {
  const keys: string[] = [];
  for (const { key } of await cluster.artifacts.list('')) {
    const stored = await cluster.artifacts.read(key);
    const bytes = Buffer.concat(((await stored?.body.toArray()) ?? []) as Buffer[]);
    if (bytes.includes(text)) keys.push(key);
  }
  return keys;
}
