import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  addCheckpoint,
  Log,
  openNote,
  type VerifierKey,
  type WitnessAnswer,
  type WitnessedLog,
  writeWitnessRequest,
} from '../src/index.ts'
import { logSigners, witnessSigners } from './keys.ts'

const origin = 'log.example/agency-a'
const signers = logSigners(origin, 1)
const witness = witnessSigners('agency-b.example/witness', 2)
const time = 1_700_000_000

/** A witness with its memory, as whoever runs one must keep it. */
class Desk {
  latest: WitnessedLog['latest'] = null
  ask(body: string): WitnessAnswer {
    const keys: VerifierKey[] = signers.map(({ key }) => key)
    const answer = addCheckpoint(
      body,
      (name) => (name === origin ? { keys, latest: this.latest } : null),
      witness,
      time,
    )
    if (answer.latest !== null) this.latest = answer.latest
    return answer
  }
}

function logOf(size: number, word = 'entry'): Log {
  const log = new Log(origin)
  for (let at = 0; at < size; at++) log.append(Buffer.from(`${word} ${at}`))
  return log
}

const request = (log: Log, oldSize: number, from: number = oldSize): string =>
  writeWitnessRequest(oldSize, log.proveConsistency(from), log.checkpoint(signers, time))

describe('a witness', () => {
  test('cosigns what has only grown; log and cosignatures together are a note that opens', () => {
    const desk = new Desk()
    for (const [old, size] of [
      [0, 0],
      [0, 3],
      [3, 3],
      [3, 10],
      [10, 1000],
    ] as const) {
      const log = logOf(size)
      const body = writeWitnessRequest(old, log.proveConsistency(old), log.checkpoint(signers, time))
      const answer = desk.ask(body)
      assert.equal(answer.status, 200, answer.body)
      const note = log.checkpoint(signers, time) + answer.body
      const opened = openNote(
        note,
        [...signers, ...witness].map(({ key }) => key),
      )
      assert.ok(opened.ok)
      assert.equal(opened.value.signedBy.length, 4)
      assert.equal(opened.value.signedBy[3]?.time, time)
    }
  })

  test('answers every wrong request with its own number, and remembers nothing of it', () => {
    const desk = new Desk()
    assert.equal(desk.ask(request(logOf(8), 0)).status, 200)
    const before = desk.latest
    const log = logOf(12)
    const good = request(log, 8)
    const other = new Log('log.example/other')
    const wrong: readonly (readonly [number, string, RegExp | null])[] = [
      [400, 'nothing', null],
      [400, good.replace('old 8', 'old 08'), null],
      [400, good.replace('old 8', 'size 8'), null],
      [400, good.replace('\n\n', '\n'), null],
      [400, `old 8\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}\n${log.checkpoint(signers, time)}`, null],
      [404, writeWitnessRequest(8, [], other.checkpoint(logSigners('log.example/other', 1), time)), null],
      [403, writeWitnessRequest(8, log.proveConsistency(8), log.checkpoint(logSigners(origin, 9), time)), null],
      [403, good.replace('\n12\n', '\n13\n'), null],
      [400, writeWitnessRequest(13, [], log.checkpoint(signers, time)), null],
      [400, writeWitnessRequest(8, [], logOf(5).checkpoint(signers, time)), /rollback/],
      [409, request(log, 0), null],
      [409, request(log, 7), null],
      [409, request(logOf(5), 3), /rollback/],
      [422, request(log, 8, 7), /fork/],
      [422, request(logOf(12, 'another entry'), 8), /fork/],
      [422, request(logOf(8, 'another entry'), 8), /fork/],
      [422, writeWitnessRequest(8, [], log.checkpoint(signers, time)), /fork/],
    ]
    for (const [status, body, alarm] of wrong) {
      const answer = desk.ask(body)
      assert.equal(answer.status, status, body.slice(0, 60))
      assert.equal(answer.latest, null)
      if (alarm === null) assert.equal(answer.alarm, null)
      else assert.match(answer.alarm ?? '', alarm)
      if (status === 409) assert.deepEqual([answer.body, answer.contentType], ['8\n', 'text/x.tlog.size'])
    }
    assert.equal(desk.latest, before)
    const fresh = new Desk()
    assert.equal(fresh.ask(writeWitnessRequest(0, log.proveConsistency(8), log.checkpoint(signers, time))).status, 422)
    const empty = logOf(0)
      .checkpointText()
      .replace(/\n0\n.*\n/, `\n0\n${Buffer.alloc(32).toString('base64')}\n`)
    const lines = signers.map((signer) => signer.sign(empty, time))
    const note = `${empty}\n${lines.map(({ name, id, bytes }) => `\u2014 ${name} ${Buffer.concat([Buffer.from(id, 'hex'), bytes]).toString('base64')}\n`).join('')}`
    assert.equal(fresh.ask(writeWitnessRequest(0, [], note)).status, 422)
    assert.equal(desk.ask(good).status, 200)
  })
})
