import type { Database } from '@quarry/platform/database';
import { addDataset } from '../datasets/queue-ingest.js';
import { addStrategy } from '../strategies/strategies.js';
import { exampleStrategies } from './example-strategies.js';

const datasets = ['sp500', 'minutes', 'stocks', 'dividends'] as const;

/** Gives each team that never had them the example strategies and datasets, once, in one transaction. */
export async function seedExamples(database: Database, strategiesDirectory: string): Promise<void> {
  const teams = await database.asRelay((rows) =>
    rows<{ id: string }>('SELECT id FROM team WHERE examples_seeded_at IS NULL'),
  );
  if (teams.length === 0) return;

  const strategies = await exampleStrategies(strategiesDirectory);
  for (const team of teams) {
    await database.inTeam(team.id, async (scope) => {
      const taken = await scope.rows(
        'UPDATE team SET examples_seeded_at = now() WHERE id = $1 AND examples_seeded_at IS NULL RETURNING id',
        [team.id],
      );
      if (taken.length === 0) return;

      for (const name of datasets) {
        await addDataset(scope, { input: { from: 'builtin', name }, options: { name }, accept: true, createdBy: null });
      }
      for (const { name, source } of strategies) await addStrategy(scope, name, source, null);
    });
  }
}
