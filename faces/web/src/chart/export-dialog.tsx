import { useState } from 'react'
import { saveFile } from '../data/save-file.ts'
import { Safe } from '../text/safe-text.tsx'
import { many } from '../text/words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { WholeHash } from '../ui/place.tsx'
import type { Content } from './export/content.ts'
import { chartCsv } from './export/csv.ts'
import { digestOf, fileName } from './export/digest.ts'
import { chartGraphml } from './export/graphml.ts'
import { chartSvg } from './export/svg.ts'
import type { Look } from './view/look.ts'

interface Props {
  readonly content: Content
  readonly look: Look
  readonly close: () => void
}

interface Saved {
  readonly name: string
  readonly digest: string | null
}

/** What is shown leaves as a file with its marking; its digest is told here, to be noted where files are accounted for. */
export function ExportDialog({ content, look, close }: Props) {
  const [saved, setSaved] = useState<readonly Saved[]>([])
  const save = async (extension: string, text: string) => {
    const digest = await digestOf(text)
    const name = fileName(extension, digest, new Date())
    saveFile(name, text)
    setSaved((before) => [...before, { name, digest }])
  }
  return (
    <Dialog
      title="Export the chart"
      says="Exactly what is shown now. Each file carries the marking; its name holds no selector."
      close={close}
    >
      <p>
        <strong>
          <Safe text={content.marking} />
        </strong>
      </p>
      <p>
        {many(content.nodes.length, 'node')}, {many(content.edges.length, 'link')}
        {content.leftOut.length === 0 ? '.' : `. Left out: ${content.leftOut.join('; ')}.`}
      </p>
      <div className="chart-exports">
        <Button look="strong" onClick={() => void save('svg', chartSvg(content, look))}>
          SVG picture
        </Button>
        <Button onClick={() => void save('csv', chartCsv(content))}>CSV table</Button>
        <Button onClick={() => void save('graphml', chartGraphml(content))}>GraphML</Button>
      </div>
      <ul className="plain-list chart-saved" aria-live="polite">
        {saved.map(({ name, digest }) => (
          <li key={`${name} ${digest}`}>
            {name}
            <br />
            {digest === null ? (
              'SHA-256: not to be had here. The browser computes digests only on a page served over TLS.'
            ) : (
              <>
                SHA-256 <WholeHash value={digest} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
