import { useStanding } from './desk.ts'

/** What kind of cell this is and how its content is marked: always in sight, on every print and screenshot. */
export function Banner() {
  const { cell } = useStanding()
  const training = cell.mode === 'training'
  return (
    <aside className={training ? 'banner banner-training' : 'banner'} aria-label="Marking">
      <span className="banner-mode">{training ? 'TRAINING CELL · invented data' : cell.name}</span>
      <strong>{training ? 'OFFICIAL-SENSITIVE (EXAMPLE)' : 'OFFICIAL-SENSITIVE'}</strong>
      <span className="banner-end">{training ? cell.name : 'LIVE CELL'}</span>
    </aside>
  )
}
