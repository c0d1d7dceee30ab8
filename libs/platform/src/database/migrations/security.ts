import { teamOwned, underRowSecurity } from './team-owned.js';

/** What each role may do, by table. Rows are narrowed further by the policies below. */
const grants = {
  quarry_app: {
    membership: 'SELECT',
    session: 'SELECT, INSERT, DELETE',
    strategy: 'SELECT, INSERT, UPDATE (name, latest_version, updated_at)',
    strategy_version: 'SELECT, INSERT',
    dataset: 'SELECT, INSERT, UPDATE (ingest_run_id)',
    dataset_version: 'SELECT',
    run: 'SELECT, INSERT, UPDATE (state, failure, finished_at, event_sequence)',
    slice: 'SELECT, INSERT, UPDATE (state, recoveries, dispatch, dispatched_at, lease_until)',
    slice_attempt: 'SELECT',
    run_event: 'SELECT, INSERT',
    outbox: 'SELECT, INSERT',
    artifact: 'SELECT',
  },
  quarry_worker: {
    membership: null,
    session: null,
    strategy: 'SELECT',
    strategy_version: 'SELECT, UPDATE (check_report)',
    dataset: 'SELECT',
    dataset_version: 'SELECT, INSERT',
    run: `SELECT, UPDATE (state, failure, reuse_key, manifest_hash, order_list_hash, headline, reused_from,
      event_sequence, started_at, finished_at)`,
    slice: 'SELECT, UPDATE (state, attempt, recoveries, dispatch, dispatched_at, lease_until, worker)',
    slice_attempt: 'SELECT, INSERT',
    run_event: 'SELECT, INSERT',
    outbox: 'SELECT, INSERT',
    artifact: 'SELECT, INSERT',
  },
};

type TeamTable = keyof (typeof grants)['quarry_app'];

/** Tables of the first version whose rows belong to one team. */
const teamTables = Object.keys(grants.quarry_app) as TeamTable[];

const teamPolicies = teamTables.flatMap((table) =>
  teamOwned(table, { quarry_app: grants.quarry_app[table], quarry_worker: grants.quarry_worker[table] }),
);

/**
 * Who is asking is known before the team is: a session by its token's hash, a user by the address at sign-in, a
 * membership by the user. Each is opened by a setting that holds for one transaction, and shows that row only.
 * Seeding and password resets are the owner's: FORCE binds it too, so these tables name it.
 */
const identityPolicies = [
  ...['team', 'app_user', 'membership', 'session'].map(
    (table) => `CREATE POLICY administered ON ${table} TO CURRENT_USER USING (true)`,
  ),
  ...underRowSecurity('team'),
  ...underRowSecurity('app_user'),
  `GRANT SELECT, UPDATE (examples_seeded_at) ON team TO quarry_app`,
  `GRANT SELECT ON app_user TO quarry_app`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_window TO quarry_app`,
  `CREATE POLICY own_team ON team TO quarry_app USING (id = current_team())`,
  `CREATE POLICY by_email ON app_user FOR SELECT TO quarry_app
     USING (lower(email) = lower(nullif(current_setting('app.sign_in_email', true), '')))`,
  `CREATE POLICY by_id ON app_user FOR SELECT TO quarry_app
     USING (id = nullif(current_setting('app.user_id', true), '')::uuid)`,
  `CREATE POLICY own_memberships ON membership FOR SELECT TO quarry_app
     USING (user_id = nullif(current_setting('app.user_id', true), '')::uuid)`,
  `CREATE POLICY by_token ON session FOR SELECT TO quarry_app
     USING (token_hash = decode(nullif(current_setting('app.session_hash', true), ''), 'hex'))`,
];

/**
 * The relay moves ids from the outbox to the queue and finds slices that were lost, for all teams. It is a role that
 * the others take on for one transaction (SET LOCAL ROLE): it sees which slices wait and whose they are, nothing else.
 */
const relayPolicies = [
  `GRANT SELECT (id, team_id, run_id, slice_id, dispatch), DELETE, UPDATE (dispatch) ON outbox TO quarry_relay`,
  `GRANT SELECT (id, team_id, run_id, state, recoveries, dispatch, dispatched_at, lease_until) ON slice TO quarry_relay`,
  `GRANT SELECT (id, examples_seeded_at) ON team TO quarry_relay`,
  `CREATE POLICY relayed ON outbox TO quarry_relay USING (true)`,
  `CREATE POLICY relayed ON slice FOR SELECT TO quarry_relay USING (true)`,
  `CREATE POLICY relayed ON team FOR SELECT TO quarry_relay USING (true)`,
];

export const security: readonly string[] = [
  `CREATE FUNCTION current_team() RETURNS uuid LANGUAGE sql STABLE AS
     $$ SELECT nullif(current_setting('app.team_id', true), '')::uuid $$`,
  `GRANT USAGE ON SCHEMA public TO quarry_app, quarry_worker, quarry_relay`,
  ...teamPolicies,
  ...identityPolicies,
  ...relayPolicies,
];
