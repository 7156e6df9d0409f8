import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inflate } from '@sparticuz/chromium'

/**
 * Unpacks the packaged Chromium, its libraries and its fonts into the folder of temporary files that this process was
 * given. A process of its own, because the package knows no other way to be told where.
 */
const packed = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')))

mkdirSync(process.env['TMPDIR'] ?? '', { recursive: true, mode: 0o700 })
await Promise.all(['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((name) => inflate(join(packed, name))))
