import type { Json } from '@tandem/core'
import { replaceSlot, runAsOwner } from '@tandem/store'
import { Secret } from '@tandem/vault'
import { lanesOf } from '@tandem/work'
import { breakGlass } from './control-break-glass.ts'
import type { KeyAnswer, KeyQuestion } from './control-messages.ts'
import { withAdmin } from './database.ts'
import { databaseOf } from './database-of.ts'
import type { DataFolder } from './folders.ts'
import type { AgencyHolder } from './keys/agency-holder.ts'
import { sharesOf } from './keys/cell-keys.ts'
import { keyCopies } from './keys/copies.ts'
import type { OpenCell } from './open-cell.ts'

const refused = (says: string): KeyAnswer => ({ answer: 'refused', says })

/** What is done with keys is done on this machine, by whoever may enter the data folder, and stands in the agency's ledger. */
export async function answerAboutKeys(open: OpenCell, folder: DataFolder, question: KeyQuestion): Promise<KeyAnswer> {
  if (question.ask === 'states') return { answer: 'states', states: open.keys.states(), copies: keyCopies(folder) }
  if (question.ask === 'break-glass') return breakGlass(open, question)
  const found = open.keys.holder(question.agency)
  if (!found.ok) return refused(found.error)
  const holder = found.value
  if (question.ask === 'share') return takeShare(open, holder, question.share)
  if (question.ask === 'seal') return seal(open, holder)
  if (question.ask === 'rotate') return rotate(open, holder, question)
  return newShares(open, holder, question)
}

async function takeShare(open: OpenCell, holder: AgencyHolder, share: string): Promise<KeyAnswer> {
  const before = holder.state().given
  const given = await holder.give(share)
  if (!given.ok) return refused(given.error)
  const { officer, missing, opened, adopted } = given.value
  if (opened) {
    try {
      await recordByLane(open, holder, 'keys.unseal', { officers: [...before, officer], newShares: adopted })
    } catch (error) {
      // Not recorded means not done.
      holder.held.seal()
      throw error
    }
    open.worker.nudge()
  }
  return { answer: 'share', officer, missing, opened, adopted }
}

async function seal(open: OpenCell, holder: AgencyHolder): Promise<KeyAnswer> {
  await recordByLane(open, holder, 'keys.seal', {})
  const sealed = holder.seal()
  if (!sealed.ok) return refused(sealed.error)
  return { answer: 'sealed', agency: holder.name }
}

async function rotate(
  open: OpenCell,
  holder: AgencyHolder,
  { operations, shares }: Extract<KeyQuestion, { ask: 'rotate' }>,
): Promise<KeyAnswer> {
  const root = await holder.rootFrom(shares)
  if (!root.ok) return refused(root.error)
  await recordByLane(open, holder, 'keys.rotate', { operations })
  const rotated = await holder.rotate(root.value)
  if (!rotated.ok) return refused(rotated.error)
  const rewrapped = operations ? await rotateOperations(open, holder) : 0
  return { answer: 'rotated', agency: holder.name, rotation: rotated.value, rewrapped }
}

/** Every key of every operation: the records' keys are wrapped anew, in the database; what they sealed stays as it is. */
async function rotateOperations(open: OpenCell, holder: AgencyHolder): Promise<number> {
  const { held } = holder
  return withAdmin(open.engine.connection, databaseOf(open), async (admin) => {
    const { rows } = await admin.query<{ operation: string; slot: number }>(
      'SELECT operation_id AS operation, slot FROM tandem.key_slot WHERE agency_id = $1 ORDER BY operation_id, slot',
      [held.agency],
    )
    let rewrapped = 0
    for (const { operation, slot } of rows) {
      await held.replacing.enter()
      let begun = false
      try {
        await admin.query('BEGIN')
        const replaced = await replaceSlot(held, runAsOwner(admin), operation, slot, [])
        begun = replaced !== null
        await admin.query('COMMIT')
        if (begun) held.replacing.end(operation, slot, 'next')
        rewrapped += replaced?.rewrapped ?? 0
      } catch (error) {
        // A commit whose answer was lost is settled at the next start, by what the database says.
        await admin.query('ROLLBACK').catch(() => {})
        throw error
      } finally {
        held.replacing.leave()
      }
    }
    return rewrapped
  })
}

async function newShares(
  open: OpenCell,
  holder: AgencyHolder,
  { threshold, officers, shares, module }: Extract<KeyQuestion, { ask: 'new shares' }>,
): Promise<KeyAnswer> {
  const agreed = await holder.proveRoot(shares)
  if (!agreed.ok) return refused(agreed.error)
  const named = module === undefined ? null : { ...module, pin: Secret.of(Buffer.from(module.pin)) }
  const made = await holder.newShares(threshold, officers, open.keys.recipientsBeside(holder), named)
  named?.pin.giveUp()
  if (!made.ok) return refused(made.error)
  const where = module === undefined ? {} : { module: module.token }
  await recordByLane(open, holder, 'keys.newShares', { threshold, officers: [...officers], ...where })
  return { answer: 'shares', agency: holder.name, threshold, shares: sharesOf(holder.name, made.value) }
}

/** By the agency's own command lane: on this machine nobody is signed in. */
export async function recordByLane(
  open: OpenCell,
  holder: AgencyHolder,
  verb: string,
  object: { readonly [field: string]: Json },
): Promise<void> {
  const lane = (await lanesOf(open.cell)).find(({ kind, agency }) => kind === 'command' && agency === holder.name)
  if (lane === undefined) throw new Error(`no command lane of ${holder.name}`)
  await open.cell.store.within(
    { kind: 'lane', lane: lane.lane },
    async (tx) => tx.record(verb, { ...object, agency: holder.held.agency }),
    { reach: 'frame' },
  )
}
