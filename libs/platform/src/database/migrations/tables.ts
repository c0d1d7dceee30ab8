/**
 * The tables of the first version. Each team-owned row names its team, and refers to other team-owned rows by
 * (team_id, id), so that no row can point into another team.
 */
export const tables = `
CREATE TABLE team (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  examples_seeded_at timestamptz
);

CREATE TABLE app_user (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL,
  name text NOT NULL,
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX app_user_email ON app_user (lower(email));

CREATE TABLE membership (
  team_id uuid NOT NULL REFERENCES team,
  user_id uuid NOT NULL REFERENCES app_user,
  role text NOT NULL CHECK (role IN ('viewer', 'quant', 'admin')),
  PRIMARY KEY (team_id, user_id)
);
CREATE INDEX membership_user ON membership (user_id);

CREATE TABLE session (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  team_id uuid NOT NULL,
  user_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  FOREIGN KEY (team_id, user_id) REFERENCES membership ON DELETE CASCADE
);

CREATE TABLE strategy (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  team_id uuid NOT NULL REFERENCES team,
  name text NOT NULL,
  latest_version text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (team_id, id),
  UNIQUE (team_id, name)
);

CREATE TABLE strategy_version (
  team_id uuid NOT NULL,
  strategy_id uuid NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  number integer NOT NULL CHECK (number >= 1),
  source jsonb NOT NULL,
  check_run_id uuid NOT NULL,
  -- json, not jsonb: parameters keep the order in which the strategy declares them
  check_report json,
  created_by uuid REFERENCES app_user,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (strategy_id, hash),
  UNIQUE (strategy_id, number),
  FOREIGN KEY (team_id, strategy_id) REFERENCES strategy (team_id, id)
);
CREATE INDEX strategy_version_hash ON strategy_version (team_id, hash);

CREATE TABLE dataset (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  team_id uuid NOT NULL REFERENCES team,
  name text NOT NULL,
  ingest_run_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (team_id, id),
  UNIQUE (team_id, name)
);

CREATE TABLE dataset_version (
  team_id uuid NOT NULL,
  dataset_id uuid NOT NULL,
  hash text NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
  info jsonb NOT NULL,
  files jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (dataset_id, hash),
  FOREIGN KEY (team_id, dataset_id) REFERENCES dataset (team_id, id)
);

CREATE TABLE run (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  team_id uuid NOT NULL REFERENCES team,
  created_by uuid REFERENCES app_user,
  kind text NOT NULL CHECK (kind IN ('backtest', 'check', 'ingest')),
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  work jsonb NOT NULL,
  strategy_id uuid,
  strategy_version text,
  dataset_id uuid,
  dataset_version text,
  fresh boolean NOT NULL DEFAULT false,
  idempotency_key text,
  request_hash text,
  reuse_key text,
  manifest_hash text,
  order_list_hash text,
  headline jsonb,
  failure jsonb,
  reused_from uuid,
  event_sequence integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  CHECK ((state IN ('succeeded', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  CHECK ((state = 'failed') = (failure IS NOT NULL)),
  UNIQUE (team_id, id),
  FOREIGN KEY (team_id, strategy_id) REFERENCES strategy (team_id, id),
  FOREIGN KEY (team_id, dataset_id) REFERENCES dataset (team_id, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX run_idempotency ON run (team_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX run_recent ON run (team_id, created_at DESC);
CREATE INDEX run_of_strategy ON run (team_id, strategy_id, created_at DESC);
CREATE INDEX run_reuse ON run (team_id, reuse_key) WHERE state = 'succeeded' AND reuse_key IS NOT NULL;

CREATE TABLE slice (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  team_id uuid NOT NULL,
  run_id uuid NOT NULL,
  index integer NOT NULL CHECK (index >= 0),
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  attempt integer NOT NULL DEFAULT 0,
  recoveries integer NOT NULL DEFAULT 0,
  dispatch integer NOT NULL DEFAULT 1,
  dispatched_at timestamptz NOT NULL DEFAULT now(),
  lease_until timestamptz,
  worker text,
  UNIQUE (run_id, index),
  FOREIGN KEY (team_id, run_id) REFERENCES run (team_id, id)
);
CREATE INDEX slice_open ON slice (state, lease_until) WHERE state IN ('queued', 'running');

CREATE TABLE slice_attempt (
  team_id uuid NOT NULL,
  slice_id uuid NOT NULL REFERENCES slice,
  attempt integer NOT NULL,
  worker text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (slice_id, attempt)
);

CREATE TABLE run_event (
  team_id uuid NOT NULL,
  run_id uuid NOT NULL,
  sequence integer NOT NULL,
  body jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run_id, sequence),
  FOREIGN KEY (team_id, run_id) REFERENCES run (team_id, id)
);

CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  team_id uuid NOT NULL,
  run_id uuid NOT NULL,
  slice_id uuid NOT NULL REFERENCES slice,
  dispatch integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE artifact (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  team_id uuid NOT NULL,
  run_id uuid NOT NULL,
  name text NOT NULL,
  key text NOT NULL,
  bytes bigint NOT NULL CHECK (bytes >= 0),
  content_type text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (run_id, name),
  FOREIGN KEY (team_id, run_id) REFERENCES run (team_id, id)
);

CREATE TABLE sign_in_window (
  bucket bytea PRIMARY KEY,
  started_at timestamptz NOT NULL,
  attempts integer NOT NULL
);
`;
