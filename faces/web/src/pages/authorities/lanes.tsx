import { type allAuthorities, giveLane, type ResponseOf } from '@tandem/contract'
import { useMemo, useState } from 'react'
import { useDesk } from '../../app/desk.ts'
import { call } from '../../data/client.ts'
import { client } from '../../data/queries.ts'
import { toast } from '../../data/toasts.ts'
import { authorityName } from '../../text/authority.ts'
import { Safe } from '../../text/safe-text.tsx'
import { utc } from '../../text/time.ts'
import { many } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { SelectField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'

type Register = ResponseOf<typeof allAuthorities>
type Lane = Register['lanes'][number]

/** Each lane reads under one standing authority. When that ends, receipts go on and reading waits. */
export function Lanes({ of }: { of: Register }) {
  const { may } = useDesk()
  const [giving, setGiving] = useState<Lane | null>(null)
  const mayGive = may.has('authority.create')
  const columns = useMemo<readonly Column<Lane>[]>(() => {
    const names = new Map(of.authorities.map((each) => [each.id, `${authorityName(each)} · ${each.kind}`]))
    const operations = new Map(of.authorities.map((each) => [each.operation.id, each.operation.name]))
    const under = (lane: Lane) => names.get(lane.authority) ?? 'an authority not shown to you'
    return [
      { id: 'name', head: 'Lane', value: (lane) => lane.name, cell: (lane) => <Safe text={lane.name} /> },
      {
        id: 'state',
        head: 'State',
        value: (lane) => (lane.inForce ? 'reads' : 'waits'),
        cell: (lane) =>
          lane.inForce ? (
            <span className="tag tag-strong">reads</span>
          ) : (
            <span className="tag tag-alarm">waits for an authority</span>
          ),
      },
      { id: 'under', head: 'Under', value: under, cell: (lane) => <Safe text={under(lane)} />, grows: true },
      { id: 'operation', head: 'Operation', value: (lane) => operations.get(lane.operation) ?? null },
      {
        id: 'give',
        head: 'Step',
        pinned: true,
        value: () => null,
        cell: (lane) =>
          mayGive ? (
            <Button onClick={() => setGiving(lane)} aria-label={`Give an authority to ${lane.name}`}>
              Give an authority
            </Button>
          ) : (
            <span className="none">–</span>
          ),
      },
    ]
  }, [of.authorities, mayGive])
  if (of.lanes.length === 0) return <p className="dim">No lane that you may see.</p>
  return (
    <>
      <DataTable name="Lanes and their authorities" columns={columns} rows={of.lanes} keyOf={(lane) => lane.id} />
      {giving === null ? null : <Give lane={giving} of={of} close={() => setGiving(null)} />}
    </>
  )
}

function Give({ lane, of, close }: { lane: Lane; of: Register; close: () => void }) {
  const fit = of.authorities.filter((each) => each.state === 'in force' && each.operation.id === lane.operation)
  const [authority, setAuthority] = useState(fit[0]?.id ?? '')
  const send = async () => {
    const { waiting } = await call(giveLane, { params: { id: lane.id }, body: { authority } })
    toast({
      kind: 'done',
      says: `${lane.name} works under it now; ${many(waiting, 'delivery', 'deliveries')} that waited are read.`,
    })
    void client.invalidateQueries({
      predicate: (query) => ['authorities', 'deliveries', 'health'].includes(String(query.queryKey[0])),
    })
  }
  return (
    <FormDialog
      title={`Authority of ${lane.name}`}
      says="Everything this lane reads from now on is read under it. Deliveries that waited are read at once."
      submit="Give"
      ready={authority !== ''}
      send={send}
      close={close}
    >
      <SelectField
        label="Authority"
        value={authority}
        change={setAuthority}
        options={fit.map((each) => ({
          value: each.id,
          says: `${authorityName(each)} · ${each.kind} · until ${utc(each.expiresAt)}`,
        }))}
        {...(fit.length === 0
          ? { none: 'none in force for its operation', hint: 'Enter one in the register first.' }
          : {})}
      />
    </FormDialog>
  )
}
