import type { show as route } from '@tandem/contract'
import type { Handler } from '../../handler.ts'
import { subjectLabel } from '../../linkage/naming.ts'
import { mustBeAllowed } from '../../policies/may.ts'
import { presentCompleteness } from '../../presenters/completeness.ts'
import { presentDecisions } from '../../presenters/decisions.ts'
import { presentDisagreements } from '../../presenters/disagreements.ts'
import { presentHit } from '../../presenters/hits.ts'
import { presentLeads } from '../../presenters/leads.ts'
import { presentLot } from '../../presenters/lot.ts'
import { presentMentions } from '../../presenters/mentions.ts'
import { namesOfPeople } from '../../presenters/people.ts'
import { presentProposal, recordOf } from '../../presenters/proposal.ts'
import { presentQueueItem } from '../../presenters/queue-item.ts'
import { presentRecord } from '../../presenters/record.ts'
import { presentRelated } from '../../presenters/related.ts'
import { presentScore } from '../../presenters/score.ts'
import { openText } from '../../sealed.ts'
import { openRecord } from '../../sealed-record.ts'
import { parsePriority } from './decide.ts'

export const show: Handler<typeof route> = (cell, caller, { params }) =>
  cell.store.within(caller.credential, async (tx) => {
    mustBeAllowed(tx.standing.role, 'referral.read')
    const id = { referral_id: params.id }
    const [
      item,
      referral,
      names,
      score,
      [seen],
      mentions,
      hits,
      notes,
      tracks,
      proposals,
      decisions,
      relations,
      folded,
      subjects,
      disagreements,
      draw,
    ] = await Promise.all([
      tx.one('queue/one', id),
      tx.one('referral/show', id),
      namesOfPeople(tx),
      tx.one('score/latest', id),
      tx.run('read/last', id),
      presentMentions(tx, params.id),
      tx.run('hit/of_referral', id),
      tx.run('note/of_referral', id),
      tx.run('safeguarding/of_referral', id),
      tx.run('proposal/pending', id),
      tx.run('decision/of_referral', id),
      tx.run('relation/of_referral', id),
      tx.run('item/folded_into', id),
      tx.run('subject/of_referral', id),
      tx.run('disagreement/of_referral', id),
      tx.one('slice/of_referral', id),
      tx.vault.unlock([params.id]),
    ])
    const record = openRecord(tx, params.id, referral.record_sealed)
    const isSeen = seen === undefined || seen.score_number === score.number
    const [before] = await Promise.all([
      isSeen ? [] : tx.run('score/numbered', { ...id, number: seen.score_number }),
      tx.run('read/mark', {
        operation_id: referral.operation_id,
        person_id: tx.standing.person,
        referral_id: params.id,
        version: item.version,
        score_number: score.number,
      }),
      tx.vault.unlock(proposals.map(recordOf)),
    ])
    tx.record('referral.read', { referral: params.id, version: item.version })
    return {
      item: presentQueueItem(item),
      lot: presentLot(tx, params.id, draw),
      delivery: {
        id: referral.delivery_id,
        lane: referral.lane,
        receivedAt: referral.received_at,
        originalSha256: referral.original_sha256.toString('hex'),
        originalLength: referral.original_length,
        stripped: Array.isArray(referral.stripped) ? referral.stripped.length : 0,
        place: referral.place,
      },
      sender: { name: referral.sender, ...record.sender },
      authority: { act: referral.act, section: referral.section },
      ...presentRecord(record, cell.ipContext),
      ...presentLeads(record),
      completeness: presentCompleteness(record, item.number, referral.received_at),
      subjects: subjects.map((row) => ({
        person: row.place,
        appearance: row.appearance_id,
        id: row.subject_id,
        label: subjectLabel(row.number, row.person),
        version: row.version,
        appearances: row.appearances,
        priority: parsePriority(row.priority),
      })),
      mentions,
      hits: hits.map(presentHit),
      score: presentScore(score, before[0]),
      related: presentRelated(params.id, relations, folded),
      notes: notes.map((note) => ({
        id: note.note_id,
        text: openText(tx, params.id, 'note', 'text_sealed', note.note_id, note.text_sealed),
        by: names(note.written_by),
        at: note.written_at,
      })),
      safeguarding: tracks.map((track) => ({
        id: track.safeguarding_id,
        need: openText(tx, params.id, 'safeguarding', 'need_sealed', track.safeguarding_id, track.need_sealed),
        by: names(track.referred_by),
        at: track.referred_at,
        dueAt: track.due_at,
        acknowledgedAt: track.acknowledged_at,
        acknowledgedBy: track.acknowledged_by === null ? null : names(track.acknowledged_by),
        outcome:
          track.outcome_sealed === null
            ? null
            : openText(tx, params.id, 'safeguarding', 'outcome_sealed', track.safeguarding_id, track.outcome_sealed),
        closedAt: track.closed_at,
      })),
      proposals: proposals.map((proposal) => presentProposal(tx, proposal, names)),
      decisions: presentDecisions(tx, decisions, names),
      disagreements: presentDisagreements(tx, params.id, disagreements, names),
    }
  })
