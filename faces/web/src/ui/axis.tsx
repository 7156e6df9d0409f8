/** Hundredths of log-odds; a bar is full where the band of the weights ends. */
const FULL = 900

export const axisNumber = (hundredths: number): string => (hundredths / 100).toFixed(2).replace('-', '−')

/** The number is the value; the bar lets the eye compare rows. */
export function Axis({ value }: { value: number }) {
  const share = Math.max(0, Math.min(1, value / FULL))
  return (
    <span className="axis">
      <span className="axis-bar" aria-hidden="true">
        <span style={{ transform: `scaleX(${share})` }} />
      </span>
      <span className="axis-number">{axisNumber(value)}</span>
    </span>
  )
}
