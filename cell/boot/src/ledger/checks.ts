import type { Check, Sequencer } from '@tandem/work'

/** After this long without a checkpoint somebody should look; after the longer time it is bad. */
const LATE_SECONDS = 15
const BAD_SECONDS = 300

/** What the health page says of the logs and their witnesses. */
export function ledgerChecks(ledger: Sequencer, now: number = Date.now()): Check[] {
  return ledger.standing().flatMap((log): Check[] => {
    const { name, waiting, behindSince, halted, trouble, witnesses, timestamps, findings } = log
    const silent = witnesses.filter((witness) => witness.url !== null && witness.trouble !== null)
    const late = behindSince === null ? 0 : Math.round((now - Date.parse(behindSince)) / 1000)
    const sealing = `ledger of ${name}`
    if (halted !== null)
      return [
        {
          name: sealing,
          state: 'bad',
          says: `Nothing is sealed any more: ${halted.says}`,
          remedy:
            'Change nothing. Run "tandem ledger verify" and call the inspector; entries go on being written and wait.',
        },
      ]
    const [finding] = findings
    return [
      ...(finding === undefined
        ? []
        : [
            {
              name: `history of ${name}`,
              state: 'bad' as const,
              says: finding.says,
              remedy:
                'Change nothing and keep the data folder. Call the inspector; "tandem ledger verify" names all of it.',
            },
          ]),
      late < LATE_SECONDS
        ? { name: sealing, state: 'good', says: 'Every entry is in a signed checkpoint, or will be within seconds.' }
        : {
            name: sealing,
            state: late < BAD_SECONDS ? 'warning' : 'bad',
            says: `${waiting} entries wait for ${late} seconds to be sealed${trouble === null ? '.' : `: ${trouble}.`}`,
            remedy: 'Nothing is lost: they are in the database and are sealed as soon as this is over.',
          },
      ...silent.map(
        (witness): Check => ({
          name: `witness ${witness.name} of ${name}`,
          state: 'warning',
          says: `It has not cosigned the newest checkpoint: ${witness.trouble}.`,
          remedy: 'Ask whoever runs that witness. Until it answers, what is newer is witnessed inside this cell alone.',
        }),
      ),
      ...timestamps
        .filter((stamp) => stamp.trouble !== null)
        .map(
          (stamp): Check => ({
            name: `timestamps of ${name}`,
            state: 'warning',
            says: `${stamp.authority} has put no time, or a doubtful one, on the newest checkpoint: ${stamp.trouble} The last one is ${stamp.at === null ? 'not there' : `of ${stamp.at}`}.`,
            remedy:
              'Sealing goes on without it. Look at the clock of this machine and at the roots in cell.json, or ask whoever runs that authority.',
          }),
        ),
    ]
  })
}
