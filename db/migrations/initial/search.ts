/** Indexes for what the console looks for. */
export const search: string[] = [
  // People are searched for while somebody types: words that an address or a name begins with.
  ...['users', 'invitations'].flatMap((table) => [
    // Unique, and of use to a search by the beginning: a second index of a million addresses would double its cost.
    `CREATE UNIQUE INDEX ${table}_email_key_key ON ${table} (email_key text_pattern_ops)`,
    `CREATE INDEX ${table}_first_name ON ${table} (lower(first_name) text_pattern_ops)`,
    `CREATE INDEX ${table}_last_name ON ${table} (lower(last_name) text_pattern_ops)`,
  ]),
  // Those of one status in the order of the list: without, the few who are active among a million are found by looking at
  // everybody (0.9 s, with these 5 ms). They grow at their end.
  'CREATE INDEX users_active ON users (id) WHERE enabled AND activated_at IS NOT NULL',
  'CREATE INDEX users_pending ON users (id) WHERE enabled AND activated_at IS NULL',
  'CREATE INDEX users_disabled ON users (id) WHERE NOT enabled',
  // What became of a person in which imports. New people have new ids, so that it grows at its end.
  'CREATE INDEX outcomes_user ON outcomes (user_id, import_id) WHERE user_id IS NOT NULL',
  `CREATE INDEX outbox_failed ON outbox (mailing_id, id) WHERE state = 'failed'`,
  `CREATE INDEX activation_links_expired ON activation_links (person_id)
    WHERE expired_at IS NOT NULL AND used_at IS NULL AND ended_at IS NULL`,
]
