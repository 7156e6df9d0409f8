import type { Client, Connection, Submittable } from 'pg'
import type { CataloguedQuery } from '../src/catalogue.ts'

export interface Description {
  /** Type ids in order. */
  readonly parameters: readonly number[]
  readonly columns: readonly { name: string; typeId: number; tableId: number; columnId: number }[]
}

interface ParameterDescription {
  readonly dataTypeIDs: readonly number[]
}
interface RowDescription {
  readonly fields: readonly { name: string; dataTypeID: number; tableID: number; columnID: number }[]
}

/** Parse and Describe of the extended protocol: the server checks the query against the schema without running it. */
export function describe(client: Client, query: CataloguedQuery): Promise<Description> {
  return new Promise((resolve, reject) => {
    client.query(new DescribeStatement(query, resolve, reject))
  })
}

class DescribeStatement implements Submittable {
  readonly #query: CataloguedQuery
  readonly #resolve: (description: Description) => void
  readonly #reject: (error: Error) => void
  #parameters: readonly number[] = []
  #columns: Description['columns'] = []
  #failure: Error | null = null

  constructor(query: CataloguedQuery, resolve: (description: Description) => void, reject: (error: Error) => void) {
    this.#query = query
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    connection.once('parameterDescription', (message: ParameterDescription) => {
      this.#parameters = [...message.dataTypeIDs]
    })
    connection.parse({ name: '', text: this.#query.text, types: [] }, true)
    connection.describe({ type: 'S', name: '' }, true)
    connection.sync()
  }

  handleRowDescription(message: RowDescription): void {
    this.#columns = message.fields.map((field) => ({
      name: field.name,
      typeId: field.dataTypeID,
      tableId: field.tableID,
      columnId: field.columnID,
    }))
  }

  handleError(error: Error): void {
    this.#failure = new Error(`${this.#query.name}: ${error.message}`)
    this.#reject(this.#failure)
  }

  handleReadyForQuery(): void {
    if (this.#failure === null) this.#resolve({ parameters: this.#parameters, columns: this.#columns })
  }
}
