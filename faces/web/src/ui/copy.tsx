import { toast } from '../data/toasts.ts'
import { type TsvValue, toTsv } from '../text/tsv.ts'
import { Button } from './button.tsx'

export async function copyRows(head: readonly string[], rows: readonly (readonly TsvValue[])[]): Promise<void> {
  try {
    await navigator.clipboard.writeText(toTsv(head, rows))
    toast({ kind: 'done', says: `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} copied as a table.` })
  } catch {
    toast({
      kind: 'problem',
      says: 'The browser did not allow copying. Allow the clipboard for this site and try again.',
    })
  }
}

interface CopyProps {
  readonly name: string
  readonly head: readonly string[]
  readonly rows: () => readonly (readonly TsvValue[])[]
}

export function CopyButton({ name, head, rows }: CopyProps) {
  return (
    <Button look="quiet" onClick={() => void copyRows(head, rows())} aria-label={`Copy as TSV: ${name}`}>
      Copy as TSV
    </Button>
  )
}
