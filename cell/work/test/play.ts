import { readFileSync } from 'node:fs'
import { firstLight, type Manifest, type OperationTruth, type ReferralTruth, type TestAgency } from '@tandem/testkit'
import { type Desk, deskOf, type Shown, type TestWork } from './support.ts'

/** One referral as the desk shows it beside what is true of it. */
export interface Met {
  readonly truth: ReferralTruth
  readonly shown: Shown
}

export interface Played {
  readonly agency: TestAgency
  readonly desk: Desk
  readonly delivery: string
  readonly referrals: readonly ReferralTruth[]
  readonly account: { records: number; accepted: number; remarked: number; setAside: number }
  readonly repeat: boolean
}

const parse = <T>(name: string): T => JSON.parse(readFileSync(`${firstLight.folder}/${name}`, 'utf8'))
export const manifest: Manifest = parse('manifest.json')
export const operationTruth: OperationTruth = parse('truth.json')
export const exampleFile = (name: string): Uint8Array => readFileSync(`${firstLight.folder}/${name}`)

/** The example operation as the training cell plays it: lists first, then the deliveries in their order. */
export async function playOperationHere(work: TestWork): Promise<Played[]> {
  const agencies = { A: work.founded.national, B: work.founded.signals }
  for (const list of manifest.lists) {
    for (const name of list.agencies) {
      const desk = await deskOf(work, agencies[name].dutyManager)
      await desk.loadList(list.name, list.publisher, exampleFile(list.file))
    }
  }
  const played: Played[] = []
  for (const { agency: name, sender, file, repeatOf } of manifest.deliveries) {
    const agency = agencies[name]
    const truth = operationTruth.files.find((each) => each.file === file)
    if (truth === undefined) throw new Error(`no truth of ${file}`)
    const receipt = await work.deliver(agency, exampleFile(file), { name: file, sender })
    played.push({
      agency,
      desk: await deskOf(work, agency.triageAnalyst),
      delivery: receipt.delivery,
      referrals: truth.referrals,
      account: truth.account,
      repeat: repeatOf !== null,
    })
  }
  return played
}

/** The referrals of a delivery in the order of its file, each beside its truth. */
export async function meet({ desk, delivery, referrals }: Played): Promise<Met[]> {
  const told = referrals.filter(({ outcome }) => outcome !== 'set-aside')
  const { referrals: stored } = await desk.delivery(delivery)
  const met: Met[] = []
  for (const [index, truth] of told.entries()) {
    const at = stored[index]
    if (at !== undefined) met.push({ truth, shown: await desk.show(at.id) })
  }
  return met
}
