/** Rules that hold whoever writes: versions are immutable, a finished run stays as it ended, listeners are woken. */
export const rules = `
CREATE FUNCTION refuse_changed_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.team_id, OLD.strategy_id, OLD.hash, OLD.number, OLD.source, OLD.created_at)
     IS DISTINCT FROM (NEW.team_id, NEW.strategy_id, NEW.hash, NEW.number, NEW.source, NEW.created_at) THEN
    RAISE EXCEPTION 'A strategy version is immutable: % of strategy %.', OLD.hash, OLD.strategy_id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER strategy_version_is_immutable BEFORE UPDATE ON strategy_version
  FOR EACH ROW EXECUTE FUNCTION refuse_changed_version();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows of % are written once.', TG_TABLE_NAME;
END $$;
CREATE TRIGGER dataset_version_is_immutable BEFORE UPDATE ON dataset_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER run_event_is_immutable BEFORE UPDATE ON run_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_reopened_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.finished_at IS NOT NULL AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'Run % has ended as %; it cannot become %.', OLD.id, OLD.state, NEW.state;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER run_ends_once BEFORE UPDATE ON run FOR EACH ROW EXECUTE FUNCTION refuse_reopened_run();

CREATE FUNCTION wake_run_listeners() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('quarry_run', NEW.run_id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER run_event_wakes AFTER INSERT ON run_event FOR EACH ROW EXECUTE FUNCTION wake_run_listeners();

CREATE FUNCTION wake_relay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('quarry_outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_wakes AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION wake_relay();
`;
