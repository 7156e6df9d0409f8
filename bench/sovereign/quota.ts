import { quotaInMemory } from '@tandem/blind'

/** How many of 200 requests at once a quota lets through: as many as it has, and not one more. */
export async function admitted(): Promise<string[][]> {
  const rows = [['quota', 'asked', 'admitted']]
  for (const questions of [1, 50, 199, 1000]) {
    const store = quotaInMemory({ questions, windowMilliseconds: 86_400_000 })
    const answers = await Promise.all(Array.from({ length: 200 }, () => store.take('A', 1, 0)))
    const through = answers.filter((answer) => answer.admitted).length
    rows.push([String(questions), '200', `${through}${through === Math.min(questions, 200) ? ', exact' : ', WRONG'}`])
  }
  return rows
}
