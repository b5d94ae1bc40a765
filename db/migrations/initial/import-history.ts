/**
 * The events of an import, written by the transaction that causes them: of an activity, the API, or an operator at the
 * database. A trigger writes them, so that no change of a status is missing.
 *
 * `imports.decision` holds the administrator or key of each decision before it takes effect. The event takes the name
 * from there.
 */
export const importHistory = [
  `CREATE TABLE import_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    import_id uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    what text NOT NULL CHECK (what IN ('received', 'read', 'checked', 'confirmed', 'applied', 'emails-done', 'paused',
      'resumed', 'taught', 'checked-again', 'completed', 'rejected', 'cancelled', 'failed')),
    by text,
    detail jsonb
  )`,
  'CREATE INDEX import_history_import ON import_history (import_id, id)',
  `CREATE FUNCTION tell_import() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    reason jsonb := jsonb_build_object('code', NEW.problem->'code', 'title', NEW.problem->'title');
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'received', NEW.started_by);
      RETURN NULL;
    END IF;
    IF NEW.checks > OLD.checks THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'checked-again', NEW.decision->>'revalidate');
      RETURN NULL;
    END IF;
    IF OLD.status = 'paused' AND NEW.status IN ('received', 'parsing', 'validating', 'review', 'applying', 'notifying')
    THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'resumed', NEW.decision->>'resume');
    END IF;
    IF OLD.phase IN ('receive', 'parse') AND NEW.phase = 'validate' AND NEW.records IS NOT NULL
      AND OLD.records IS NULL THEN
      INSERT INTO import_history (import_id, what, detail)
      VALUES (NEW.id, 'read', jsonb_build_object('records', NEW.records));
    END IF;
    IF NEW.plan IS NOT NULL AND OLD.plan IS NULL AND NEW.status <> 'rejected' THEN
      INSERT INTO import_history (import_id, what, detail)
      VALUES (NEW.id, 'checked', jsonb_build_object('plan', NEW.plan));
    END IF;
    IF OLD.status = 'review' AND NEW.status = 'applying' THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'confirmed', NEW.decision->>'confirm');
    END IF;
    IF OLD.phase = 'apply' AND NEW.phase IN ('notify', 'done') AND NEW.status IN ('notifying', 'completed') THEN
      INSERT INTO import_history (import_id, what) VALUES (NEW.id, 'applied');
    END IF;
    IF OLD.phase = 'notify' AND NEW.status = 'completed' AND (NEW.plan->>'emails')::int > 0 THEN
      INSERT INTO import_history (import_id, what) VALUES (NEW.id, 'emails-done');
    END IF;
    IF NEW.status = OLD.status THEN
      RETURN NULL;
    ELSIF NEW.status IN ('paused', 'rejected', 'failed') THEN
      INSERT INTO import_history (import_id, what, detail) VALUES (NEW.id, NEW.status, reason);
    ELSIF NEW.status = 'cancelled' THEN
      INSERT INTO import_history (import_id, what, by) VALUES (NEW.id, 'cancelled', NEW.decision->>'cancel');
    ELSIF NEW.status = 'completed' THEN
      INSERT INTO import_history (import_id, what) VALUES (NEW.id, 'completed');
    END IF;
    RETURN NULL;
  END $$`,
  'CREATE TRIGGER import_told AFTER INSERT OR UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION tell_import()',
]
