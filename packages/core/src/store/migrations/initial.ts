/** Version 1 of the database: jobs with the columns that are searched, events, leases, the epoch, what was quarantined. */
export const initial: ReadonlyArray<string> = [
  `CREATE TABLE meta (one INTEGER PRIMARY KEY CHECK (one = 1), epoch INTEGER NOT NULL) STRICT`,
  `INSERT INTO meta (one, epoch) VALUES (1, 0)`,
  `CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    project_id TEXT NOT NULL,
    status TEXT NOT NULL,
    phase TEXT NOT NULL,
    site TEXT NOT NULL,
    account TEXT NOT NULL,
    conversation TEXT,
    created_at INTEGER NOT NULL,
    queued_at INTEGER,
    archive_bytes INTEGER NOT NULL,
    retained_bytes INTEGER NOT NULL,
    cancel_requested INTEGER NOT NULL,
    upload_reached INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    record TEXT NOT NULL
  ) STRICT`,
  `CREATE INDEX jobs_project ON jobs (project_id, id, status)`,
  `CREATE INDEX jobs_status ON jobs (status, id)`,
  `CREATE INDEX jobs_retained ON jobs (retained_bytes) WHERE retained_bytes > 0`,
  `CREATE TABLE events (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (job, seq)
  ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE leases (
    kind TEXT NOT NULL CHECK (kind IN ('runtime', 'conversation')),
    key TEXT NOT NULL,
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    PRIMARY KEY (kind, job)
  ) STRICT, WITHOUT ROWID`,
  `CREATE UNIQUE INDEX leases_conversation ON leases (key) WHERE kind = 'conversation'`,
  `CREATE TABLE quarantine (
    number INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    record TEXT NOT NULL
  ) STRICT`
]
