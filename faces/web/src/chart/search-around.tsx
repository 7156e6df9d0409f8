import { useState } from 'react'
import { revealed } from '../text/safe.ts'
import { Choices, SelectField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { type EdgeKind, edgeKinds, type SearchAround, type ShownNode } from './model/types.ts'
import { kindName } from './model/words.ts'

const limits = ['10', '25', '50', '100', '200'] as const

interface Props {
  readonly node: ShownNode
  readonly send: (ask: SearchAround) => Promise<unknown>
  readonly close: () => void
}

/** What is linked to a node and not shown yet: by kind of link, direction, and how many at most. */
export function SearchAroundDialog({ node, send, close }: Props) {
  const [kinds, setKinds] = useState<readonly EdgeKind[]>([])
  const [limit, setLimit] = useState('25')
  const [direction, setDirection] = useState<SearchAround['direction']>('both')
  const switchKind = (kind: EdgeKind) =>
    setKinds((before) => (before.includes(kind) ? before.filter((each) => each !== kind) : [...before, kind]))
  return (
    <FormDialog
      title="Search around"
      says={`${revealed(node.label)}: ${node.hidden} neighbours are not shown. The search is recorded under your authority and purpose.`}
      submit="Search"
      ready
      send={() => send({ kinds: edgeKinds.filter((kind) => kinds.includes(kind)), limit: Number(limit), direction })}
      close={close}
    >
      <fieldset className="choices">
        <legend>Kinds of link (none chosen: every kind)</legend>
        <div className="choices-row">
          {edgeKinds.map((kind) => (
            <label key={kind} className="choice">
              <input type="checkbox" checked={kinds.includes(kind)} onChange={() => switchKind(kind)} />
              <span>{kindName(kind)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Choices
        label="Direction"
        name="chart-direction"
        value={direction}
        options={[
          { value: 'both', says: 'Both' },
          { value: 'out', says: 'Out of it' },
          { value: 'in', says: 'Into it' },
        ]}
        change={setDirection}
      />
      <SelectField
        label="At most"
        value={limit}
        change={setLimit}
        options={limits.map((value) => ({ value, says: `${value} nodes` }))}
      />
    </FormDialog>
  )
}
