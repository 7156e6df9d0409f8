import { type ReactNode, useId } from 'react'

interface Common {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly change: (value: string) => void
  readonly required?: boolean
}

function Labelled({
  id,
  label,
  hint,
  children,
}: {
  id: string
  label: string
  hint: string | undefined
  children: ReactNode
}) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

const described = (id: string, hint: string | undefined) =>
  hint === undefined ? {} : { 'aria-describedby': `${id}-hint` }

export function TextField(props: Common & { type?: string; inputMode?: 'numeric'; list?: string }) {
  const id = useId()
  return (
    <Labelled id={id} label={props.label} hint={props.hint}>
      <input
        id={id}
        type={props.type ?? 'text'}
        value={props.value}
        autoComplete="off"
        spellCheck={false}
        required={props.required ?? false}
        {...(props.inputMode === undefined ? {} : { inputMode: props.inputMode })}
        {...described(id, props.hint)}
        onChange={(event) => props.change(event.target.value)}
      />
    </Labelled>
  )
}

export function AreaField(props: Common & { rows?: number }) {
  const id = useId()
  return (
    <Labelled id={id} label={props.label} hint={props.hint}>
      <textarea
        id={id}
        rows={props.rows ?? 3}
        value={props.value}
        required={props.required ?? false}
        minLength={3}
        maxLength={4000}
        {...described(id, props.hint)}
        onChange={(event) => props.change(event.target.value)}
      />
    </Labelled>
  )
}

export function SelectField(props: Common & { options: readonly { value: string; says: string }[]; none?: string }) {
  const id = useId()
  return (
    <Labelled id={id} label={props.label} hint={props.hint}>
      <select
        id={id}
        value={props.value}
        required={props.required ?? false}
        {...described(id, props.hint)}
        onChange={(event) => props.change(event.target.value)}
      >
        {props.none === undefined ? null : <option value="">{props.none}</option>}
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.says}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

export function Choices<V extends string>(props: {
  label: string
  name: string
  value: V
  options: readonly { value: V; says: ReactNode }[]
  change: (value: V) => void
}) {
  return (
    <fieldset className="choices">
      <legend>{props.label}</legend>
      <div className="choices-row">
        {props.options.map((option) => (
          <label key={option.value} className="choice">
            <input
              type="radio"
              name={props.name}
              checked={option.value === props.value}
              onChange={() => props.change(option.value)}
            />
            <span>{option.says}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
