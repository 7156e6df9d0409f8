import { useId } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'

export interface EventSaid {
  readonly key: number
  readonly name: string
  readonly latitude: string
  readonly longitude: string
  readonly from: string
  readonly until: string
}

export const newEvent = (key: number): EventSaid => ({
  key,
  name: '',
  latitude: '',
  longitude: '',
  from: '',
  until: '',
})

const instantOf = (local: string): string => {
  const date = new Date(local)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

/** What is sent; null while something is missing. */
export function eventOf({ name, latitude, longitude, from, until }: EventSaid) {
  const [north, east] = [Number(latitude), Number(longitude)]
  const [begins, ends] = [instantOf(from), instantOf(until)]
  const isPlace = latitude.trim() !== '' && longitude.trim() !== '' && Math.abs(north) <= 90 && Math.abs(east) <= 180
  if (name.trim().length < 2 || !isPlace || begins === '' || ends === '' || begins >= ends) return null
  return { name, latitude: north, longitude: east, from: begins, to: ends }
}

/** Planned events, each a place and a while. */
export function Events({ said, change }: { said: readonly EventSaid[]; change: (said: readonly EventSaid[]) => void }) {
  const id = useId()
  const say = (key: number, field: keyof EventSaid) => (value: string) =>
    change(said.map((each) => (each.key === key ? { ...each, [field]: value } : each)))
  return (
    <>
      {said.map((each, at) => (
        <fieldset key={each.key} className="event-fields" aria-labelledby={`${id}-${each.key}`}>
          <legend id={`${id}-${each.key}`}>Event {at + 1}</legend>
          <TextField label="Name of the event" value={each.name} change={say(each.key, 'name')} required />
          <div className="field-pair">
            <TextField label="Latitude" value={each.latitude} change={say(each.key, 'latitude')} required />
            <TextField label="Longitude" value={each.longitude} change={say(each.key, 'longitude')} required />
            <TextField label="Begins" type="datetime-local" value={each.from} change={say(each.key, 'from')} required />
            <TextField label="Ends" type="datetime-local" value={each.until} change={say(each.key, 'until')} required />
          </div>
          <Button onClick={() => change(said.filter(({ key }) => key !== each.key))}>Remove event {at + 1}</Button>
        </fieldset>
      ))}
      <Button onClick={() => change([...said, newEvent(Math.max(0, ...said.map(({ key }) => key)) + 1)])}>
        Add a place and time
      </Button>
    </>
  )
}
