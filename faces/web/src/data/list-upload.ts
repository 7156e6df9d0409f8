import { loadList, type ResponseOf } from '@tandem/contract'
import { addressOf, readAnswer } from './client.ts'
import { noAnswer, ProblemError } from './problem.ts'
import { watchSession } from './session.ts'

export type Loaded = ResponseOf<typeof loadList>

/** `fetch` cannot tell how much of a body has left; this older request can. */
export function uploadList(
  list: { name: string; publisher: string; categoryScheme?: string; sixtyFour?: 'sha256' | 'pdq' },
  file: File,
  progress: (share: number) => void,
): { done: Promise<Loaded>; stop: () => void } {
  const request = new XMLHttpRequest()
  const done = new Promise<Loaded>((resolve, reject) => {
    request.open(loadList.method, addressOf(loadList, { query: list }))
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = (event) => progress(event.total === 0 ? 0 : event.loaded / event.total)
    request.onerror = () => reject(new ProblemError(noAnswer))
    request.onabort = () => reject(new ProblemError({ ...noAnswer, message: 'Stopped. Nothing was loaded.' }))
    request.onload = () => {
      try {
        const ok = request.status >= 200 && request.status < 300
        resolve(readAnswer(loadList, ok, request.status, readJson(request.responseText)))
      } catch (error) {
        watchSession(error)
        reject(error)
      }
    }
    request.send(file)
  })
  return { done, stop: () => request.abort() }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
