const known: { readonly [code: string]: string } = {
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ENOENT: 'it is gone',
  ENOTDIR: 'it is gone',
  ELOOP: 'it has become a link',
  ENAMETOOLONG: 'its path is too long',
  EIO: 'the medium failed',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENXIO: 'it is a socket or a device',
  EISDIR: 'it has become a folder',
  EBUSY: 'it is in use',
}

/** A line for a person; the system's own code stays beside it. */
export function errorWords(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  if (code === null) return error.message
  const words = known[code]
  return words === undefined ? `${error.message}` : `${words} (${code})`
}
