import { problem, type Route, routes } from '@tandem/contract'
import { errorCatalogue } from '@tandem/core'
import { z } from 'zod'

type Node = { readonly [key: string]: unknown }

/** The OpenAPI 3.1 document, made from the contract alone. */
export function describe(): Node {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const contract of Object.values(routes)) {
    const path = contract.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation(contract) }
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Tandem', version: '1', summary: 'The interface of a joint operations cell' },
    paths,
    components: {
      schemas: { Problem: shape(problem, 'output') },
      responses: { Problem: { description: 'Refused, with a code of the catalogue', content: json(reference) } },
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token of a session; browsers send it as cookie' },
        sender: { type: 'http', scheme: 'bearer', description: 'The API key of a sender' },
      },
    },
  }
}

const reference = { $ref: '#/components/schemas/Problem' }
const json = (schema: unknown): Node => ({ 'application/json': { schema } })

function shape(schema: z.ZodType, io: 'input' | 'output'): Node {
  const { $schema: _dialect, ...node } = z.toJSONSchema(schema, { target: 'draft-2020-12', io })
  return node
}

function operation(contract: Route): Node {
  const isFeed = contract.name === routes.events.name
  const answer = shape(contract.response, 'output')
  const body = contract.body === undefined ? {} : { requestBody: { required: true, content: bodyOf(contract.body) } }
  return {
    operationId: contract.name,
    summary: contract.summary,
    security: contract.access === 'public' ? [] : [{ [contract.access]: [] }],
    parameters: [
      ...parametersOf(contract.params, 'path'),
      ...parametersOf(contract.query, 'query'),
      ...(contract.access === 'sender' ? senderHeaders : []),
    ],
    ...body,
    responses: {
      200: {
        description: 'Done',
        content: isFeed ? { 'text/event-stream': { schema: answer } } : json(answer),
      },
      ...(contract.name === routes.alive.name ? { 503: { description: 'No database', content: json(answer) } } : {}),
      ...Object.fromEntries(refusalsOf(contract).map((status) => [status, { $ref: '#/components/responses/Problem' }])),
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function bodyOf(body: z.ZodType | 'stream'): Node {
  if (body === 'stream') return { 'application/octet-stream': { schema: {} } }
  return json(shape(body, 'input'))
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Node[] {
  if (schema === undefined) return []
  const { properties = {}, required } = shape(schema, 'input')
  const needed: readonly unknown[] = Array.isArray(required) ? required : []
  return Object.entries(properties ?? {}).map(([name, each]) => ({
    name,
    in: place,
    required: place === 'path' || needed.includes(name),
    schema: each,
  }))
}

const senderHeaders: readonly Node[] = [
  { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', minLength: 8, maxLength: 200 } },
  {
    name: 'Delivery-Name',
    in: 'header',
    required: false,
    description: 'Name of the file, percent-encoded UTF-8',
    schema: { type: 'string' },
  },
]

function refusalsOf(contract: Route): number[] {
  const all = Object.values(errorCatalogue).map((each) => each.status)
  if (contract.access === 'public') return [429, 500]
  return [...new Set(all)].sort((a, b) => a - b)
}
