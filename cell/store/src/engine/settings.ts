/**
 * Settings of the embedded server, written anew at each start. What decides durability and privacy is given on the
 * command line too: it stands above every file, `ALTER SYSTEM` included.
 */
export const fixedSettings = (socketFolder: string, clusterName: string): Readonly<Record<string, string>> => ({
  listen_addresses: '',
  unix_socket_directories: socketFolder,
  unix_socket_permissions: '0700',
  cluster_name: clusterName,
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  allow_alter_system: 'off',
  // Errors carry what people typed, in the message as well as in DETAIL, so only LOG, FATAL and PANIC are written.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
  log_min_duration_statement: '-1',
})

export const fileSettings: Readonly<Record<string, string>> = {
  max_connections: '120',
  shared_buffers: '128MB',
  jit: 'off',
  // A young cell grows a hundredfold in minutes: its statistics must follow, or plans made for empty tables stay.
  autovacuum_naptime: '5s',
  wal_level: 'replica',
  password_encryption: 'scram-sha-256',
  ssl: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'iso, ymd',
  logging_collector: 'on',
  log_destination: 'stderr',
  log_directory: 'log',
  // One file a weekday, each emptied when its day comes round again: a week is kept.
  log_filename: 'postgres-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_line_prefix: '%m [%p] ',
  log_lock_waits: 'off',
  log_temp_files: '-1',
  log_autovacuum_min_duration: '-1',
}

export const settingsFile = 'tandem.conf'

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

export const settingsText = (settings: Readonly<Record<string, string>>): string =>
  `# Written at each start; changes are lost.\n${Object.entries(settings)
    .map(([name, value]) => `${name} = ${quoted(value)}\n`)
    .join('')}`

export const settingsArguments = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** Passwords for everybody, superuser too; no trust and no peer. The socket is the only way in. */
export const accessRules = '# type database user method\nlocal all all scram-sha-256\n'
