import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { edges, isPure, pureBuiltins, type RoomName, roomNames, rooms } from './rooms.ts'
import { checkout } from './tree.ts'

/**
 * The same law for the linter, so that an editor shows a breach while it is typed. `biome.json` holds what this
 * function says; after a change of the law: `node testkit/test/house/lint.ts`.
 */
export function lintOverrides(exportsOf: (room: RoomName) => readonly string[]): object[] {
  return roomNames
    .filter((room) => rooms[room].imports !== 'anything')
    .map((room) => {
      const imports: readonly string[] = rooms[room].imports === 'anything' ? [] : rooms[room].imports
      const allowed = roomNames.filter((name) => imports.includes(name))
      const house = {
        group: ['@tandem/**', ...allowed.flatMap((name) => exportsOf(name).map((entry) => `!@tandem/${name}${entry}`))],
        message: `${room} may import ${allowed.length === 0 ? 'no other room' : `only ${allowed.join(', ')}`}, and what they export.`,
      }
      const outside = {
        group: ['node:*', 'node:*/**', ...pureBuiltins.map((name) => `!${name}`)],
        message: `${room} is pure: no disk, no network, no process.`,
      }
      return {
        includes: [`${rooms[room].folder}/**`, '!**/*.test.ts', '!**/*.test.tsx', '!**/test/**', ...edgesOf(room)],
        linter: {
          rules: {
            style: {
              noRestrictedImports: {
                level: 'error',
                options: { patterns: isPure(room) ? [house, outside] : [house] },
              },
            },
          },
        },
      }
    })
}

const edgesOf = (room: RoomName): string[] =>
  edges.filter((edge) => edge.startsWith(`${rooms[room].folder}/`)).map((edge) => `!${edge}/**`)

/** `` for the package itself, `/engine` for a further entry. Rooms that are not built yet export themselves. */
export function exportsOf(room: RoomName): string[] {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(checkout, rooms[room].folder, 'package.json'), 'utf8'))
    if (typeof manifest !== 'object' || manifest === null || !('exports' in manifest)) return ['']
    return Object.keys(manifest.exports ?? {})
      .filter((entry) => entry !== './package.json')
      .map((entry) => entry.slice(1))
  } catch {
    return ['']
  }
}

if (import.meta.main) {
  const path = join(checkout, 'biome.json')
  const settings: object = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, `${JSON.stringify({ ...settings, overrides: lintOverrides(exportsOf) }, null, 2)}\n`)
}
