import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { picture, tandem, temporaryFolder } from './tandem.ts'

/** Invented people, three records each, with slips. */
function people(): string {
  const given = ['anna', 'bruno', 'carla', 'dmitri', 'elena', 'farid', 'greta', 'hugo', 'irina', 'jonas']
  const family = ['test', 'probe', 'muster', 'ejemplo', 'esempio', 'primer', 'sample', 'voorbeeld', 'exemple', 'vzor']
  const rows = given.flatMap((first, one) =>
    family.flatMap((last, other) => {
      const number = one * 10 + other
      const two = (part: number): string => String(part).padStart(2, '0')
      const born = `19${two(40 + ((number * 37) % 60))}-${two(1 + ((number * 7) % 12))}-${two(1 + ((number * 11) % 28))}`
      const mail = `${first}.${last}@mail.example`
      const whose = `${one}-${other}`
      return [
        [first, last, born, mail, whose],
        [first, `${last}s`, born, mail, whose],
        [first, last, '', mail, whose],
      ]
    }),
  )
  return [['first_name', 'surname', 'dob', 'contact', 'whose'], ...rows].map((row) => row.join(',')).join('\n')
}

test('link tells how it took each column, who is who with evidence that adds up, and how well that fits the truth', async (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'people.csv')
  writeFileSync(path, people())
  const { code, lines } = await tandem(['link', path, '--truth', 'whose', '--json'])
  assert.equal(code, 0)
  const told = lines.map((line) => JSON.parse(line))
  const { summary } = told.at(-1)
  assert.equal(summary.records, 300)
  assert.ok(summary.score.pairs.precision >= 0.97, `${summary.score.pairs.precision}`)
  assert.ok(summary.score.pairs.recall >= 0.9, `${summary.score.pairs.recall}`)
  for (const { links } of told.slice(0, -1)) {
    for (const { prior, evidence, weight } of links) {
      const sum = evidence.reduce((total: number, each: { weight: number }) => total + each.weight, prior)
      assert.ok(Math.abs(sum - weight) < 1e-9)
      assert.ok(
        evidence.every(({ field }: { field: string }) => field !== 'whose'),
        'the truth is never looked at',
      )
    }
  }
  const shown = await tandem(['link', path, '--truth', 'whose', '--most', '1'])
  assert.match(shown.lines.join('\n'), /contact\s+email\s+its values look like mail addresses/)
  assert.match(shown.lines.join('\n'), /whose\s+the truth, not looked at/)
  assert.match(shown.lines.join('\n'), /before anything is compared/)
})

test('link says what is wrong in one line', async (t) => {
  const folder = temporaryFolder(t)
  const path = join(folder, 'x.csv')
  writeFileSync(path, 'a,b\n1,2\n')
  for (const [args, says] of [
    [['link'], /Name one file/],
    [['link', join(folder, 'none.csv')], /is not there/],
    [['link', path, '--truth', 'c'], /No column is called c/],
    [['link', path, '--column', 'a=shoe'], /no kind shoe/],
    [['link', path, '--column', 'a=none', '--column', 'b=none'], /No column says who/],
  ] as const) {
    const { code, says: told } = await tandem([...args])
    assert.equal(code, 2)
    assert.match(told, says)
  }
  assert.equal((await tandem(['link', path, '--most', 'all'])).code, 2)
  writeFileSync(path, picture())
  assert.match((await tandem(['link', path])).says, /refused: .*picture/)
  writeFileSync(path, 'name,dob\n')
  assert.equal((await tandem(['link', path])).code, 2)
})

test('what is no row is told and counted, whatever the dialect, and every value of a record is taken', async (t) => {
  const path = join(temporaryFolder(t), 'lines')
  const line = (name: string, mail: unknown) => JSON.stringify({ name, mail, seen: { place: 'Testtown' } })
  writeFileSync(path, [line('Anna Test', ['a@x.example', 'b@x.example']), 'not json', line('Bo Test', 7)].join('\n'))
  const { code, lines } = await tandem(['link', path, '--json'])
  assert.equal(code, 5)
  const told = lines.map((each) => JSON.parse(each))
  assert.equal(told.at(-1).summary.records, 2)
  assert.equal(told.at(-1).summary.setAside, 1)
  assert.ok(told.some(({ setAside, place }) => setAside !== undefined && /line 2/.test(place)))
  writeFileSync(
    path,
    'sep=;\nfirst_name;surname;email\nAnna;Test;a@x.example\nAnna;Test;a@x.example\nBo;Probe;b@x.example;more\n',
  )
  const table = await tandem(['link', path, '--json'])
  const { summary } = JSON.parse(table.lines.at(-1) ?? '')
  assert.deepEqual([summary.records, summary.remarked, summary.setAside], [3, 1, 0])
})

test('a truth stands in a file beside the table, joined by the columns that both have', async (t) => {
  const folder = temporaryFolder(t)
  const [path, key, forms] = [join(folder, 'people.csv'), join(folder, 'key.csv'), join(folder, 'forms.txt')]
  const rows = [
    'a,1,"Probe, Wilhelm",1978-11-12',
    'a,2,"Probe, Helmi",1978-11-12',
    'b,1,"Muster, Hugo",1961-02-03',
    'b,2,,1990-05-06',
  ]
  const [family, given] = ['Ejemplo Vzor Primer Voorbeeld Esempio Sample', 'Carla Dmitri Irina Farid Bruno'].map(
    (words) => words.split(' '),
  )
  const others = Array.from({ length: 30 }, (_, at) => {
    const born = `${1932 + 2 * at}-${String(1 + ((at * 5) % 12)).padStart(2, '0')}-${10 + ((at * 7) % 19)}`
    return `c,${at},"${family?.[at % 6]}, ${given?.[at % 5]}",${born}`
  })
  writeFileSync(path, ['list,RECORD_ID,name,dob', ...rows, ...others].join('\n'))
  writeFileSync(key, 'group,CLUSTER_ID,list,RECORD_ID\nx,p1,a,1\nx,p1,a,2\ny,p2,b,1\ny,p9,z,9\n')
  writeFileSync(forms, 'wilhelm: helmi\n')
  const summaryOf = async (...more: string[]) => {
    const { code, lines } = await tandem(['link', path, '--truth', key, '--json', ...more])
    assert.equal(code, 0)
    const told = lines.map((line) => JSON.parse(line))
    for (const { links = [] } of told)
      for (const { evidence } of links)
        assert.ok(evidence.every(({ field }: { field: string }) => field !== 'list' && field !== 'RECORD_ID'))
    return told.at(-1).summary
  }
  const without = await summaryOf()
  assert.deepEqual([without.truthSilent, without.truthUnmet, without.score.pairs.recall], [31, 1, 0])
  assert.equal((await summaryOf('--names', forms)).score.pairs.f1, 1)
  assert.match(
    (await tandem(['link', path, '--truth', `${key}#group`, '--names', forms])).lines.join('\n'),
    /RECORD_ID +the truth, not looked at[\s\S]*pairs precision 1\.0000[\s\S]*says nothing of 31 records, and names 1 that/,
  )
  for (const [text, says] of [
    ['x,y\n1,2\n', /no column of the table to join on/],
    ['RECORD_ID,one,two\n1,2,3\n', /which column tells whose a record is\? Say --truth .*#COLUMN/],
    ['list,RECORD_ID,whose\na,1,p\na,1,q\n', /told to be two persons/],
    ['list,RECORD_ID,whose\nz,1,p\n', /names a record of the table/],
  ] as const) {
    writeFileSync(key, text)
    const { code, says: told } = await tandem(['link', path, '--truth', key])
    assert.equal(code, 2)
    assert.match(told, says)
  }
  assert.equal((await tandem(['link', path, '--names', join(folder, 'none')])).code, 2)
})
